/** Finds in a command's output that something in labwalk's cache is damaged: no lab can know that, and nothing that a learner does there helps. Pure. */
import { flatten } from '../../lab/facts/find-signature.ts';

export interface DamagedTools {
  /** In the place of a signature's id. */
  signature: 'damaged-package' | 'damaged-tools';
  what: string;
  fix: string;
}

const fix =
  'Quit labwalk and have it make its cache anew: `labwalk clean --toolchain`. The next start fetches everything again; your files stay as they are.';

/** Folders of the cache, by their names in toolchain/places.mjs and toolchain/lab-toolchain.mjs. */
const cached = '[^"]{0,1000}/labwalk/(?:toolchain|lab)-[0-9a-f]{12}[^"]{0,1000}';

/** How pip says that a file has not the hash of its link: `six from file:///…/six-1.17.0-….whl#sha256=…: Expected sha256 … Got …` */
const otherHash = new RegExp(`(?:^| )(?<name>[^ ]{1,200}) from file:(?=${cached.replaceAll('[^"]', '[^ ]')}: Expected sha256 )`);

/** The last frame of a traceback, and errors of a file that was cut short or holds something else. */
const lastFrame = new RegExp(
  `^File "(?<file>${cached})".*?(?:SyntaxError|IndentationError|TabError|ImportError|ModuleNotFoundError|EOFError|UnicodeDecodeError|marshal data)`,
);

export function findDamagedTools(output: string): DamagedTools | undefined {
  const flat = flatten(output);
  const name = otherHash.exec(flat)?.groups?.['name'];
  if (name !== undefined) {
    const what = `The package ${name} in labwalk's cache is not the one that labwalk fetched: it was damaged or exchanged. pip refuses it.`;
    return { signature: 'damaged-package', what, fix };
  }
  const file = lastFrame.exec(flat.slice(flat.lastIndexOf('File "')))?.groups?.['file'];
  if (file === undefined) return undefined;
  return { signature: 'damaged-tools', what: `A file of labwalk's own Python tools is damaged: ${file}`, fix };
}
