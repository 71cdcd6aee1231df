/**
 * The flagship by somebody who types each command, as the lab has it, into the lab's terminal; services, too. Files are saved from
 * outside, as an IDE does. Enter only goes on, and answers the question for keys. In the middle the window gets smaller.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { splitCommands } from '../../../src/terminal/shell/split-commands.ts';
import {
  actionsOf,
  atStep,
  goOn,
  journalOf,
  lab,
  leaveAtTheEnd,
  openFlagship,
  pressEnter,
  solution,
  untilNew,
  variableOf,
  type Flagship,
} from './flagship-walk.ts';
import { actionLine } from '../../e2e/walk.ts';

test('every command typed, from the first start to the clean-up', async () => {
  const flagship = await openFlagship({ columns: 120, rows: 40 });
  const { screen, workspace } = flagship;
  for (const { id, reading } of lab.steps) {
    await atStep(screen, id);
    if (id === 'test-post') screen.resize(80, 24);
    if (id === 'learnt') break;
    for (const action of actionsOf(id)) {
      // The line says what Enter would do, and it is done without it.
      if (action.kind === 'run') await typeCommands(flagship, await commandsOf(action.script));
      if (action.kind === 'service') await typeService(flagship, action.name, action.script.trim());
      if (action.kind === 'file') await untilNew(screen, () => fs.copyFileSync(solution, path.join(workspace, action.path)));
      if (action.kind === 'credentials') await untilNew(screen, () => pressEnter(screen));
    }
    if (!reading) await screen.shows('Passed.');
    await look[id]?.(flagship);
    await goOn(screen, id);
  }
  await leaveAtTheEnd(flagship);

  const events = journalOf(flagship);
  const typed = events.flatMap((event) => (event.type === 'command-ended' && event['text'] !== undefined ? [event['text']] : []));
  const told = lab.steps.flatMap(({ id }) => actionsOf(id));
  for (const action of told.filter((one) => one.kind === 'run')) {
    for (const command of await commandsOf(action.script)) expect(typed).toContain(command);
  }
  // labwalk typed nothing itself.
  expect(events.filter((event) => event.type === 'command-started' && event['byHand'] === false)).toEqual([]);
  const services = events.filter(({ type }) => type === 'service-started');
  expect(services).toHaveLength(told.filter(({ kind }) => kind === 'service').length);
  for (const service of services) expect(service).toMatchObject({ byHand: true, service: 'app' });
});

/** What is seen once all of a step has been done. */
const look: Record<string, (flagship: Flagship) => Promise<void>> = {
  async install({ screen }) {
    await screen.shows(/chalice 1\.\d+\.\d+, python 3\./);
    await screen.shows('3 of 3 passed');
  },
  async 'run-locally'({ screen }) {
    await screen.shows('"hello": "world"');
    await screen.shows("✓ The app's terminal shows the request");
  },
  async 'test-get'(flagship) {
    await flagship.screen.shows(`<h1> Your name is ${variableOf(flagship, 'WHO')}&amp;Co.</h1>`);
    await flagship.screen.shows('✓ The log shows the method and the name');
  },
  async 'test-post'({ screen }) {
    // 80 × 24 by now
    await screen.until((lines) => lines.length === 24 && lines.every((line) => line.length <= 80), 'the screen is small');
    await screen.shows('7 of 7 passed');
  },
  async deploy({ screen }) {
    await screen.shows('Resources deployed:');
  },
  async 'call-api'(flagship) {
    expect(variableOf(flagship, 'API_URL')).toMatch(/^https:\/\/\w+\.execute-api\..*\/api\/$/);
    await flagship.screen.shows('9 of 9 passed');
  },
};

const commandsOf = async (script: string) => (await splitCommands(script)).map(({ text }) => text);

/** Types commands one after the other, each when the one before has ended, and comes back when labwalk has seen that they are done. */
async function typeCommands(flagship: Flagship, commands: readonly string[]): Promise<void> {
  const { screen } = flagship;
  await untilNew(screen, async () => {
    screen.press('t');
    await screen.shows('Ctrl-] comes back');
    for (const command of commands) {
      const ended = () => journalOf(flagship).filter(({ type }) => type === 'command-ended').length;
      const before = ended();
      screen.type(`${command}\r`);
      await screen.until(() => ended() > before, `${command} has ended`, 120_000);
    }
  });
  await comeBack(flagship);
}

/** Types the service where the one before it runs, after that was ended with Ctrl-C. */
async function typeService(flagship: Flagship, name: string, command: string): Promise<void> {
  const { screen } = flagship;
  const port = variableOf(flagship, 'PORT');
  const badge = `${name} ● ${port}`;
  const runs = screen.text()[0]!.includes(badge);
  if (runs) showTerminal(flagship, `${name} ●`);
  await untilNew(screen, async () => {
    screen.press('t');
    await screen.shows('Ctrl-] comes back');
    if (runs) {
      screen.press('ctrl-c');
      await screen.hides(badge);
    }
    screen.type(`${command}\r`);
    await screen.shows(badge);
  });
  await comeBack(flagship);
  expect(actionLine(screen.text())).toContain('⏎ types: http localhost:$PORT/');
}

async function comeBack({ screen }: Flagship): Promise<void> {
  screen.press('ctrl-]');
  await screen.hides('Ctrl-] comes back');
}

/** By the number on its tab. */
function showTerminal({ screen }: Flagship, name: string): void {
  const [tab] = screen.text().flatMap((line) => new RegExp(`(\\d) ${name}`).exec(line)?.[1] ?? []);
  if (tab === undefined) throw new Error(`there is no terminal "${name}"\n${screen.text().join('\n')}`);
  screen.press(tab);
}
