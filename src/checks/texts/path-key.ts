import { textKey } from './template.ts';
import { refusePath } from '../../files/inside.ts';

/** A path in the workspace, with `/`. Whether it stays inside is looked at when the lab is read, and again when the check runs. */
export const pathKey = () =>
  textKey().superRefine((path, context) => {
    const why = refusePath(path);
    if (why !== undefined) context.addIssue({ code: 'custom', message: why });
  });
