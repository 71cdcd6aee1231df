import { UsageError } from '../../errors.ts';
import { verifyReportSchema, type VerifyReport } from './schema.ts';

/**
 * Reads a report of `labwalk verify`. Throws UsageError with the place where the text is something else.
 * @param file how the file is named to the person
 */
export function parseReport(text: string, file: string): VerifyReport {
  const value = parseJson(text, file);
  const kind = typeof value === 'object' && value !== null ? (value as Partial<VerifyReport>) : {};
  if (kind.kind !== 'verify')
    throw new UsageError(`${file} is no report of labwalk verify.`, `Write one with: labwalk verify --report json=${file}`);
  if (kind.format !== 1)
    throw new UsageError(
      `${file} is a report of format ${String(kind.format)}, which this labwalk does not know.`,
      'Read it with the labwalk that wrote it, or update this one.',
    );
  const result = verifyReportSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(
    `${file} is not as labwalk verify writes it, at ${pathText(issue?.path ?? [])}: ${issue?.message}.`,
    'Give the file as it was written, or verify again.',
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const isCut = at === undefined || Number(at) >= text.trimEnd().length;
    const place = isCut ? file : `${file}:${lineOf(text, Number(at))}`;
    const what = text.trim() === '' ? 'is empty' : isCut ? 'ends too early to be JSON: it was cut' : 'is no JSON';
    throw new UsageError(`${place} ${what}.`, `Write a report with: labwalk verify --report json=${file}`);
  }
}

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** `labs[0].steps[3].ms` */
const pathText = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    '',
  );
