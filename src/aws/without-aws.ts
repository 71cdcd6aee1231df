/** The environment without anything that says who a person is at AWS: for labs that need nothing of it. */
export function withoutAws(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^AWS_|^BOTO_|^EC2_/.test(name)));
}
