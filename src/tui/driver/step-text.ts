import type { Mode } from '../../lab/types.ts';

/** A step's text, made ready for a pane of one width. */
export interface StepText {
  /** With colours as SGR sequences, each ending in the plain style, none wider than the width. */
  lines: readonly string[];
  /** The same without colours, for searching. */
  plain: readonly string[];
  /** The first line of each action, by its number in the step. */
  anchors: ReadonlyMap<number, number>;
}

export interface StepTextStyle {
  /** Columns. */
  width: number;
  colour: boolean;
  /** False: marks in ASCII alone. */
  unicode: boolean;
  /** The terminal makes links of OSC 8 sequences. */
  links: boolean;
  /** The lab's variables: `$PORT` and `{{PORT}}` show their value. */
  variables: Readonly<Record<string, string>>;
  /** Where the lab is done: actions for the other mode are dim. Undefined: none is. */
  mode?: Mode;
}
