/** Which files of the project the framework packs: `package.patterns` one after the other, a later one counts more, and `!` leaves out. */

/**
 * The first of the learner's files that ran here and is not in the package.
 *
 * @param {{ service: any, files: string[], glob: Function, project: string, lineOf: Function, shown: string }} of `files`: their paths in the project.
 */
export async function findUnpacked({ service, files, glob, project, lineOf, shown }) {
  const patterns = service.package?.patterns;
  const hasOthers =
    JSON.stringify(service.functions ?? {}).includes('"package"') || service.package?.individually || service.package?.artifact;
  if (!Array.isArray(patterns) || hasOthers) return undefined;
  // without a pattern everything is packed
  const packed = new Set(await glob('**', { cwd: project, dot: true, ignore: ['node_modules/**', '.serverless/**'] }));
  for (const pattern of patterns.map(String)) {
    const found = await glob(pattern.replace(/^!/, ''), { cwd: project, dot: true, expandDirectories: false });
    for (const file of found)
      if (pattern.startsWith('!')) packed.delete(file);
      else packed.add(file);
  }
  const missing = files.find((file) => !packed.has(file));
  if (missing === undefined) return undefined;
  return {
    expected: `${missing} in the package`,
    actual: 'the patterns leave it out: on AWS it would be missing',
    try: `Look at line ${lineOf(['package', 'patterns'])} of ${shown}. Add to the patterns: - ${missing}`,
  };
}
