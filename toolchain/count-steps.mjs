/**
 * Counts what is done, and tells it four times at most: a line of its own each time would bury the others.
 *
 * @param {number} all
 * @param {(done: string) => void} tell gets `12 of 40`
 * @returns {() => void} call it for each that is done
 */
export function countSteps(all, tell) {
  let [done, told] = [0, 0];
  return () => {
    done++;
    const quarter = Math.floor((4 * Math.min(done, all)) / all);
    if (quarter > told) tell(`${Math.min(done, all)} of ${all}`);
    told = Math.max(told, quarter);
  };
}
