/** The album's four pieces, each as many people would write them: behaviour decides, and what AWS says. */
import { right, wrong } from './cloudalbum-programs.ts';
import { tryPrograms } from './try-programs.ts';

tryPrograms('cloudalbum', { project: 'cloudalbum', through: 'policy' }, right, wrong);
