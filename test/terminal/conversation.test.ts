import { expect, test } from 'vitest';
import { createRecord, type CommandRecord } from '../../src/terminal/commands/command-record.ts';
import { Conversation } from '../../src/terminal/commands/conversation.ts';
import type { StateMessage } from '../../src/terminal/shell/state-message.ts';

const nonce = 'abc';
const mark = (letter: string, value: number) => `\x1b]133;${letter};${nonce};${value}\x07`;

interface Heard {
  talk: Conversation;
  ends: [text: string | null, status: number][];
  lost: number;
}

function listen(): Heard {
  const heard: Heard = {
    ends: [],
    lost: 0,
    talk: new Conversation({
      nonce,
      drain: () => {},
      onLost: () => void heard.lost++,
      onAnswer: () => {},
      recordTyped: () => record('by hand'),
      onText: () => {},
      onState: () => {},
      onStart: () => {},
      onEnd: ({ text }, status) => void heard.ends.push([text, status]),
      onPrompt: () => {},
    }),
  };
  return heard;
}

const record = (text: string): CommandRecord => createRecord({ text, byHand: false, hidden: false, jobsBefore: [] });

const message = (facts: Partial<StateMessage>): StateMessage => ({
  kind: 'prompt',
  status: 0,
  command: 0,
  prompt: 0,
  ping: 0,
  jobs: [],
  history: undefined,
  directory: '/',
  exports: '',
  ...facts,
});

test('marks that come after they have counted as lost are not taken for those of the next command', async () => {
  const { talk, ends } = listen();
  talk.takeState(message({ prompt: 1 }));
  talk.takeData(`${mark('A', 1)}$ ${mark('B', 0)}`);
  // Ctrl-C was pressed, and a ping typed. Its message is there; its marks are still on their way through a busy machine.
  talk.dirty = true;
  talk.begin(record('ping'));
  talk.takeState(message({ prompt: 2, command: 1, status: 130 }));
  await expect.poll(() => talk.ready, { timeout: 20_000 }).toBe(true);
  talk.dirty = false;
  talk.begin(record('echo'));
  talk.takeData(`${mark('C', 1)}${mark('D', 130)}${mark('A', 2)}$ ${mark('B', 0)}`);
  expect(ends).toEqual([['ping', 130]]);
  talk.takeData(mark('C', 2));
  talk.takeState(message({ prompt: 3, command: 2, status: 4 }));
  talk.takeData(`${mark('D', 4)}${mark('A', 3)}$ ${mark('B', 0)}`);
  expect(ends).toEqual([
    ['ping', 130],
    ['echo', 4],
  ]);
});

test('a prompt whose message does not come is a prompt all the same, and the mark before it has the status', () => {
  const heard = listen();
  heard.talk.takeState(message({ prompt: 1 }));
  heard.talk.takeData(`${mark('A', 1)}$ ${mark('B', 0)}`);
  heard.talk.begin(record('echo'));
  heard.talk.takeData(`${mark('C', 1)}text${mark('D', 3)}${mark('A', 2)}$ ${mark('B', 0)}`);
  expect([heard.ends, heard.lost, heard.talk.ready]).toEqual([[['echo', 3]], 1, true]);
});
