/** Waits for something to become true. The one who changes things calls `check`. */
export interface Waiters {
  check(): void;
  /** Resolves true as soon as the test holds, false after so many milliseconds; without a limit it waits on. */
  until(test: () => boolean, ms?: number): Promise<boolean>;
}

export function createWaiters(): Waiters {
  const waiting = new Set<() => void>();
  return {
    check() {
      for (const look of [...waiting]) look();
    },
    until(test, ms) {
      if (test()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const end = (held: boolean) => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(held);
        };
        const look = () => {
          if (test()) end(true);
        };
        const timer = ms === undefined ? undefined : setTimeout(() => end(test()), ms);
        waiting.add(look);
      });
    },
  };
}
