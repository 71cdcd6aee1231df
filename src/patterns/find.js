/**
 * The search itself, as the main thread and the worker do it. JavaScript, since the worker loads it as it is.
 *
 * @typedef {object} Search
 * @property {readonly { source: string, flags: string }[]} patterns regular expressions, without the flags g and y; the first that matches counts
 * @property {string} text
 * @property {boolean} byLine whether they are compared with each line by itself
 *
 * @typedef {object} Found
 * @property {number} pattern which one has matched; they count from 0
 * @property {string} text the place that matches; the whole line where lines were compared
 * @property {Record<string, string | undefined>} groups what the named groups caught
 */

/**
 * The first place that matches.
 *
 * @param {Search} search
 * @returns {Found | undefined}
 */
export function find({ patterns, text, byLine }) {
  const texts = byLine ? text.split('\n') : [text];
  for (const [pattern, { source, flags }] of patterns.entries()) {
    const compiled = new RegExp(source, flags);
    for (const one of texts) {
      const found = compiled.exec(one);
      if (found) return { pattern, text: byLine ? one : found[0], groups: { ...found.groups } };
    }
  }
  return undefined;
}
