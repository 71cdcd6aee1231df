import type { Finding } from '../finding.ts';
import { fixForTool } from '../known-tools.ts';

/** The oldest that labwalk runs on: `engines` in package.json. */
const oldest = [20, 19] as const;

export function judgeNode(version: string): Finding {
  const about = { id: 'node', name: 'Node.js', found: version };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return { ...about, status: 'ok' };
  return { ...about, status: 'missing', why: `Version ${oldest.join('.')} or newer is needed.`, fix: fixForTool('node') };
}
