/** What `labwalk doctor` found out about this machine; plain data, the JSON keys are promises. */
export interface Finding {
  /** The same on every machine: `node`, `port-8080`, `tool-jq`. */
  id: string;
  /** What was looked at, for people: `Node.js`, `Port 8080`. */
  name: string;
  /** `warning`: labs run, but not as well or not everywhere. `missing`: they do not. */
  status: 'ok' | 'warning' | 'missing';
  /** What is there: a version, a path, an amount. */
  found?: string;
  /** Why that matters, in a sentence. */
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

/** A system with a way of its own to install things. */
export type System = keyof SystemFix;

export const isMissing = ({ status }: Finding): boolean => status === 'missing';
