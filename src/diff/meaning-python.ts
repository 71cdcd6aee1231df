import { parseJson } from '../checks/texts/find-json.ts';
import { findOnPath, runProgram } from '../checks/run-program.ts';
import type { Meaning, Texts } from './types.ts';

/** Where Python is looked for and run. */
export interface PythonPlace {
  env: Record<string, string>;
  /** Absolute path. */
  directory: string;
  signal: AbortSignal;
}

/**
 * Compares two syntax trees; nothing of the texts is run. Left out of account: comments, layout and quotes, which a tree has not; docstrings, unless
 * the program reads them; a `pass` beside other statements; the order of the imports that a file begins with, where no name is imported twice.
 */
const PROGRAM = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(4000)

def parse(text):
    return ast.parse(text.encode("utf-8"), "file", "exec")

def reads_docstrings(tree):
    return any(
        (isinstance(node, ast.Name) and node.id == "__doc__")
        or (isinstance(node, ast.Attribute) and node.attr in ("__doc__", "getdoc"))
        for node in ast.walk(tree)
    )

def is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)

def simplify(tree, docstrings):
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.kind = None
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        has_docstring = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        if not docstrings and has_docstring and body and is_text(body[0]):
            del body[0]
        rest = [each for each in body if not isinstance(each, ast.Pass)]
        node.body = rest or ([] if isinstance(node, ast.Module) else [ast.Pass()])
    tree.body = in_order(tree.body)
    return ast.dump(tree)

def names(statement):
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            single = ast.Import([alias])
            bound = (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0], alias.name.split(".")[0])
        else:
            single = ast.ImportFrom(statement.module, [alias], statement.level)
            bound = (alias.asname or alias.name, ("from", statement.module, statement.level, alias.name))
        yield single, bound

def in_order(body):
    start = 1 if body and is_text(body[0]) else 0
    end = start
    while end < len(body) and isinstance(body[end], (ast.Import, ast.ImportFrom)):
        end += 1
    singles, origins = {}, {}
    for statement in body[start:end]:
        for single, (name, origin) in names(statement):
            if name == "*" or origins.setdefault(name, origin) != origin:
                return body
            singles[ast.dump(single)] = single
    def rank(item):
        return (getattr(item[1], "module", None) != "__future__", item[0])
    return body[:start] + [single for _, single in sorted(singles.items(), key=rank)] + body[end:]

def compare(yours, labs):
    wanted = parse(labs)
    try:
        own = parse(yours)
    except SyntaxError as error:
        return {"line": error.lineno or 1, "column": error.offset or 0, "message": str(error.msg)}
    except ValueError as error:
        return {"line": 1, "column": 0, "message": str(error)}
    docstrings = reads_docstrings(own) or reads_docstrings(wanted)
    return {"same": simplify(own, docstrings) == simplify(wanted, docstrings)}

try:
    print(json.dumps(compare(**json.loads(sys.stdin.buffer.read().decode("utf-8")))))
except (SyntaxError, ValueError, RecursionError, MemoryError):
    print(json.dumps({"same": False}))
`;

const PATIENCE = 20_000;

/** With the machine's own Python. Where there is none, or it is too old for the lab's text, nothing is said of the meaning. */
export async function comparePython(texts: Texts, { env, directory, signal }: PythonPlace): Promise<Meaning> {
  const python = (await findOnPath('python3', env['PATH'], directory)) ?? (await findOnPath('python', env['PATH'], directory));
  if (python === undefined) return { same: false };
  // -I: a learner's own ast.py must not be taken for Python's
  const args = ['-I', '-B', '-c', PROGRAM];
  const result = await runProgram(python, { args, directory, env, signal, timeout: PATIENCE, input: JSON.stringify(texts) });
  const answer = parseJson(result.stdout);
  if (!answer.ok) return { same: false };
  const { same, line = 1, column = 0, message } = answer.value as { same?: boolean; line?: number; column?: number; message?: string };
  if (message === undefined) return { same: same === true };
  return { same: false, mistake: { line, message, ...(column > 0 ? { column } : {}) } };
}
