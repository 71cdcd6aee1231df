/** Steps' texts made ready for the pane: rendered once for each step, width and set of variables, shown as they come. */
import type { Lab, Step } from '../../lab/types.ts';
import type { StepText, StepTextStyle } from './step-text.ts';

export interface StepTexts {
  /** The text of a step in this style; `show` gets it, in parts where it is long. Another call ends the one before. */
  show(lab: Lab, step: Step, style: StepTextStyle, show: (text: StepText) => void): Promise<void>;
  /** Markdown of a hint, made ready. */
  renderHints(hints: readonly string[], style: StepTextStyle): Promise<readonly string[]>;
}

const mostKept = 12;
/** Milliseconds between two showings of a text that is still being rendered. */
const showEvery = 150;

export function createStepTexts(): StepTexts {
  const kept = new Map<string, StepText>();
  let latest = 0;

  async function render(
    lab: Lab,
    step: Step,
    style: StepTextStyle,
    key: string,
    number: number,
    show: (text: StepText) => void,
  ): Promise<void> {
    const { renderStepInPieces } = await import('../markdown/render-step.ts');
    const lines: string[] = [];
    const plain: string[] = [];
    const anchors = new Map<number, number>();
    let shownAt = 0;
    const whole = () => ({ lines: [...lines], plain: [...plain], anchors: new Map(anchors) });
    const add = (piece: { lines: readonly string[]; plain: readonly string[] }) => {
      for (const line of piece.lines) lines.push(line);
      for (const line of piece.plain) plain.push(line);
    };
    for (const markdown of introsOf(lab, step)) {
      const place = { line: 1, column: 1, file: lab.file };
      for await (const piece of renderStepInPieces({ parts: [{ kind: 'prose', markdown, place }] }, style)) add(piece);
      add({ lines: [''], plain: [''] });
    }
    for await (const piece of renderStepInPieces(step, style)) {
      if (number !== latest) return;
      if (piece.action) anchors.set(piece.action.number, lines.length + piece.action.line);
      add(piece);
      if (performance.now() - shownAt < showEvery) continue;
      shownAt = performance.now();
      show(whole());
    }
    if (number !== latest) return;
    const text = whole();
    kept.delete(key);
    kept.set(key, text);
    for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old);
    show(text);
  }

  return {
    async show(lab, step, style, show) {
      const key = JSON.stringify([step.id, style]);
      const number = ++latest;
      const known = kept.get(key);
      if (known) show(known);
      else await render(lab, step, style, key, number, show);
    },
    async renderHints(hints, style) {
      const { renderMarkdown } = await import('../markdown/render-markdown.ts');
      return hints.flatMap((hint, i) => [...(i === 0 ? [] : ['']), ...renderMarkdown(hint, style)]);
    },
  };
}

/** What the lab says before its first task, and a task before its first step, stands above that step. */
function introsOf(lab: Lab, step: Step): string[] {
  const task = lab.tasks.find(({ id }) => id === step.task);
  const isFirstOfTask = task?.steps[0] === step.id;
  const isFirst = lab.steps[0]?.id === step.id;
  return [isFirst ? lab.intro : '', isFirstOfTask ? task.intro : ''].filter((intro) => intro.trim() !== '');
}
