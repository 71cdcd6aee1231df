/** The deployed album in the sandbox, as a browser asks for it: one connection that stays open, somebody who is signed in, photos to show. */
import fs from 'node:fs';
import path from 'node:path';
import { wakeAlbum } from '../test/support/album.ts';
import type { Place } from './benchmarks.ts';
import { median, round, time } from './measure.ts';

const requests = 60;

export async function measureAlbumPage({ root, folder }: Place) {
  const workspace = path.join(folder, 'album');
  const through = ['--workspace', workspace, '--through', 'base-url'];
  await time({ file: process.execPath, args: [path.join(root, 'bin/labwalk.js'), 'run', 'cloudalbum', ...through] });
  const { sandbox, address } = await wakeAlbum(workspace);
  try {
    const ask = createVisitor(address);
    const person = { email: 'bench@example.com', password: 'only-for-this-1' };
    await ask('users/signup', { name: 'Bench', ...person });
    await ask('users/confirm', { email: person.email, code: '123456' });
    await ask('users/signin', person);
    const photos = path.join(root, 'labs/cloudalbum/files/photos');
    for (const name of fs.readdirSync(photos))
      await ask('photos/new', { photo: new File([fs.readFileSync(path.join(photos, name))], name) });
    const all: number[] = [];
    for (let i = 0; i < requests; i++) {
      const began = performance.now();
      const page = await ask('');
      all.push(performance.now() - began);
      if (page.split('class="title"').length !== 4) throw new Error(`The page does not show three photos:\n${page}`);
    }
    all.sort((a, b) => a - b);
    return { figure: round(median(all)), details: { least: round(all[0] ?? NaN), p95: round(all[Math.floor(requests * 0.95)] ?? NaN) } };
  } finally {
    await sandbox.stop();
  }
}

/** Keeps cookies; sends a form where fields are given, with the token that the album's forms have. */
function createVisitor(address: string): (way: string, fields?: Record<string, string | File>) => Promise<string> {
  const cookies = new Map<string, string>();
  const ask = async (way: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address + way, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${way} answered ${answer.status}:\n${text}`);
    return text;
  };
  return async (way, fields) => {
    if (!fields) return ask(way);
    const token = /name="token" value="(\w+)"/.exec(await ask('users/signin'))?.[1] ?? '';
    const hasFile = Object.values(fields).some((value) => typeof value !== 'string');
    const body = hasFile ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries({ token, ...fields })) (body as FormData).append(name, value);
    return ask(way, { method: 'POST', body });
  };
}
