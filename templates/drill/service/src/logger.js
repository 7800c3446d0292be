import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['debug', 'info', 'warn', 'error'];
const maxBytes = 4 * 1024 * 1024;

/** Writes one JSON object per line to `file`; at 4 MB it moves to `<file>.1` and a new one begins. */
export function createLogger({ file, level = 'info', version }) {
  function write(lineLevel, msg, fields) {
    if (levels.indexOf(lineLevel) < levels.indexOf(level)) return;
    const entry = { ts: new Date().toISOString(), level: lineLevel, service: 'checkout', version, msg };
    append(file, `${JSON.stringify({ ...entry, ...fields })}\n`);
  }

  return {
    info: (msg, fields) => write('info', msg, fields),
    warn: (msg, fields) => write('warn', msg, fields),
    error: (msg, fields) => write('error', msg, fields),
  };
}

/** An error as a field of a log line. */
export function errorField(error) {
  return { name: error.name, message: error.message, stack: error.stack };
}

function append(file, line) {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file));
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`);
  appendFileSync(file, line);
}
