/** The checks that a lab can use. A new one is a file beside this one and a line in this list. */
import { aws } from './aws.ts';
import type { Check } from './check.ts';
import { file } from './file.ts';
import { http } from './http.ts';
import { log } from './log.ts';
import { output } from './output.ts';
import { port } from './port.ts';
import { script } from './script.ts';
import { status } from './status.ts';
import { syntax } from './syntax.ts';
import { tool } from './tool.ts';
import { tree } from './tree.ts';

/** In the order of the documentation. */
export const checks: readonly Check[] = [status, output, file, tree, syntax, tool, http, log, port, aws, script];

export const checksByName: ReadonlyMap<string, Check> = new Map(checks.map((check) => [check.name, check]));
