import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseMode } from '../../src/session/choose-mode.ts';
import { fence, labOf, makeHome, makePerson } from './person.ts';

const local = labOf(`### One\n\n${fence('sh run', 'true')}${fence('yaml check', '- status: 0')}`);
const cloud = labOf(`### One\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'true')}${fence('yaml check', '- status: 0')}`);
const settings = (home: string) => path.join(home, '.config/labwalk/settings.json');

describe('where a lab is done', () => {
  test('is asked the first time, says in a line each what that means, and is remembered for every lab', async () => {
    const home = makeHome();
    const learner = makePerson(['aws']);
    expect(await chooseMode({ lab: cloud, learner, env: { HOME: home } })).toBe('aws');
    expect(learner.asked).toMatchObject([{ ways: [{ id: 'sandbox' }, { id: 'aws' }] }]);
    expect(await chooseMode({ lab: cloud, learner: makePerson([]), env: { HOME: home } })).toBe('aws');
    expect(fs.statSync(settings(home)).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.dirname(settings(home))).mode & 0o777).toBe(0o700);
  });

  test('is what the command line says, and that is not remembered', async () => {
    const env = { HOME: makeHome() };
    expect(await chooseMode({ lab: cloud, asked: 'aws', last: 'sandbox', learner: makePerson([]), env })).toBe('aws');
    expect(await chooseMode({ lab: cloud, learner: makePerson(['sandbox']), env })).toBe('sandbox');
  });

  test('is where the workspace was begun, whatever was chosen since', async () => {
    const env = { HOME: makeHome() };
    await chooseMode({ lab: cloud, learner: makePerson(['aws']), env });
    expect(await chooseMode({ lab: cloud, last: 'sandbox', learner: makePerson([]), env })).toBe('sandbox');
  });

  test('is not asked for a lab that does nothing in AWS', async () => {
    expect(await chooseMode({ lab: local, learner: makePerson([]), env: { HOME: makeHome() } })).toBe('sandbox');
  });

  test('stays open where nothing is chosen: the next time it is asked again', async () => {
    const env = { HOME: makeHome() };
    expect(await chooseMode({ lab: cloud, learner: makePerson([undefined]), env })).toBeUndefined();
    expect(fs.existsSync(settings(env.HOME))).toBe(false);
  });

  test.each(['', '{', '[]', '{"mode": "moon"}', 'null'])('is asked again where the file says %j', async (text) => {
    const home = makeHome();
    fs.mkdirSync(path.dirname(settings(home)), { recursive: true });
    fs.writeFileSync(settings(home), text);
    expect(await chooseMode({ lab: cloud, learner: makePerson(['sandbox']), env: { HOME: home } })).toBe('sandbox');
    expect(JSON.parse(fs.readFileSync(settings(home), 'utf8'))).toEqual({ mode: 'sandbox' });
  });

  test('keeps what another version wrote beside it', async () => {
    const home = makeHome();
    const folder = path.join(home, 'config');
    fs.mkdirSync(path.join(folder, 'labwalk'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'labwalk/settings.json'), '{"theme": "dark"}');
    await chooseMode({ lab: cloud, learner: makePerson(['aws']), env: { HOME: home, XDG_CONFIG_HOME: folder } });
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'labwalk/settings.json'), 'utf8'))).toEqual({ theme: 'dark', mode: 'aws' });
  });

  test('works for a person whose home takes no files, or who has none', async () => {
    const home = path.join(makeHome(), 'file');
    fs.writeFileSync(home, '');
    expect(await chooseMode({ lab: cloud, learner: makePerson(['aws']), env: { HOME: home } })).toBe('aws');
    expect(await chooseMode({ lab: cloud, learner: makePerson(['aws']), env: {} })).toBe('aws');
  });
});
