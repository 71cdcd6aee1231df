import semver from 'semver';

/** Whether a version as tools tell it (`1.9`, `2.4.1`) is in a semver range; one that is none is in no range. */
export const isVersionIn = (version: string, range: string): boolean => semver.satisfies(semver.coerce(version) ?? '0.0.0', range);
