/** The shapes of JSON as the pages write them: `{labwalk, labs: [{name, summary?}]}`. A `?` marks a key that may be left out. */
export type Shape = 'anything' | { list: Shape } | { keys: Map<string, { needed: boolean; shape: Shape }> };

export function parseShape(text: string): Shape {
  const tokens = text.match(/[{}[\],:?]|\w+/g) ?? [];
  const shape = takeShape(tokens);
  if (tokens.length > 0) throw new Error(`What comes here is no part of the shape: ${tokens.join(' ')}`);
  return shape;
}

function takeShape(tokens: string[]): Shape {
  const first = tokens.shift();
  if (first === '[') {
    const list = takeShape(tokens);
    take(tokens, ']');
    return { list };
  }
  if (first !== '{') return 'anything';
  const keys = new Map<string, { needed: boolean; shape: Shape }>();
  do {
    const key = tokens.shift() ?? '';
    const needed = tokens[0] !== '?';
    if (!needed) take(tokens, '?');
    const isPlain = tokens[0] !== ':';
    if (!isPlain) take(tokens, ':');
    keys.set(key, { needed, shape: isPlain ? 'anything' : takeShape(tokens) });
  } while (tokens[0] === ',' && tokens.shift());
  take(tokens, '}');
  return { keys };
}

function take(tokens: string[], wanted: string): void {
  const token = tokens.shift();
  if (token !== wanted) throw new Error(`The shape has ${token ?? 'an end'} where ${wanted} should be`);
}

/** Where a value is not of the shape: a line for each place. */
export function unlike(value: unknown, shape: Shape, at = '$'): string[] {
  if (shape === 'anything') return [];
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((item, index) => unlike(item, shape.list, `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const extra = Object.keys(value).filter((key) => !shape.keys.has(key));
  const inside = [...shape.keys].flatMap(([key, { needed, shape }]) => {
    if (!(key in value)) return needed ? [`${at}.${key} is missing`] : [];
    return unlike((value as Record<string, unknown>)[key], shape, `${at}.${key}`);
  });
  return [...extra.map((key) => `${at}.${key} is not described`), ...inside];
}
