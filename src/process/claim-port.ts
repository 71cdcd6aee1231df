/** Claims a port: resolves with what gives it back, or with undefined where another process has claimed it. */
export type ClaimPort = (port: number) => Promise<(() => void) | undefined>;
