/** Judges the policy of the stage dev as a text: whether IAM takes it, and whether it allows too much. */
/* global fs, path */
import { end, workspace } from '../../common/checks/learners-python.mjs';
import { judgePolicy } from './policy-grammar.mjs';

const file = 'cloudalbum/.chalice/policy-dev.json';
const place = path.join(workspace, file);
end(
  fs.existsSync(place)
    ? judgePolicy(fs.readFileSync(place, 'utf8'), file)
    : { expected: `a file ${file}`, actual: 'it is not there', try: 'Write the file as the step shows it.' },
);
