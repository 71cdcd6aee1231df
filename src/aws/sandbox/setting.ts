/** What is wrong around the keys in some scenarios of the sandbox: the environment, and files in the learner's HOME there. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Scenario } from '../../lab/facts/scenarios.ts';

/** Changes to an environment; `null` removes a variable. */
type Changes = Record<string, string | null>;

interface Setting {
  variables: Changes;
  /** By their paths in HOME. */
  files?: Record<string, string>;
}

const noKeys: Changes = { AWS_ACCESS_KEY_ID: null, AWS_SECRET_ACCESS_KEY: null, AWS_SESSION_TOKEN: null };
const profile = 'workshop';
const startUrl = 'https://workshop.awsapps.com/start';

const settings: Partial<Record<Scenario, (home: string) => Setting>> = {
  none: () => ({ variables: noKeys }),
  partial: () => ({ variables: { AWS_SECRET_ACCESS_KEY: null, AWS_SESSION_TOKEN: null } }),
  'profile-not-found': () => ({ variables: { AWS_PROFILE: profile } }),
  'no-region': () => ({ variables: { AWS_DEFAULT_REGION: null } }),
  // Nothing listens on port 1.
  unreachable: () => ({ variables: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } }),
  'sso-expired': (home) => ({
    variables: { ...noKeys, AWS_PROFILE: profile, AWS_CONFIG_FILE: path.join(home, '.aws/config') },
    files: {
      '.aws/config': `[profile ${profile}]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Attendee\n`,
      [`.aws/sso/cache/${createHash('sha1').update(startUrl).digest('hex')}.json`]: JSON.stringify({
        startUrl,
        region: 'us-east-1',
        accessToken: 'expired',
        expiresAt: '2020-01-01T00:00:00Z',
      }),
    },
  }),
};

/**
 * Plays what a scenario has set wrong, in this environment and in this HOME.
 * @returns the changes that put the environment right again; they come with good keys
 */
export function playSetting(env: Record<string, string>, scenario: Scenario, home: string): Changes {
  const { variables, files = {} } = settings[scenario]?.(home) ?? { variables: {} };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text, { mode: 0o600 });
  }
  const right = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name] ?? null]));
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return right;
}
