/** A person who answers as a test says. */
import type { Keys } from '../../src/engine/context/cloud.ts';
import type { KeysQuestion, Learner, Question } from '../../src/walk/walk-types.ts';

export interface Person extends Learner {
  asked: Question[];
  questions: KeysQuestion[];
  edited: string[];
  agrees: boolean;
  keys: (Keys | 'given' | undefined)[];
  edits(file: string): ReturnType<Learner['edit']>;
}

export function createPerson(): Person {
  const person: Person = {
    ...{ asked: [], questions: [], edited: [], agrees: true, keys: [] },
    edits: () => Promise.resolve({ how: 'closed' }),
    edit(file) {
      person.edited.push(file);
      return person.edits(file);
    },
    askKeys(question) {
      person.questions.push(question);
      return Promise.resolve(person.keys.shift());
    },
    confirm(question) {
      person.asked.push(question);
      return Promise.resolve(person.agrees);
    },
    choose: () => Promise.resolve(undefined),
  };
  return person;
}
