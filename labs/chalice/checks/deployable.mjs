/** Whether `chalice deploy` will take the app and Lambda will run it: much works on this machine that does not work there. */
/* global fs, path */
import { judgeApp } from '../../common/checks/learners-python.mjs';

const read = (file) => fs.readFileSync(path.join(import.meta.dirname, file), 'utf8');
await judgeApp('myapp', read('../../common/checks/packed.py') + read('deployable.py'), judge);

function judge(problem) {
  if (!problem) return undefined;
  const { actual, advice } = explain(problem);
  return { expected: 'an app that runs on Lambda, too', actual, try: advice };
}

function explain({ kind, file = 'app.py', line, name, error, route, packages }) {
  const place = line == null ? `myapp/${file}` : `line ${line} of myapp/${file}`;
  switch (kind) {
    case 'no-app':
      return { actual: 'app.py has no Chalice app in the variable app', advice: "Write app = Chalice(app_name='myapp') near the top of app.py." };
    case 'mark':
      return {
        actual: `app.py begins with a byte order mark (U+FEFF): Python takes it, chalice deploy does not`,
        advice: 'Save myapp/app.py as UTF-8 without BOM. In VS Code, click on "UTF-8 with BOM" at the bottom right and choose Save with Encoding.',
      };
    case 'encoding':
      return {
        actual: `${place} has a letter that is not UTF-8, and chalice deploy reads nothing else`,
        advice: 'Save myapp/app.py again with the encoding UTF-8. In VS Code, click on the encoding at the bottom right and choose Save with Encoding.',
      };
    case 'inner-function':
      return {
        actual: `chalice deploy would stop at ${place}: it can't follow a call of ${name}, which is a function inside a function`,
        advice: `Move ${name} out of the function, to the left margin of app.py. Chalice reads your code to write its permissions, and looks for functions there only.`,
      };
    case 'source':
      return {
        actual: `chalice deploy would stop at ${place}: ${error}`,
        advice: 'Chalice reads your code to write its permissions, and understands less than Python. Write this line in a simpler way.',
      };
    case 'configuration':
      return { actual: `chalice deploy would refuse it: ${error}`, advice: 'Change that in myapp, and save.' };
    case 'own':
      return {
        actual: `${place} imports ${name}, and chalice deploy leaves that file behind`,
        advice: `Chalice packs app.py and the folder chalicelib. Move ${name} into myapp/chalicelib, and write: from chalicelib import ${name}`,
      };
    case 'package': {
      const [wanted = name] = packages;
      return {
        actual: `${place} imports ${name}, which is in the lab's environment but not in requirements.txt`,
        advice: `Write ${wanted} on a line of its own in myapp/requirements.txt. Lambda gets only the packages named there, and what they need.`,
      };
    }
    case 'nowhere':
      return { actual: `${place} imports ${name}, which is not installed`, advice: `Is ${name} spelled right? Then install it, and write it into myapp/requirements.txt.` };
    case 'no-route':
      return { actual: `there is no route yet for ${route}`, advice: 'Write the two routes first, and save app.py.' };
    case 'bytes':
      return {
        actual: `${route} answers with bytes, and Lambda can pass on only text: the caller would get 502`,
        advice: 'Return text or an object: app.current_request.json_body is one, and .decode() makes text of bytes.',
      };
    default:
      return { actual: `${route} would get 502 from Lambda: ${error}`, advice: 'Return text or an object that JSON can be made of.' };
  }
}
