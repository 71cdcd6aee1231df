/** Notices keys that the learner exports in the lab's terminal instead of giving them to labwalk: when they are whole, never while they are half typed. */

export interface TypedKeys {
  /** Takes the terminal's exported variables after a command; says whether there are whole, new keys among them. */
  areNew(variables: Readonly<Record<string, string>>, command: string | null): boolean;
  /** The terminal's keys as they are now are known: labwalk gave them, or looked at them. */
  know(variables: Readonly<Record<string, string>>): void;
}

interface Seen {
  id: string;
  secret: string;
  token: string;
  others: string;
}

const seenIn = (variables: Readonly<Record<string, string>>): Seen => ({
  id: variables['AWS_ACCESS_KEY_ID'] ?? '',
  secret: variables['AWS_SECRET_ACCESS_KEY'] ?? '',
  token: variables['AWS_SESSION_TOKEN'] ?? '',
  // which keys count, and where they count
  others: [
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_SECURITY_TOKEN',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_CONFIG_FILE',
    'AWS_DEFAULT_REGION',
  ]
    .map((name) => variables[name] ?? '')
    .join('\n'),
});

/** Commands that give the AWS CLI's own files keys. */
const changesFiles = /^\s*aws\s+(?:configure|sso\s+login|login)\b/;

/** @param start the variables that the terminal begins with */
export function createTypedKeys(start: Readonly<Record<string, string>>): TypedKeys {
  let known = seenIn(start);
  return {
    areNew(variables, command) {
      const now = seenIn(variables);
      const isSame = (Object.keys(now) as (keyof Seen)[]).every((name) => now[name] === known[name]);
      if (isSame) return command !== null && changesFiles.test(command);
      if (isHalf(now, known)) return false;
      known = now;
      return true;
    },
    know(variables) {
      known = seenIn(variables);
    },
  };
}

/** A new id waits for its secret and, where the keys are temporary, for its token; a secret for its id. */
function isHalf(now: Seen, before: Seen): boolean {
  if ((now.id === '') !== (now.secret === '')) return true;
  if (now.id === before.id) return false;
  const lacksSecret = now.secret === before.secret && now.secret !== '';
  const lacksToken = now.id.startsWith('ASIA') && (now.token === '' || now.token === before.token);
  return lacksSecret || lacksToken;
}
