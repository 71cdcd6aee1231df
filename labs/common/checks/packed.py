"""Which of the modules that a program imports go along to where it will run. Read into the code of a check; see ask.py."""
import ast
import os
import re
import sys
from importlib import metadata, util

# Lambda's own Python has them: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
AT_LAMBDA = ['boto3', 'botocore']


def find_imports(project, start='app.py'):
    """The top-level modules that a program imports, with the first place of each: {name: (file, line)}. Follows modules of its own."""
    found, files, seen = {}, [start], set()
    while files:
        file = files.pop()
        if file in seen:
            continue
        seen.add(file)
        with open(os.path.join(project, file), 'rb') as source:
            tree = ast.parse(source.read())
        for name, line in list_imports(tree, os.path.dirname(file)):
            found.setdefault(name.split('.')[0], (file, line))
            files.extend(own_files(project, name))
    return found


def list_imports(node, folder):
    """Each import that has to succeed, as a dotted name; an import that may fail, or that only a type checker sees, is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, child.lineno) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            parts = folder.split('/') if folder else []
            base = parts[: len(parts) - child.level + 1] if child.level else []
            module = '.'.join([*base, *([child.module] if child.module else [])])
            yield from ((f'{module}.{alias.name}' if module else alias.name, child.lineno) for alias in child.names)
        elif isinstance(child, ast.Try) and any(may_fail(handler) for handler in child.handlers):
            for part in [*child.orelse, *child.finalbody]:
                yield from list_imports(ast.Module([part], []), folder)
        elif isinstance(child, ast.If) and 'TYPE_CHECKING' in ast.dump(child.test):
            yield from list_imports(ast.Module(child.orelse, []), folder)
        else:
            yield from list_imports(child, folder)


def may_fail(handler):
    return handler.type is None or any(name in ast.dump(handler.type) for name in ("'ImportError'", "'ModuleNotFoundError'", "'Exception'"))


def own_files(project, name):
    """Files of the project that an import of a dotted name reads."""
    parts = name.split('.')
    for length in range(1, len(parts) + 1):
        base = '/'.join(parts[:length])
        yield from (file for file in (f'{base}.py', f'{base}/__init__.py') if os.path.isfile(os.path.join(project, file)))


def is_own(project, name):
    """Whether an import of the name finds a file or a folder of the project."""
    path = os.path.join(project, name)
    return os.path.isfile(f'{path}.py') or (os.path.isdir(path) and any(file.endswith('.py') for file in os.listdir(path)))


def normalize(name):
    return re.sub(r'[-_.]+', '-', name).lower()


def read_requirements(file):
    """Names in a requirements file, with their extras; None where a line has no name that can be read."""
    names = []
    if not os.path.isfile(file):
        return names
    with open(file, encoding='utf-8-sig') as lines:
        for line in lines.read().replace('\\\n', ' ').split('\n'):
            line = re.sub(r'(^|\s)#.*', '', line).strip()
            nested = re.match(r'(?:-r|--requirement)[ =]*(\S+)', line)
            if nested:
                more = read_requirements(os.path.join(os.path.dirname(file), nested[1]))
                if more is None:
                    return None
                names += more
            elif line and not re.match(r'(-c|--)', line):
                wheel = re.match(r'\S*?([A-Za-z0-9_.]+)-\d[^/\s]*\.(?:whl|tar\.gz)', line)
                egg = re.search(r'#egg=([\w.-]+)', line)
                plain = re.match(r'([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(?:[<>=!~;@(]|$)', line)
                if plain:
                    names.append((plain[1], [normalize(extra.strip()) for extra in (plain[2] or '').split(',')]))
                elif wheel or egg:
                    names.append(((wheel or egg)[1], []))
                else:
                    return None
    return names


def with_dependencies(names):
    """Normalized names of packages together with all that they need, as far as they are installed here."""
    found, todo = set(), list(names)
    while todo:
        name, extras = todo.pop()
        key = (normalize(name), tuple(extras))
        if key in found:
            continue
        found.add(key)
        try:
            needed = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        for line in needed:
            extra = re.search(r'''extra\s*==\s*['"]([^'"]+)''', line)
            if extra and normalize(extra[1]) not in extras:
                continue
            part = re.match(r'([\w.-]+)\s*(?:\[([^\]]*)\])?', line)
            todo.append((part[1], [normalize(each.strip()) for each in (part[2] or '').split(',')]))
    return {name for name, _ in found}


def providers():
    """Which installed packages have a top-level module: {'yaml': {'PyYAML'}}."""
    found = {}
    for package in metadata.distributions():
        name = package.metadata['Name']
        if not name:
            continue
        tops = set((package.read_text('top_level.txt') or '').split())
        for file in package.files or []:
            if file.suffix in ('.py', '.so', '.pyd') and '..' not in file.parts:
                tops.add(file.parts[0] if len(file.parts) > 1 else file.name.split('.')[0])
        for top in tops:
            found.setdefault(top, set()).add(name)
    return found


def find_left_behind(project, packed=('chalicelib',)):
    """
    The first import that works here and would fail where the program will run, or None:
    {'name', 'file', 'line', 'why': 'own' | 'package' | 'nowhere', 'packages'}.

    packed: folders and modules of the project that go along, beside app.py and vendor/.
    """
    listed = read_requirements(os.path.join(project, 'requirements.txt'))
    known = None if listed is None else with_dependencies([*listed, *((name, []) for name in AT_LAMBDA)])
    installed = None
    for name, (file, line) in find_imports(project).items():
        place = {'name': name, 'file': file, 'line': line}
        if name in (*packed, 'app', 'chalice') or is_own(os.path.join(project, 'vendor'), name):
            continue
        if is_own(project, name):
            return {**place, 'why': 'own', 'packages': []}
        if name in sys.stdlib_module_names or known is None:
            continue
        installed = installed or providers()
        packages = sorted(installed.get(name, ()))
        if any(normalize(package) in known for package in packages):
            continue
        if not packages and normalize(name) in known:
            continue
        return {**place, 'why': 'package' if packages or util.find_spec(name) else 'nowhere', 'packages': packages}
    return None
