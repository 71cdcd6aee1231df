import type { SystemFix } from './finding.ts';

const everywhere = (name: string): SystemFix => ({
  debian: `sudo apt install ${name}`,
  amazonLinux: `sudo dnf install ${name}`,
  macos: `brew install ${name}`,
});

const knownTools: Record<string, SystemFix> = {
  python3: {
    debian: 'sudo apt install python3 python3-venv',
    amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
    macos: 'brew install python@3.13',
  },
  bash: everywhere('bash'),
  // A distribution's own may be too old.
  node: {
    debian: 'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt install nodejs',
    amazonLinux: 'curl -fsSL https://rpm.nodesource.com/setup_22.x | sudo bash - && sudo dnf install nodejs',
    macos: 'brew install node@22',
  },
  npm: { debian: 'sudo apt install npm', amazonLinux: 'sudo dnf install nodejs-npm', macos: 'brew install node' },
  docker: { debian: 'sudo apt install docker.io', amazonLinux: 'sudo dnf install docker', macos: 'brew install --cask docker' },
  aws: { debian: 'sudo apt install awscli', amazonLinux: 'sudo dnf install awscli-2', macos: 'brew install awscli' },
  http: { debian: 'sudo apt install httpie', amazonLinux: 'python3 -m pip install --user httpie', macos: 'brew install httpie' },
  ...Object.fromEntries(
    ['git', 'curl', 'wget', 'jq', 'zip', 'unzip', 'make', 'tree', 'lsof', 'openssl'].map((name) => [name, everywhere(name)]),
  ),
};

/** How to install a tool: the package's name differs from the tool's here and there. */
export function fixForTool(tool: string): SystemFix | string {
  return knownTools[tool] ?? `Install ${tool} and make sure that it is on PATH.`;
}
