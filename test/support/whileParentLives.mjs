// node whileParentLives.mjs REMOVE PROGRAM ARGS…
// Runs a program as long as this process's standard input stays open, which is as long as the process that started it lives
// and has not closed it. Then ends the program with everything below it and removes the folder REMOVE ('' for none).
// No way of dying, SIGKILL included, lets the starter leave anything behind.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const [remove, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
let ending = false;

console.log(`server pid ${child.pid}`);
child.on('exit', (code) => void end(code ?? 1));
process.stdin.on('end', () => void end(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
// The starter may be gone, and with it the pipes this process writes to.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function end(code) {
  if (ending) return;
  ending = true;
  const victims = [child.pid, ...descendants(child.pid)];
  for (const pid of victims) signal(pid, 'SIGTERM');
  for (let waited = 0; waited < 500 && victims.some(isAlive); waited += 50) await sleep(50);
  for (const pid of victims) signal(pid, 'SIGKILL');
  // Files that a process was still writing appear again while the folder is being removed, hence the retries.
  if (remove) await rm(remove, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(code);
}

/** Terminals run in sessions of their own, so a signal to the process group would miss them. */
function descendants(root) {
  const children = new Map();
  for (const [pid, parent] of processTable()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = [];
  for (const queue = [root]; queue.length > 0;) {
    const next = children.get(queue.shift()) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

function processTable() {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/).map(Number));
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)]);
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function isAlive(pid) {
  return signal(pid, 0);
}

function sleep(durationMs) {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
