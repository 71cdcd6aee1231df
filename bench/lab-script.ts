/** A lab as the plain bash script that somebody would write instead of it: the same commands and requests, nothing kept, nothing told. */
import { expandInput } from '../src/lab/facts/expand.ts';
import { checkpointFor, solutionPath } from '../src/lab/facts/checkpoints.ts';
import type { Action, CheckUse, Lab, Step } from '../src/lab/types.ts';
import fs from 'node:fs';
import path from 'node:path';

export interface ScriptOptions {
  lab: Lab;
  workspace: string;
  variables: Record<string, string>;
  /** `export` lines that make good keys count. */
  goodKeys: string;
  /** Turns the URL of a request into arguments for curl. */
  request(url: string): string;
}

export function labScript(options: ScriptOptions): string {
  const { lab, workspace, variables } = options;
  const lines = ['cd ' + quote(workspace), ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`)];
  lines.push(`export LABWALK_WORKSPACE=${quote(workspace)}`, `export LABWALK_LAB=${quote(lab.folder)}`, 'declare -A service');
  for (const step of lab.steps) {
    for (const part of step.parts) {
      if (part.kind === 'checks') for (const use of part.checks) lines.push(...checkLines(use, options));
      else if (part.kind === 'run' || part.kind === 'service' || part.kind === 'file' || part.kind === 'credentials') {
        if (part.when !== 'aws') lines.push(...actionLines(part, step, options));
      }
    }
  }
  lines.push('for pid in "${service[@]}"; do kill -- -"$pid" 2>/dev/null; done');
  return `#!/bin/bash\nset -m\n${lines.join('\n')}\n`;
}

function actionLines(action: Action, step: Step, { lab, workspace, goodKeys }: ScriptOptions): string[] {
  switch (action.kind) {
    case 'run':
      return action.capture ? [`export ${action.capture}="$(${action.script.trim()})"`] : [action.script.trim()];
    case 'service': {
      const url = action.ready?.kind === 'url' ? action.ready.url : undefined;
      const wait = url ? [`until curl -s -o /dev/null "${url}"; do sleep 0.02; done`] : [];
      const stop = `if [ -n "\${service[${action.name}]}" ]; then kill -- -"\${service[${action.name}]}"; wait "\${service[${action.name}]}"; fi 2>/dev/null`;
      return [stop, `${action.script.trim()} >/dev/null 2>&1 &`, `service[${action.name}]=$!`, ...wait];
    }
    case 'file': {
      const checkpoint = action.from ?? checkpointFor(lab, step.id, (id) => fs.existsSync(path.join(lab.solutions, id))) ?? step.id;
      return [`cp ${quote(solutionPath(lab, checkpoint, action.path))} ${quote(path.join(workspace, action.path))}`];
    }
    case 'credentials':
      return [goodKeys];
  }
}

/** Only requests cost something outside of labwalk; the other checks are labwalk's own work. */
function checkLines(use: CheckUse, { request }: ScriptOptions): string[] {
  if (use.check !== 'http' || use.when === 'aws') return [];
  const input = expandInput(use.input, {}) as { url: string; method?: string; send?: { json?: unknown; text?: string } };
  const url = input.url.replaceAll(/\{\{(\w+)\}\}/g, '${$1}');
  const body = input.send?.json ?? input.send?.text;
  const data = body === undefined ? '' : ` -H 'content-type: application/json' -d ${quote(JSON.stringify(body))}`;
  const method = input.method ? ` -X ${input.method}` : '';
  return [`curl -s -o /dev/null${method}${data} ${request(url)}`];
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
