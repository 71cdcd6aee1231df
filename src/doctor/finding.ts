/** What `labwalk doctor` found out about this machine; plain data, the JSON keys are promises. */
export interface Finding {
  /** What was looked at: `Node.js`, `port 8080`. */
  name: string;
  /** `warning`: labs run, but not as well or not everywhere. `missing`: they do not. */
  status: 'ok' | 'warning' | 'missing';
  /** What is there: a version, a path, an amount. */
  found?: string;
  /** Why that is not good, in a sentence. */
  why?: string;
  /** What to do: one way, or one for each system. */
  fix?: string | SystemFix;
}

/** Commands that mend it, for each system that labwalk is made for. */
export interface SystemFix {
  debian?: string;
  amazonLinux?: string;
  macos?: string;
}

const systemNames: [keyof SystemFix, string][] = [
  ['debian', 'Debian, Ubuntu'],
  ['amazonLinux', 'Amazon Linux 2023'],
  ['macos', 'macOS'],
];

const signs = { ok: '✓', warning: '!', missing: '✗' } as const;

/** The findings as text for people, a line or more for each, and a closing line. */
export function renderFindings(findings: readonly Finding[]): string {
  const missing = findings.filter(({ status }) => status === 'missing').length;
  const close =
    missing === 0
      ? 'Labs can run on this machine.'
      : `${missing} ${missing === 1 ? 'thing is' : 'things are'} missing before labs can run.`;
  return `${findings.map(renderFinding).join('')}\n${close}\n`;
}

function renderFinding({ name, status, found, why, fix }: Finding): string {
  const lines = [`${signs[status]} ${name}${found ? `: ${found}` : ''}`];
  if (why) lines.push(`    ${why}`);
  if (typeof fix === 'string') lines.push(`    ${fix}`);
  else if (fix) {
    for (const [key, system] of systemNames) if (fix[key]) lines.push(`    ${system}: ${fix[key]}`);
  }
  return `${lines.join('\n')}\n`;
}
