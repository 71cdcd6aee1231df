/** Mistakes that the step notices in which app.py is written. */
import { GET, POST, solution, write, type WrongVariant } from './variants.ts';

const noRoutes = 'Chalice finds both routes in app.py';

const noRoute = (
  name: string,
  app: string,
  actual: string | RegExp,
  says: string | RegExp,
  files: Record<string, string> = {},
): WrongVariant => ({
  name,
  step: 'add-routes',
  app,
  files,
  fails: noRoutes,
  actual,
  says,
});

export const wrongFile: WrongVariant[] = [
  {
    name: 'a slip that Python cannot read',
    step: 'add-routes',
    app: solution.replace("methods=['GET'])", "methods=['GET']"),
    fails: 'myapp/app.py is Python without syntax errors',
    says: /^Look at line 15 of myapp\/app\.py and the one above it\. Often a bracket/,
  },
  {
    name: 'PUT for POST',
    step: 'add-routes',
    app: write({ post: POST.replace("'POST'", "'PUT'") }),
    fails: noRoutes,
    actual: '/users takes PUT',
    says: "Write POST in its methods: @app.route('/users', methods=['POST'])",
  },
  {
    name: 'a module that is not there',
    step: 'add-routes',
    app: `import nowhere\n${solution}`,
    fails: noRoutes,
    actual: "ModuleNotFoundError: No module named 'nowhere'",
    says: "Look at line 1 of myapp/app.py. Is nowhere spelled right, and installed in the lab's environment?",
  },
  {
    name: 'only one of the routes',
    step: 'add-routes',
    app: write({ post: '' }),
    fails: noRoutes,
    actual: 'the routes are /, /users/{name}',
    says: "Add the route, and save the file: @app.route('/users', methods=['POST'])",
  },
  noRoute(
    'another name for the app',
    write()
      .replaceAll(/\bapp([.)=])/g, 'api$1')
      .replace('app = Chalice', 'api = Chalice'),
    'app.py has it in the variable api',
    /^Chalice looks for the name app/,
  ),
  noRoute(
    'a decorator of another framework',
    write({ get: GET.replace('@app.route', '@app.get').replace(", methods=['GET']", '') }),
    "AttributeError: 'Chalice' object has no attribute 'get'",
    'Look at line 14 of myapp/app.py.',
  ),
  noRoute(
    'method for methods',
    write({ post: POST.replace('methods', 'method') }),
    'TypeError: route() got unexpected keyword arguments: method',
    'Look at line 20 of myapp/app.py.',
  ),
  noRoute(
    'one route twice',
    write({ more: GET }),
    `ValueError: Duplicate method: 'GET' detected for route: '/users/{name}' between view functions: "show_user" and "show_user". A specific method may only be specified once for a particular path.`,
    'Look at line 31 of myapp/app.py.',
  ),
  noRoute(
    'a text for the list of methods',
    write({ post: POST.replace("['POST']", "'POST'") }),
    '/users takes O and P and S and T',
    /^methods needs a list, with brackets/,
  ),
  noRoute(
    "Flask's parameter",
    write({ get: GET.replace('{name}', '<name>') }),
    'the routes are /, /users/<name>, /users',
    /^\/users\/<name> is nearly it\. Chalice writes a parameter in braces/,
  ),
  noRoute(
    "Express's parameter",
    write({ get: GET.replace('{name}', ':name').replace('show_user(name)', 'show_user()') }),
    'the routes are /, /users/:name, /users',
    /^\/users\/:name is nearly it\. Chalice writes a parameter in braces/,
  ),
  noRoute(
    'a space in the braces',
    write({ get: GET.replace('{name}', '{ name }') }),
    'the routes are /, /users/{ name }, /users',
    /no space inside the braces/,
  ),
  noRoute(
    'no slash in front',
    write({ post: POST.replace("'/users'", "'users'") }),
    'the routes are /, /users/{name}, users',
    /A route begins with a slash/,
  ),
  noRoute(
    'a slash at the end',
    write({ post: POST.replace("'/users'", "'/users/'") }),
    'the routes are /, /users/{name}, /users/',
    /must not end with a slash/,
  ),
  noRoute(
    'a level that is none',
    write({ level: "app.log.setLevel('Debug')" }),
    "ValueError: Unknown level: 'Debug'",
    'Look at line 6 of myapp/app.py.',
  ),
  noRoute(
    'a file that hides a module of Python',
    write(),
    /^ImportError: cannot import name 'escape' from 'html'/,
    'myapp/html.py hides the module html that line 2 of myapp/app.py needs. Give your file another name.',
    { 'html.py': 'PAGE = 1\n' },
  ),
  noRoute(
    'an exit',
    `import sys\nsys.exit(0)\n${write()}`,
    'the program ended itself with exit() while it was imported',
    'Look at line 2 of myapp/app.py.',
  ),
  noRoute(
    'an error in a module of its own',
    `from chalicelib import users\n${write()}`,
    'ZeroDivisionError: division by zero',
    'Look at line 2 of myapp/chalicelib/users.py.',
    {
      'chalicelib/users.py': 'A = 0\nB = 1 / A\n',
    },
  ),
  noRoute(
    'a question to nobody',
    `who = input('Who? ')\n${write()}`,
    'EOFError: EOF when reading a line',
    'Look at line 1 of myapp/app.py.',
  ),
];
