/** `npm start`: the set-up, then the program with the same arguments, in this process: signals and exit code are its own. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUpOrExit } from './setup.mjs';

await setUpOrExit();
const program = path.join(root, 'bin', 'labwalk.js');
process.argv[1] = program;
await import(pathToFileURL(program).href);
