/**
 * The rooms of src/ and what each may import: its own files, and the rooms named here. Imports point down only.
 * `npm run lint` holds it.
 */
const rooms = {
  text: [],
  styled: ['text'],
  files: [],
  lab: ['patterns', 'text'],
  events: ['lab', 'text'],
  process: ['files', 'text'],
  patterns: ['process'],
  toolchain: [],
  checks: ['events', 'files', 'lab', 'patterns', 'process', 'secrets', 'text'],
  diff: ['text', 'styled', 'files', 'lab', 'checks', 'workspace'],
  progress: ['events', 'files', 'lab', 'text'],
  secrets: ['events', 'files'],
  terminal: ['files', 'patterns', 'process', 'text'],
  workspace: ['files', 'process', 'terminal', 'text', 'progress', 'events', 'lab'],
  engine: ['text', 'files', 'lab', 'events', 'checks', 'patterns', 'process', 'progress', 'secrets', 'terminal', 'workspace'],
  aws: ['files', 'engine', 'process', 'checks', 'events', 'lab', 'text'],
  report: ['files', 'events', 'progress', 'lab', 'text'],
  walk: ['text', 'diff', 'files', 'lab', 'events', 'process', 'progress', 'terminal', 'workspace', 'engine'],
  tui: ['text', 'diff', 'styled', 'lab', 'events', 'progress', 'terminal', 'engine', 'walk', 'report'],
  plain: ['text', 'styled', 'diff', 'lab', 'events', 'progress', 'engine', 'walk', 'report'],
  doctor: ['aws', 'files', 'process', 'report', 'terminal', 'toolchain', 'lab', 'text'],
  verify: [
    'text',
    'styled',
    'diff',
    'files',
    'lab',
    'events',
    'checks',
    'process',
    'progress',
    'terminal',
    'workspace',
    'engine',
    'report',
    'toolchain',
  ],
};

/** @param {string} room */
// What stands above the rooms (cli.ts, commands/, session/) may import all of them; no room may import what stands above.
const reach = (room) => rooms[room].map((name) => `${name}/`).join('|');

const roomRules = Object.keys(rooms).map((room) => ({
  name: `room-${room}`,
  comment: `src/${room} may import ${rooms[room].map((name) => `src/${name}`).join(', ') || 'no other room'}, and src/errors.ts.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(errors\\.ts$|${[`${room}/`, reach(room)].filter(Boolean).join('|')})` },
}));

/** The folders of the engine, the lowest first. What stands beside them puts them together; run-context.ts there is types. */
const engineFolders = ['context', 'failures', 'terminals', 'services', 'resources', 'step', 'person'];

const engineRules = engineFolders.map((folder, at) => ({
  name: `engine-${folder}`,
  comment: `src/engine/${folder} may import ${engineFolders.slice(0, at).join(', ') || 'no other folder of the engine'}, and the types of run-context.ts.`,
  severity: 'error',
  from: { path: `^src/engine/${folder}/` },
  to: { path: '^src/engine/', pathNot: `^src/engine/(run-context\\.ts$|(${engineFolders.slice(0, at + 1).join('|')})/)` },
}));

export default {
  forbidden: [
    ...roomRules,
    ...engineRules,
    {
      name: 'session-below-commands',
      comment: 'src/session serves the commands and the screens, and knows none of them.',
      severity: 'error',
      from: { path: '^src/session/' },
      to: { path: '^src/(commands|tui|plain)/|^src/cli\\.ts$' },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'errors-stand-alone',
      severity: 'error',
      from: { path: '^src/errors\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'aws-sdk-only-in-aws',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/aws/' },
      to: { path: '@aws-sdk/' },
    },
    {
      name: 'screen-only-in-tui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tui/' },
      to: { path: '(^|node_modules/)(ink|react)(/|$)' },
    },
    {
      name: 'no-processes-in-lab-and-text',
      severity: 'error',
      from: { path: '^src/(lab|text)/' },
      to: { path: '^(node:)?child_process$|node_modules/(execa|zx|@lydell/node-pty)/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^toolchain' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
