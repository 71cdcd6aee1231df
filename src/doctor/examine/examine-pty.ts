import type { Finding } from '../finding.ts';

/** @param loads whether the module for real terminals loads on this machine */
export function judgePty(loads: boolean): Finding {
  const about = { id: 'pty', name: 'Pseudo-terminal' };
  if (loads) return { ...about, status: 'ok', found: 'works' };
  const why = 'The module for real terminals does not load, so commands run without colours and progress bars.';
  return { ...about, status: 'warning', why, fix: 'Install labwalk again on this machine: npm ci, or npm install -g labwalk.' };
}
