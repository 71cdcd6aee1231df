/** serverless.yml and handler.py as many people would write them: what the framework, Lambda and API Gateway make of them decides. */
import { right, wrong } from './serverless-programs.ts';
import { tryPrograms } from './try-programs.ts';

tryPrograms('serverless', { project: 'myapp', through: 'run-again' }, right, wrong);
