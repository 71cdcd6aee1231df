import { findJsonError } from '../../checks/syntax/json-error.ts';
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
  // keys that a later labwalk has added are no harm
  const issue = result.error.issues.find(({ code }) => code !== 'unrecognized_keys');
  if (!issue) return value as VerifyReport;
  throw new UsageError(
    `${file} is not as labwalk verify writes it, at ${pathText(issue.path)}: ${issue.message}.`,
    'Give the file as it was written, or verify again.',
  );
}

function parseJson(text: string, file: string): unknown {
  const fix = `Write a report with: labwalk verify --report json=${file}`;
  if (text.trim() === '') throw new UsageError(`${file} is empty.`, fix);
  try {
    return JSON.parse(text);
  } catch (error) {
    const mistake = findJsonError(text);
    const place = mistake ? `${file}:${mistake.line}${mistake.column === undefined ? '' : `:${mistake.column}`}` : file;
    throw new UsageError(`${place} is no JSON: ${mistake?.message ?? (error as Error).message}.`, fix);
  }
}

/** `labs[0].steps[3].ms` */
const pathText = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    '',
  );
