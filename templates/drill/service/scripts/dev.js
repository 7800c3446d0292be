// Runs the service on a free port of this machine, restarts it when a file changes, and sends a few shoppers through it.
// Ends on Ctrl+C, on SIGTERM, when this folder is gone, when another one took over, or after eight hours.
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sendShoppers } from './shoppers.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stateFile = join(root, '.drill', 'service.json');
const watched = ['src', 'config', 'migrations', 'package.json'];
const lifetimeMs = 8 * 3_600_000;
const sweepMs = 400;

let port = 0;
let child;
let stopShoppers = () => {};
let stopping = false;
let failures = 0;
let seen = fingerprint();

function start() {
  if (stopping) leave();
  const env = { ...process.env, PORT: String(port), BIND_ADDRESS: '127.0.0.1', COMMIT: headCommit() };
  const started = fork(join(root, 'src', 'server.js'), { cwd: root, env });
  child = started;
  started.once('message', (listening) => {
    port = listening.port;
    failures = 0;
    writeState();
    stopShoppers = sendShoppers(port);
  });
  started.once('exit', () => {
    stopShoppers();
    if (stopping) leave();
    // A broken revision is tried again, at most every five seconds, until a change repairs it.
    setTimeout(start, Math.min(5_000, 100 * 2 ** failures));
    failures += 1;
  });
}

function stopChild() {
  stopShoppers();
  child.kill('SIGTERM');
  const stubborn = child;
  setTimeout(() => stubborn.kill('SIGKILL'), 2_000).unref();
}

function stop() {
  if (stopping) return;
  stopping = true;
  stopChild();
  setTimeout(leave, 3_000);
}

function leave() {
  if (!isReplaced()) rmSync(stateFile, { force: true });
  process.exit(0);
}

function sweep() {
  if (isGone() || (port !== 0 && isReplaced())) return stop();
  if (port !== 0 && !readState()) writeState();
  const now = fingerprint();
  if (now === seen) return;
  seen = now;
  failures = 0;
  stopChild();
}

/** Changes whenever a watched file does. */
function fingerprint() {
  const stamp = (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stats?.isDirectory()) return `${path} ${stats?.mtimeMs} ${stats?.size}`;
    return readdirSync(join(root, path)).map((name) => stamp(join(path, name)));
  };
  return watched.flatMap(stamp).join('\n');
}

function isGone() {
  return !statSync(fileURLToPath(import.meta.url), { throwIfNoEntry: false });
}

function isReplaced() {
  const { pid } = readState() ?? {};
  return pid !== undefined && pid !== process.pid;
}

function readState() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeState() {
  mkdirSync(dirname(stateFile), { recursive: true });
  writeFileSync(`${stateFile}.new`, JSON.stringify({ pid: process.pid, port }));
  renameSync(`${stateFile}.new`, stateFile);
}

function headCommit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
      .toString()
      .trim();
  } catch {
    return '';
  }
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
setTimeout(stop, lifetimeMs).unref();
setInterval(sweep, sweepMs);
start();
