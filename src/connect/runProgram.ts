import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';

/** What a program may take, and what ends it. */
export interface ProgramCall {
  readonly environment: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** What it writes beyond that ends it. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a program ended, and what it wrote. */
export interface ProgramOutcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const maxErrorCharacters = 64 * 1024;

/**
 * Runs a program with an argument vector, no shell and nothing on its standard input, and gives what it wrote, whatever its
 * exit code. Throws IncidentError `outside` when it cannot be started, takes too long or writes too much; `cancelled`.
 */
export async function runProgram(program: string, args: readonly string[], call: ProgramCall): Promise<ProgramOutcome> {
  const { environment, timeoutMs, maxBytes, signal } = call;
  const name = basename(program).replace(/\.exe$/i, '');
  if (signal?.aborted) throw cancelled(name);
  const tooLong = AbortSignal.timeout(timeoutMs);
  const tooMuch = new AbortController();
  const abort = AbortSignal.any([tooLong, tooMuch.signal, ...(signal ? [signal] : [])]);
  try {
    return await outcomeOf(program, args, { environment, abort, tooMuch, maxBytes });
  } catch (error) {
    if (signal?.aborted) throw cancelled(name);
    if (tooLong.aborted) throw new IncidentError('outside', `${name} did not answer within ${timeoutMs / 1000} s.`);
    if (tooMuch.signal.aborted) throw new IncidentError('outside', `${name} wrote more than is read.`);
    throw new IncidentError('outside', `${name} could not be started (${messageOf(error)}).`, { cause: error });
  }
}

interface Running {
  readonly environment: NodeJS.ProcessEnv;
  readonly abort: AbortSignal;
  readonly tooMuch: AbortController;
  readonly maxBytes: number;
}

function outcomeOf(program: string, args: readonly string[], running: Running): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: running.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      signal: running.abort,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > running.maxBytes) running.tooMuch.abort();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-maxErrorCharacters);
    });
    // Also how an abort is told, while a grandchild may still hold the pipes open.
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ exitCode: code ?? -1, stdout: Buffer.concat(chunks), stderr });
    });
  });
}

function cancelled(name: string): IncidentError {
  return new IncidentError('cancelled', `${name} was cancelled.`);
}
