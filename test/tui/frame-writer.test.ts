import { expect, test } from 'vitest';
import { createFrameWriter } from '../../src/tui/ink/frame-writer.ts';
import { createStandIns } from '../../src/tui/ink/stand-ins.ts';

function makeWriter() {
  const written: string[] = [];
  return { written, writer: createFrameWriter((text) => void written.push(text)) };
}

test('the first frame is drawn whole, later ones only where they differ', () => {
  const { written, writer } = makeWriter();
  writer.draw(['one', 'two']);
  expect(written).toEqual(['\x1b[?2026h\x1b[?25l\x1b[0m\x1b[2J\x1b[1;1Hone\x1b[2;1Htwo\x1b[?2026l']);
  writer.draw(['one', 'six']);
  expect(written.at(-1)).toBe('\x1b[?2026h\x1b[?25l\x1b[2;1Hsix\x1b[?2026l');
});

test('a frame like the one before writes nothing', () => {
  const { written, writer } = makeWriter();
  writer.draw(['one']);
  writer.draw(['one']);
  expect(written).toHaveLength(1);
});

test('the cursor is shown where it is given, and moves without drawing anything', () => {
  const { written, writer } = makeWriter();
  writer.draw(['one'], { column: 2, row: 0 });
  writer.draw(['one'], { column: 1, row: 0 });
  expect(written.at(-1)).toBe('\x1b[?2026h\x1b[?25l\x1b[1;2H\x1b[?25h\x1b[?2026l');
  writer.draw(['one']);
  expect(written.at(-1)).toBe('\x1b[?2026h\x1b[?25l\x1b[?2026l');
});

test('after the screen was forgotten all is drawn again', () => {
  const { written, writer } = makeWriter();
  writer.draw(['one']);
  writer.forget();
  writer.draw(['one']);
  expect(written).toHaveLength(2);
  expect(written[1]).toBe(written[0]);
});

test('the lines of canvases take the places of their stand-ins', () => {
  const standIns = createStandIns();
  const [left, right] = [standIns.take(), standIns.take()];
  const a = standIns.put(left, ['강물', 'sea '], 4);
  const b = standIns.put(right, ['\x1b[1mx\x1b[0m', 'y'], 1);
  expect(standIns.resolve(`${a}   ${b}\n${a}   ${b}`, 6, 3)).toEqual(['강물\x1b[1mx\x1b[0m ', 'sea y ', '      ']);
});

test('a canvas that is gone leaves its number to another one', () => {
  const standIns = createStandIns();
  const first = standIns.take();
  const second = standIns.take();
  expect(second).not.toBe(first);
  standIns.release(first);
  expect(standIns.take()).toBe(first);
});
