/** One lab, asked and answered line by line, from the step where the learner is until they leave. */
import type { Event } from '../events/event.ts';
import { drawDiff } from '../diff/draw-diff.ts';
import { UserError } from '../errors.ts';
import { expandText } from '../lab/facts/expand.ts';
import { findStepState } from '../progress/reduce.ts';
import { createTheme } from '../styled/theme.ts';
import { stepOf } from '../walk/next.ts';
import { said, staysDeployed } from '../walk/questions.ts';
import type { Learner, Leave, Walk } from '../walk/walk-types.ts';
import { findCommand, commandHelp, type CommandId } from './commands.ts';
import type { LineInput } from './line-input.ts';
import { markdownLines } from './markdown-lines.ts';
import type { Printer } from './printer.ts';
import { stepLines, stepTitle } from './step-lines.ts';
import { typeCommand } from './typed-command.ts';
import { checkLines, tellEvent, explanationLines, promptFor, tellServices, stillDoing, tellSummary } from './words.ts';

export interface PlainWalkOptions {
  input: LineInput;
  printer: Printer;
  learner: Learner;
  /** Milliseconds since 1970. */
  now(): number;
  /** Gives Ctrl-C to a listener; the result gives it back. */
  takeCtrlC(listener: () => void): () => void;
  /** The learner wants to leave, whatever still hangs. */
  insist(): void;
  /** Aborted when the program is to end. */
  signal: AbortSignal;
}

/** Milliseconds of silence after which long work says that it still goes on. */
const patience = 10_000;

/** What has to wait while a save is checked. */
const acting = new Set<CommandId>([
  'next',
  'check',
  'redo',
  'edit',
  'solution',
  'skip',
  'back',
  'following',
  'previous',
  'services',
  'clean',
]);

