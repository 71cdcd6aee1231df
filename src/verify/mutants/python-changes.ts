/** Changes to Python files, found by Python itself: it knows where everything stands. */
import * as z from 'zod';
import { parseJson } from '../../checks/texts/find-json.ts';
import { runProgram } from '../../checks/run-program.ts';
import { UserError } from '../../errors.ts';
import { shippedFile } from '../../files/shipped-file.ts';
import { mutantOperators } from '../../lab/facts/mutant-operators.ts';
import type { ChangedText } from './mutant.ts';

/** The Python that lists mutants: the toolchain's. */
export interface MutantPlace {
  /** Absolute path of the interpreter. */
  python: string;
  env: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

const answerSchema = z.object({
  files: z.array(
    z.union([
      z.object({
        mutants: z.array(z.object({ operator: z.enum(mutantOperators), edits: z.array(z.tuple([z.number(), z.number(), z.string()])) })),
      }),
      z.object({ error: z.string() }),
    ]),
  ),
});
type Edits = [number, number, string][];

const PATIENCE = 120_000;
/** Bytes of an answer: some hundred for each mutant. */
const MOST = 64 * 1024 * 1024;

/**
 * The changes to each text, in the order of the texts; nothing for one that Python can't read. One process for all.
 * @throws UserError where Python gives no answer
 */
export async function changePython(texts: readonly string[], { python, env, signal }: MutantPlace): Promise<(ChangedText[] | undefined)[]> {
  if (texts.length === 0) return [];
  const script = shippedFile('mutators', 'mutate_python.py');
  const { stdout, stderr, message, ended } = await runProgram(python, {
    // -I -S: nothing of the machine's own Python packages is loaded
    args: ['-I', '-S', '-B', script],
    directory: '/',
    env: { ...env },
    signal,
    timeout: PATIENCE,
    input: JSON.stringify({ files: texts }),
    most: MOST,
  });
  signal.throwIfAborted();
  const json = parseJson(stdout);
  const answer = json.ok ? answerSchema.safeParse(json.value) : undefined;
  if (!answer?.success || answer.data.files.length !== texts.length) {
    const reason = message ?? stderr.trim().split('\n').at(-1) ?? ended;
    throw new UserError(`The mutants could not be listed: ${reason || ended}.`, { fix: `Try whether this works: ${python} --version` });
  }
  return answer.data.files.map((file, i) => ('error' in file ? undefined : applyAll(texts[i] ?? '', file.mutants)));
}

function applyAll(text: string, mutants: { operator: ChangedText['operator']; edits: Edits }[]): ChangedText[] {
  const bytes = Buffer.from(text);
  return mutants.map(({ operator, edits }) => ({ operator, text: apply(bytes, edits) }));
}

/** Offsets are those of bytes, as Python's syntax tree has them. Edits come in their order, none touching another. */
function apply(bytes: Buffer, edits: Edits): string {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const [start, end, text] of edits) {
    pieces.push(bytes.subarray(from, start), Buffer.from(text));
    from = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]).toString();
}
