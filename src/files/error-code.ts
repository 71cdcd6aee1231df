/** The code of a system error: `ENOENT`, `ECONNREFUSED`. Undefined where it is none of the system's. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
