/** vitest does this for each file: the files share what they import, so that a hook in there would be the first file's only. */
import { afterEach } from 'vitest';
import { endPrograms } from './program.ts';
import { endScreens } from './screen.ts';

afterEach(() => {
  // Processes on a screen are found again by its folder.
  endScreens();
  endPrograms();
});
