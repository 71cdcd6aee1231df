/** Says what is known of a failure: that the place was out, that labwalk's cache is damaged, what the lab's signatures know, and what is the matter with credentials. */
import path from 'node:path';
import type { EventBody } from '../../events/event.ts';
import { fillText, findSignature, flatten, type FoundSignature } from '../../lab/facts/find-signature.ts';
import type { Lab } from '../../lab/types.ts';
import type { Cloud, Outage } from '../context/cloud.ts';
import { explainOutage, findOutage } from './outage.ts';

/** A command that has ended, or a service that did not become what it should. */
export interface CommandEnding {
  command: number;
  /** The command as it was typed; empty where that is not known. */
  text: string;
  step: string | undefined;
  /** What it printed, as plain text. */
  output: string;
  /** It ended with a status other than 0. */
  failed: boolean;
  /** How long it ran, in milliseconds. */
  ms: number;
  /** Exported variables of its terminal. */
  env: Readonly<Record<string, string>>;
}

/**
 * Tells at once what a signature knows, and resolves when the credentials have been looked at, too. Where the place was out while it ran, that is
 * told instead, and given back. Never rejects.
 */
export type ExplainFailure = (ending: CommandEnding, signal?: AbortSignal) => Promise<Outage | undefined>;

/** In the place of a signature's id, where the sandbox was out. */
const sandboxStopped = 'sandbox-stopped';

export interface ExplainFailureOptions {
  lab: Pick<Lab, 'signatures' | 'steps'>;
  /** The lab's variables as they are now. */
  variables: Readonly<Record<string, string>>;
  cloud: Pick<Cloud, 'diagnose' | 'health'>;
  emit(body: EventBody, step?: string): void;
}

export function createExplainFailure({ lab, variables, cloud, emit }: ExplainFailureOptions): ExplainFailure {
  const services = servicesOf(lab);
  /** Signatures of which that was told. */
  const bad = new Set<string>();

  /** Undefined where none fits, and where the signal comes first. */
  const find = async (output: string, failed: boolean, signal: AbortSignal | undefined): Promise<FoundSignature | undefined> => {
    try {
      return await findSignature(
        lab.signatures.filter(({ id }) => !bad.has(id)),
        output,
        {
          ...{ failed, signal },
          onBadPattern({ id, place: { file, line } }, error) {
            bad.add(id);
            const text = `${error.message} It belongs to the signature ${id}, ${path.basename(file)}:${line}. This is a mistake in the lab, not yours.`;
            emit({ type: 'notice', level: 'warning', text });
          },
        },
      );
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  };

  return async ({ command, text, step, output, failed, ms, env }, signal) => {
    const outage = failed ? await findOutage(cloud, ms, signal) : undefined;
    if (outage) {
      emit({ type: 'failure-explained', command, text, signature: sandboxStopped, ...explainOutage(outage) }, step);
      return outage;
    }
    const damaged = failed ? findDamagedTools(output) : undefined;
    if (damaged) {
      emit({ type: 'failure-explained', command, text, ...damaged }, step);
      return undefined;
    }
    const found = await find(output, failed, signal);
    if (!found) return undefined;
    const { id, what, fix, link, credentials } = found.signature;
    emit(
      {
        type: 'failure-explained',
        command,
        text,
        signature: id,
        what: fillText(what, found, variables),
        fix: fillText(fix, found, variables),
        ...(link === undefined ? {} : { link }),
      },
      step,
    );
    if (!credentials || !cloud.diagnose || signal?.aborted) return undefined;
    try {
      const diagnosis = await cloud.diagnose(services, { ...env }, signal);
      if (!signal?.aborted) emit({ type: 'credentials-diagnosed', command, ...diagnosis }, step);
    } catch (error) {
      // the signature has said what it knows: this is more, not instead
      if (!signal?.aborted)
        emit({ type: 'notice', level: 'warning', text: `Your credentials could not be looked at: ${(error as Error).message}` }, step);
    }
    return undefined;
  };
}

/** What the lab's credentials must be good for. */
const servicesOf = ({ steps }: Pick<Lab, 'steps'>): string[] => [
  ...new Set(steps.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'credentials' ? part.for : [])))),
];

/** Finds in a command's output that something in labwalk's cache is damaged: no lab can know that, and nothing that a learner does there helps. Pure. */
export interface DamagedTools {
  /** In the place of a signature's id. */
  signature: 'damaged-package' | 'damaged-tools';
  what: string;
  fix: string;
}

const fix =
  'Quit labwalk and delete its cache: `labwalk clean --toolchain`. The next start fetches everything again; your files stay as they are.';

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
