/** The Flask app as many people would write it: what Flask makes of it decides. */
import { tryPrograms } from './try-programs.ts';
import { right, wrong } from './zappa-programs.ts';

tryPrograms('zappa', { project: 'myzappa', through: 'run-again' }, right, wrong);
