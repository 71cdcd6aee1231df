import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { fit, oneLine } from './lines.ts';
import { marksOf, type Marks } from './marks.ts';
import type { OutlineStep, OutlineView } from './types.ts';
import { frameLines, startAround } from './window.ts';

/** A row of the outline, before anything is drawn of it. */
type Row = { step: OutlineStep } | { task: Task };

interface Task {
  title: string;
  done: number;
  of: number;
}

/** The steps under their tasks, each with how it stands; as much of it as fits, around the step that is chosen or shown. */
export function drawOutline(view: OutlineView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0 || columns <= 0) return [];
  const all = outlineRows(view.steps);
  const focus = view.chosen ?? view.current;
  const at = Math.max(
    0,
    all.findIndex((row) => 'step' in row && row.step.id === focus),
  );
  const start = startAround(at, 1, all.length, rows);
  const shown = all.slice(start, start + rows);
  // A window that begins in the middle of a task begins with the task's heading all the same.
  if (rows >= 4 && shown[0] && 'step' in shown[0] && start < at) shown[0] = taskAbove(all, start) ?? shown[0];
  const draw = (row: Row) => ('task' in row ? drawTask(row.task, columns, look) : drawStep(row.step, view, columns, look));
  return frameLines(shown.map(draw), size);
}

function outlineRows(steps: readonly OutlineStep[]): Row[] {
  const rows: Row[] = [];
  let task: Task | undefined;
  for (const step of steps) {
    if (task?.title !== step.task) {
      task = { title: step.task, done: 0, of: 0 };
      rows.push({ task });
    }
    if (!step.reading) {
      task.of++;
      if (step.status === 'passed') task.done++;
    }
    rows.push({ step });
  }
  return rows;
}

const taskAbove = (rows: readonly Row[], from: number): Row | undefined => rows.slice(0, from).findLast((row) => 'task' in row);

function drawTask({ title, done, of }: Task, columns: number, look: Look): string {
  const count = of === 0 || columns < 20 ? '' : `  ${done}/${of}`;
  return look.bold(fit(oneLine(title), columns - count.length, look)) + look.dim(count);
}

function drawStep(step: OutlineStep, view: OutlineView, columns: number, look: Look): string {
  const marks = marksOf(look);
  const isCurrent = step.id === view.current;
  const isChosen = step.id === view.chosen;
  const pointer = isChosen ? marks.chosen : isCurrent ? marks.here : ' ';
  const mark = stepMark(step, marks, look);
  const title = fit(oneLine(step.title), columns - textWidth(marks.passed) - 3, look);
  const paint = isChosen ? (text: string) => look.bold(look.cyan(text)) : isCurrent ? look.bold : titlePaint(step, look);
  return `${look.cyan(pointer)} ${mark} ${paint(title)}`;
}

function stepMark({ status, reading }: OutlineStep, marks: Marks, look: Look): string {
  switch (status) {
    case 'passed':
      return look.green(marks.passed);
    case 'read':
      return look.dim(marks.passed);
    case 'failed':
      return look.red(marks.failed);
    case 'interrupted':
      return look.yellow(marks.stopped);
    case 'skipped':
      return look.yellow(marks.skipped);
    case 'running':
    case 'pending':
      return look.dim(reading ? marks.reading : marks.open);
  }
}

/** What is behind the learner steps back. */
function titlePaint({ status }: OutlineStep, look: Look): (text: string) => string {
  return status === 'read' || status === 'skipped' ? look.dim : (text) => text;
}
