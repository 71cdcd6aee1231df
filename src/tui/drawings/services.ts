import { plainText } from '../../text/plain-text.ts';
import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { formatElapsed } from './doing.ts';
import { drawnText, fit, hang, oneLine, wrap } from './lines.ts';
import { marksOf } from './marks.ts';
import { cutStyled } from './styled-lines.ts';
import type { ServiceLine, ServicesView } from './types.ts';
import { frameLines, startAround } from './window.ts';

const indent = '    ';
const mostOfTail = 12;
const mostOfSummary = 3;

/** The lab's services: state, port and time each; the chosen one with its command and last lines, a dead one always with its last lines. */
export function drawServices({ services, chosen }: ServicesView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0 || columns <= 0) return [];
  if (services.length === 0) return frameLines(wrap('This lab has started no service yet.', columns).map(look.dim), size);
  const blocks = services.map((service, i) => drawService(service, chosen === undefined ? undefined : i === chosen, columns, look));
  const lines = blocks.flat();
  const top = blocks.slice(0, chosen ?? 0).reduce((sum, block) => sum + block.length, 0);
  const start = startAround(top, blocks[chosen ?? 0]?.length ?? 1, lines.length, rows);
  return frameLines(lines.slice(start, start + rows), size);
}

/** For the header: `app ● 8080`. */
export function drawServiceBadge(service: ServiceLine, look: Look): string {
  const name = oneLine(service.name);
  const words = {
    ready: service.port === undefined ? '' : ` ${oneLine(service.port)}`,
    starting: ' starts',
    stopped: '',
    died: ' ended',
  }[service.status];
  return `${name} ${serviceMark(service, look)}${words}`;
}

function drawService(service: ServiceLine, isChosen: boolean | undefined, columns: number, look: Look): string[] {
  const marks = marksOf(look);
  const pointer = isChosen === undefined ? '' : `${isChosen ? look.cyan(marks.chosen) : ' '} `;
  const name = oneLine(service.name);
  const beginning = `${pointer}${serviceMark(service, look)} `;
  const room = columns - textWidth(beginning);
  const shownName = fit(name, room, look);
  const words = fit(stateWords(service), room - textWidth(shownName) - 2, look);
  const first = `${beginning}${isChosen === true ? look.bold(look.cyan(shownName)) : look.bold(shownName)}  ${paintState(service, look)(words)}`;
  const lines = [cutStyled(first, columns)];
  const isDead = service.status === 'died';
  if (isChosen === true || isDead) {
    const command = hang(`${indent}$ `, oneLine(service.text), columns);
    lines.push(...(service.text === '' ? [] : command.slice(0, mostOfSummary)));
    lines.push(
      ...lastLines(service.tail ?? '', isChosen === true || isDead ? mostOfTail : 0).map((line) =>
        look.dim(indent + fit(line, columns - indent.length, look)),
      ),
    );
  }
  return lines;
}

function stateWords({ status, port, upMs, exitStatus, byHand }: ServiceLine): string {
  const up = upMs === undefined ? [] : [`for ${formatElapsed(upMs)}`];
  const where = port === undefined ? [] : [`port ${oneLine(port)}`];
  const whose = byHand ? ['typed by you'] : [];
  switch (status) {
    case 'starting':
      return ['starts', ...up, ...where, ...whose].join(', ');
    case 'ready':
      return ['runs', ...up].join(' ') + [...where, ...whose].map((part) => `, ${part}`).join('');
    case 'stopped':
      return 'stopped';
    case 'died':
      return exitStatus === undefined ? 'ended by itself' : `ended by itself with status ${exitStatus}`;
  }
}

function serviceMark({ status }: ServiceLine, look: Look): string {
  const marks = marksOf(look);
  switch (status) {
    case 'ready':
      return look.green(marks.runs);
    case 'starting':
      return look.yellow(marks.starts);
    case 'stopped':
      return look.dim(marks.stands);
    case 'died':
      return look.red(marks.died);
  }
}

function paintState({ status }: ServiceLine, look: Look): (text: string) => string {
  return status === 'died' ? look.red : status === 'stopped' ? look.dim : (text) => text;
}

function lastLines(text: string, most: number): string[] {
  const lines = drawnText(plainText(text))
    .split('\n')
    .filter((line) => line.trim() !== '');
  return most === 0 ? [] : lines.slice(-most);
}
