/** What differs from run to run and says nothing, replaced by a word for its kind: versions, ids, dates, times, sizes. Pure. */

/** The earlier ones win: a date has numbers in it, an address has an id. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d\b/g, '<date>'],
  [/\b\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\b/g, '<time>'],
  [/\/(?:tmp|var\/folders|private\/tmp)\/[^\s'":]+/g, '<path>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b\d+(?:\.\d+)? ?(?:ms|s|sec|seconds?|min|minutes?)\b/g, '<duration>'],
  [/\bv?\d+(?:\.\d+)+(?:[-+][\w.]+)*(?:rc\d+|[ab]\d+)?/g, '<version>'],
  [/(?<=content-length: )\d+/gi, '<size>'],
  // of letters and digits, as APIs and requests have them
  [/\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{7,}\b/g, '<id>'],
  [/\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{10,}\b/g, '<id>'],
  // account numbers, sizes, ports
  [/\b\d{4,}\b/g, '<number>'],
];

export const maskVarying = (line: string): string => masks.reduce((text, [pattern, word]) => text.replace(pattern, word), line);