/** @returns what the learner wants done with the workspace before the lab is opened again; undefined: they have left */
export async function walkPlainly(walk: Walk, options: PlainWalkOptions): Promise<Leave | undefined> {
  const { input, printer, learner, now, signal } = options;
  const { lab, terminals } = walk;
  /** The step whose text was said last. */
  let saidStep: string | undefined;
  let saidNotice: string | undefined;
  let hasSeenEnd = false;
  let typing: string | undefined;
  let leaveTo: Leave | undefined;
  /** When something was said last. */
  let heard = now();
  /** How often Ctrl-C was pressed since the work began that goes on now. */
  let presses = 0;

  const shownStep = () => stepOf(lab, walk.view.step);
  const isBusy = () => terminals.list.find(({ id }) => id === terminals.main)?.busy ?? false;

  function hear(event: Event): void {
    heard = now();
    if (event.type === 'output') {
      if (terminals.list.find(({ id }) => id === event.terminal)?.service === undefined) printer.stream(event.text);
      return;
    }
    if (event.type === 'command-ended') printer.endStream();
    for (const line of tellEvent(event, lab, walk.view.state)) say(line);
    sayNotice();
  }

  /** Lines of code keep their width; sentences are broken between words. */
  const say = (line: string) => (line.startsWith('    ') ? printer.lines(line.split('\n')) : printer.say(line));

  function sayNotice(): void {
    const text = walk.view.notice?.text;
    if (text === saidNotice) return;
    saidNotice = text;
    if (text !== undefined && text !== said.passed) printer.say(text);
  }

  function sayStep(): void {
    const { state } = walk.view;
    const step = shownStep();
    const style = { columns: printer.columns, mode: state.mode, variables: state.variables };
    const task = lab.tasks.find(({ id }) => id === step.task);
    const isNewTask = task !== undefined && task.id !== lab.steps.find(({ id }) => id === saidStep)?.task;
    saidStep = step.id;
    printer.lines(['']);
    if (isNewTask) {
      printer.say(`Part ${lab.tasks.indexOf(task) + 1} of ${lab.tasks.length}: ${task.title}`);
      if (task.intro !== '') printer.lines([...markdownLines(expandText(task.intro, state.variables), printer.columns - 1), '']);
    }
    printer.say(stepTitle(lab, step, findStepState(state, step.id)?.status));
    printer.lines(['', ...stepLines(step, style), '']);
    sayExplanation();
  }

  /** What went wrong in the step when it was done last. */
  function sayExplanation(): void {
    const explanation = findStepState(walk.view.state, walk.view.step)?.explanation;
    if (explanation) for (const line of explanationLines(explanation)) printer.say(line);
  }

  /** Does something that takes its time. What is typed meanwhile is for the program that runs. */
  async function work(what: () => Promise<unknown>): Promise<void> {
    const began = now();
    presses = 0;
    const keep = input.divert((line) => {
      if (!isBusy()) return false;
      terminals.input(terminals.main, `${line}\r`);
      return true;
    });
    heard = began;
    const reminder = setInterval(() => {
      const doing = walk.view.doing ?? (typing === undefined ? undefined : { text: typing, since: began });
      if (!doing || now() - heard < patience) return;
      heard = now();
      printer.say(stillDoing(doing, heard));
    }, patience / 10);
    saidNotice = undefined;
    try {
      await what();
    } finally {
      clearInterval(reminder);
      keep();
      printer.endStream();
    }
    sayNotice();
    if (walk.view.step !== saidStep) sayStep();
  }

  const type = async (line: string): Promise<void> => {
    typing = line;
    try {
      if ((await typeCommand(walk, line)) === 'unfinished')
        printer.say('The terminal waits for more of this command. Type it with ! as well.');
    } finally {
      typing = undefined;
    }
  };

  /** Lines for the lab's terminal, until one with a full stop alone. */
  async function useTerminal(): Promise<void> {
    printer.say("Each line you type goes to the lab's terminal. A line with a full stop alone comes back here.");
    for (;;) {
      printer.ask(() => 'terminal > ');
      const line = await input.line();
      printer.answered(input.isTerminal && typeof line !== 'string');
      if (typeof line === 'string' || line.text.trim() === '.') return;
      await work(() => type(line.text));
    }
  }

  const isRunning = (): string[] => {
    const services = Object.values(walk.view.state.services).filter(({ status }) => status !== 'ended');
    return [...services.map(({ name }) => name), ...(isBusy() ? ["the command in the lab's terminal"] : [])];
  };

  async function mayQuit(): Promise<boolean> {
    const running = isRunning();
    const { summary, state } = walk.view;
    const stays = staysDeployed(summary.deployed, state, lab);
    if (running.length === 0 && stays.length === 0) return true;
    const ends = running.length === 0 ? [] : [`Still running: ${running.join(', ')}. labwalk ends it.`];
    return learner.confirm({
      title: 'Quit labwalk?',
      lines: [...ends, 'What you have done is kept.', ...stays],
      yes: 'Quit',
      no: 'Stay here',
    });
  }

  const goBeside = (by: 1 | -1) => {
    const step = lab.steps[lab.steps.indexOf(shownStep()) + by];
    if (step) walk.goTo(step.id);
    else printer.say(by === 1 ? 'This is the last step.' : 'This is the first step.');
  };

  function list(argument: string): void {
    const { state } = walk.view;
    const step = lab.steps[Number(argument) - 1];
    if (step) return walk.goTo(step.id);
    if (argument !== '') return printer.say(`There is no step ${argument}.`);
    for (const known of lab.steps) {
      if (known === lab.steps.find(({ task }) => task === known.task)) {
        printer.say(`${lab.tasks.find(({ id }) => id === known.task)?.title ?? ''}:`);
      }
      const here = known.id === walk.view.step ? ' You are here.' : '';
      printer.say(`  ${stepTitle(lab, known, findStepState(state, known.id)?.status)}${here}`);
    }
  }

  async function services(argument: string): Promise<void> {
    const [what, name] = argument.split(' ');
    if (name !== undefined && (what === 'start' || what === 'stop' || what === 'restart')) return walk.controlService(name, what);
    for (const line of tellServices(walk.view.state)) printer.say(line);
  }

  async function cleanUp(): Promise<void> {
    const { deployed } = walk.view.summary;
    const agreed = await learner.confirm({
      title: 'Put back what the lab has done?',
      lines: [`This ends the services and deletes what was deployed${deployed.length === 0 ? '' : `: ${deployed.join(', ')}`}.`],
      yes: 'Clean up',
      no: 'Leave it',
    });
    if (agreed) await walk.cleanUp();
  }

  async function next(): Promise<void> {
    const isEnd = walk.view.next.kind === 'end';
    await walk.next();
    if (!isEnd) return;
    hasSeenEnd = true;
    for (const line of tellSummary(walk.view.summary)) printer.say(line);
    if (walk.view.summary.deployed.length > 0) await cleanUp();
  }

  async function back(argument: string): Promise<void> {
    const step = argument === '' ? shownStep() : lab.steps[Number(argument) - 1];
    if (step) leaveTo = await walk.goBack(step.id);
    else printer.say(`There is no step ${argument}.`);
  }

  function sayHint(): void {
    if (!walk.hint()) return printer.say('There are no more hints for this step.');
    const { shown, of } = walk.view.hints;
    printer.say(`Hint ${shown.length} of ${of}:`);
    printer.lines(markdownLines(expandText(shown.at(-1) ?? '', walk.view.state.variables), printer.columns - 1));
  }

  function sayChecks(): void {
    const checks = findStepState(walk.view.state, walk.view.step)?.checks ?? [];
    sayExplanation();
    if (checks.length === 0) printer.say('No check of this step has been made yet.');
    for (const check of checks) checkLines(check).forEach(say);
  }

  async function compare(argument: string): Promise<void> {
    const diff = await walk.diff();
    const [what, name, number] = argument.split(/\s+/);
    if (what === 'take') {
      const file = diff.files.find(({ path }) => path === name);
      if (file) return walk.takeFromLab(file, number === undefined ? undefined : Number(number));
      return printer.say(`Name one of these files: ${diff.files.map(({ path }) => path).join(', ')}.`);
    }
    if (diff.files.length === 0) return printer.say('The lab has no version of its own up to this step: there is nothing to compare yet.');
    printer.say("Lines with - are yours, lines with + are the lab's. `d take FILE NUMBER` takes one place of the lab's version.");
    const theme = createTheme({ colour: false, unicode: false });
    printer.lines(['', ...drawDiff(diff, { columns: printer.columns, layout: 'unified', theme }).lines, '']);
  }

  const actions: Record<CommandId, (argument: string) => unknown> = {
    next,
    check: () => walk.check(),
    redo: () => walk.redo(),
    hint: sayHint,
    edit: () => walk.edit(),
    diff: compare,
    solution: () => walk.takeSolution(),
    skip: () => walk.skip(),
    back,
    following: () => goBeside(1),
    previous: () => goBeside(-1),
    list,
    text: sayStep,
    services,
    checks: sayChecks,
    terminal: useTerminal,
    clean: cleanUp,
    help: () => commandHelp().forEach((line) => printer.say(line)),
    quit: () => undefined,
  };

  const question = () => (walk.view.doing ? undefined : hasSeenEnd ? 'Enter or q: quit. ? all > ' : promptFor(walk.view, lab));

  /** @returns true when the learner wants to leave */
  async function obey(text: string): Promise<boolean> {
    if (text.startsWith('!')) {
      await work(() => type(text.slice(1).trim()));
      return false;
    }
    const command = findCommand(text);
    if (!command) {
      printer.say('That means nothing here. Type ? for all that can be typed.');
      return false;
    }
    const { doing } = walk.view;
    if (doing && acting.has(command.id)) {
      printer.say(`labwalk is at work just now: ${doing.text}. Try again in a moment.`);
      return false;
    }
    if (command.id === 'quit' || (command.id === 'next' && hasSeenEnd)) return mayQuit();
    hasSeenEnd = false;
    await work(async () => actions[command.id](command.argument));
    return leaveTo !== undefined;
  }

  const stopHearing = walk.onEvent(hear);
  const stopLooking = walk.on(() => {
    if (walk.view.notice?.text !== saidNotice) sayNotice();
  });
  const giveBack = options.takeCtrlC(() => {
    if (input.interrupt()) return;
    if (++presses > 2) return options.insist();
    if (presses === 2) printer.say('It has not ended yet. Press Ctrl-C once more to leave labwalk. What you have done is kept.');
    void walk.stop();
  });
  const leave = () => void walk.stop();
  signal.addEventListener('abort', leave);
  try {
    printer.say(lab.title);
    const { passed, skipped, pending } = walk.view.state.counts.steps;
    const isNew = passed + skipped === 0 && pending > 0 && walk.view.step === lab.steps[0]?.id;
    if (isNew && lab.intro !== '')
      printer.lines(['', ...markdownLines(expandText(lab.intro, walk.view.state.variables), printer.columns - 1)]);
    sayStep();
    for (;;) {
      printer.ask(question);
      const line = await input.line();
      printer.answered(input.isTerminal && typeof line !== 'string');
      if (line === 'end' || signal.aborted) return undefined;
      try {
        const isLeaving = line === 'interrupted' ? await mayQuitAfterCtrlC() : await obey(line.text);
        if (isLeaving) return leaveTo;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        printer.say(error.message);
      }
    }
  } finally {
    giveBack();
    signal.removeEventListener('abort', leave);
    stopLooking();
    if (isRunning().length > 0) printer.say('Ending what still runs.');
    await walk.close();
    stopHearing();
  }

  /** Ctrl-C at the question asks, whatever runs. */
  async function mayQuitAfterCtrlC(): Promise<boolean> {
    return learner.confirm({ title: 'Quit labwalk?', lines: ['What you have done is kept.'], yes: 'Quit', no: 'Stay here' });
  }
}
