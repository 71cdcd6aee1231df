import { formatDuration } from '../../text/duration.ts';
import type { Finding } from '../finding.ts';
import type { Reached } from '../reach.ts';

/** AWS refuses what was signed longer ago, or later, than this. */
const secondsThatAwsBears = 300;

/** @param reached the answers that may tell the time; the first that does counts */
export function judgeClock(reached: readonly (Reached | undefined)[]): Finding {
  const about = { id: 'clock', name: 'Clock' };
  const answer = reached.find((one) => one?.clockSeconds !== undefined);
  if (answer?.clockSeconds === undefined) {
    return { ...about, status: 'warning', found: 'not compared', why: 'Nothing on the network answered with its time.' };
  }
  const away = Math.abs(answer.clockSeconds);
  if (away <= secondsThatAwsBears) return { ...about, status: 'ok', found: `as ${answer.host} has it` };
  const found = `${formatDuration(away * 1000)} ${answer.clockSeconds > 0 ? 'ahead of' : 'behind'} ${answer.host}`;
  const why = 'With more than 5 minutes between them, AWS refuses every key, and certificates may not be believed.';
  return { ...about, status: 'warning', found, why, fix: clockFix };
}

const clockFix = {
  debian: 'sudo timedatectl set-ntp true',
  amazonLinux: 'sudo systemctl enable --now chronyd && sudo chronyc makestep',
  macos: 'sudo systemsetup -setusingnetworktime on',
};
