import { escapeHiddenInJson } from './hidden.ts';

/**
 * A value as JSON, in which nothing acts on a terminal: programs read the same value, and people see every character.
 *
 * @param space blanks for each depth; all on one line where not given
 * @example jsonText({ text: 'a\u202eb' }) // '{"text":"a\\u202eb"}'
 */
export const jsonText = (value: object, space?: number): string => escapeHiddenInJson(JSON.stringify(value, null, space));
