/** Shows how the set-up gets on: plain lines, and on a terminal one line that tells what is being done. */

const msBetweenDraws = 120;

/**
 * @typedef {object} Progress
 * @property {<T>(title: string, work: () => Promise<T>) => Promise<T>} during Shows the title while the work is done.
 * @property {(message: string) => void} say A line of its own.
 */

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Progress}
 */
export function showProgress(stream) {
  /** @type {Map<string, number>} */
  const running = new Map();
  const live = stream.isTTY === true;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const draw = () => {
    const titles = [...running].map(([title, start]) => `${title} ${seconds(start)}`).join(', ');
    stream.write(`\r\x1b[K${titles.slice(0, (stream.columns || 80) - 1)}`);
  };
  /** @param {string} message */
  const say = (message) => {
    stream.write(`${live ? '\r\x1b[K' : ''}${message}\n`);
    if (live && running.size > 0) draw();
  };
  return {
    say,
    async during(title, work) {
      running.set(title, performance.now());
      if (live) timer ??= setInterval(draw, msBetweenDraws);
      else say(`${title} …`);
      try {
        const result = await work();
        const start = running.get(title) ?? 0;
        running.delete(title);
        say(`${title}: done in ${seconds(start)}`);
        return result;
      } finally {
        running.delete(title);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
          if (live) stream.write('\r\x1b[K');
        }
      }
    },
  };
}

/** @param {number} start */
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
