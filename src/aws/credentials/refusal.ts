/** A call to AWS that did not go well, as plain facts. */
export interface Refusal {
  /** AWS's own code (`InvalidClientTokenId`), or the network's (`ECONNREFUSED`). */
  code: string;
  message: string;
  /** AWS never answered. */
  unreached: boolean;
  /** Where the clock is why: by how many seconds this machine is ahead of AWS; negative: behind. */
  clockSeconds?: number;
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'TimeoutError',
  'EPIPE',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** A region that is not enabled knows no key at all. */
export const isUnknownKey = ({ code }: Refusal): boolean => code === 'InvalidClientTokenId' || code === 'UnrecognizedClientException';

/** AWS's code of an error, or the network's. */
export const codeOf = (error: unknown): string => readRefusal(error).code;

/** The facts of an error that the SDK threw: AWS's code is its name, the network's is its code. */
export function readRefusal(error: unknown): Refusal {
  if (!(error instanceof Error)) return { code: 'Unknown', message: String(error), unreached: false };
  const { code = '' } = error as NodeJS.ErrnoException;
  const network = networkCodes.has(code) ? code : networkCodes.has(error.name) ? error.name : undefined;
  const clockSeconds = readClock(error);
  return {
    code: network ?? error.name,
    message: error.message,
    unreached: network !== undefined,
    ...(clockSeconds === undefined ? {} : { clockSeconds }),
  };
}

/**
 * AWS tells the time of the signature and its own:
 * `Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z (20260101T003000Z - 15 min.)`. S3 says it without times,
 * but every answer has the time in its `Date` header.
 */
function readClock(error: Error): number | undefined {
  const [, signed, theirs] = /Signature (?:expired|not yet current): (\S+) is .*?\((\S+) [-+] \d+ min/.exec(error.message) ?? [];
  if (signed !== undefined && theirs !== undefined) return Math.round((parseTime(signed) - parseTime(theirs)) / 1000);
  if (
    error.name !== 'RequestTimeTooSkewed' &&
    error.name !== 'RequestExpired' &&
    !/Signature (expired|not yet current)/.test(error.message)
  )
    return undefined;
  const date = Date.parse(headersOf(error)['date'] ?? '');
  return Number.isNaN(date) ? 0 : Math.round((Date.now() - date) / 1000);
}

/** `20260101T001500Z` as milliseconds since 1970. */
const parseTime = (stamp: string) => Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** The SDK keeps the HTTP response beside the error. */
function headersOf(error: Error): Record<string, string> {
  return (error as { $response?: { headers?: Record<string, string> } }).$response?.headers ?? {};
}
