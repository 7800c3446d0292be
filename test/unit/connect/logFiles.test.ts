import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFiles } from '../../../src/connect/logFiles.ts';
import type { LogFile } from '../../../src/signals/accessLogs/readsLogs.ts';

let folder: string;
const logs = createLogFiles();
const { signal } = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayday-logs-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text: string | Buffer, modified?: number): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  if (modified !== undefined) await utimes(path, modified, modified);
  return path;
}

const found = async (...globs: string[]) => logs.find(globs, folder, signal);

async function fileOf(name: string): Promise<LogFile> {
  const { files } = await found(name);
  return files[0]!;
}

async function linesOf(
  file: LogFile,
  maxBytes = 64 * 1024 * 1024,
): Promise<{ lines: string[]; tooLong: number; complete: boolean }> {
  let lines: string[] = [];
  let [tooLong, complete] = [0, false];
  for await (const piece of logs.readBack(file, { maxBytes, signal })) {
    lines = [...piece.lines, ...lines];
    tooLong += piece.tooLong;
    complete ||= piece.isStart;
  }
  return { lines, tooLong, complete };
}

describe('finding log files', () => {
  it('globs name files relative to the folder, or absolute, the newest first', async () => {
    await write('logs/access.log', 'a\n', 1_700_000_200);
    await write('logs/access.log.1', 'a\n', 1_700_000_100);
    await write('logs/deep/er/other.log', 'a\n', 1_700_000_300);
    await write('logs/notes.txt', 'a\n');
    const shown = async (...globs: string[]) => (await found(...globs)).files.map((file) => file.shown);
    expect(await shown('logs/access.log')).toEqual(['logs/access.log']);
    expect(await shown('logs/*.log')).toEqual(['logs/access.log']);
    expect(await shown('logs/access.log*')).toEqual(['logs/access.log', 'logs/access.log.1']);
    expect(await shown('logs/**/*.log')).toEqual(['logs/deep/er/other.log', 'logs/access.log']);
    expect(await shown(join(folder, 'logs', '*.log'))).toEqual(['logs/access.log']);
    expect(await shown('nothing/*.log', 'no.log')).toEqual([]);
    expect(await shown('logs')).toEqual([]);
  });

  it('says what is not read: compressed files, and more than 20', async () => {
    for (let index = 0; index < 23; index += 1) await write(`access.log.${index}`, 'a\n', 1_700_000_000 - index);
    await write('access.log.23.gz', 'a\n');
    const { files, notes } = await found('access.log*');
    expect(files).toHaveLength(20);
    expect(files[0]?.shown).toBe('access.log.0');
    expect(notes).toEqual(['Compressed files are not read: access.log.23.gz.', '3 older files of 23 are not read.']);
  });

  it('can be cancelled', async () => {
    await write('access.log', 'a\n');
    await expect(logs.find(['*.log'], folder, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('reading from the end', () => {
  it('gives the lines of any file, whole and in order, whatever their length', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      fc.nat(40_000).map((length) => 'é'.repeat(length)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          line.map((text) => text.replace(/[\n\r]/g, ' ')),
          { minLength: 1, maxLength: 20 },
        ),
        async (lines) => {
          await write('access.log', `${lines.join('\n')}\n`);
          expect(await linesOf(await fileOf('access.log'))).toEqual({ lines, tooLong: 0, complete: true });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves out a line that is still being written, and counts one that is too long', async () => {
    await write('access.log', `one\n${'x'.repeat(1024 * 1024)}\ntwo\nhal`);
    expect(await linesOf(await fileOf('access.log'))).toEqual({ lines: ['one', 'two'], tooLong: 1, complete: true });
  });

  it.each([
    ['an empty file', '', []],
    ['one line without its end', 'half', []],
    ['an endless line without its end', 'x'.repeat(1024 * 1024), []],
  ])('%s has no lines', async (_, text, lines) => {
    await write('access.log', text);
    expect((await linesOf(await fileOf('access.log'))).lines).toEqual(lines);
  });

  it('reads no more than it may', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index} ${'x'.repeat(90)}`);
    await write('access.log', `${lines.join('\n')}\n`);
    const read = await linesOf(await fileOf('access.log'), 200_000);
    expect(read.complete).toBe(false);
    expect(read.lines.length).toBeGreaterThan(1500);
    expect(read.lines).toEqual(lines.slice(-read.lines.length));
  });

  it('goes on with the file it opened when that is rotated, and says when it is cut', async () => {
    const path = await write('access.log', 'a line of a log\n'.repeat(40_000));
    const file = await fileOf('access.log');
    let lines = 0;
    for await (const piece of logs.readBack(file, { maxBytes: 1e9, signal })) {
      if (lines === 0) {
        await rename(path, `${path}.1`);
        await write('access.log', 'new\n');
      }
      lines += piece.lines.length;
    }
    expect(lines).toBe(40_000);

    const again = await fileOf('access.log.1');
    const cut = async () => {
      for await (const piece of logs.readBack(again, { maxBytes: 1e9, signal })) {
        expect(piece.lines.length).toBeGreaterThan(0);
        await truncate(again.path, 0);
      }
    };
    await expect(cut()).rejects.toThrow('access.log.1 could not be read: it became shorter while it was read.');
  });

  it('does not read what grows while it is read without end, a pipe, or a file that is gone', async () => {
    const path = await write('access.log', 'one\n');
    const file = await fileOf('access.log');
    await appendFile(path, 'two\n');
    expect((await linesOf(file)).lines).toEqual(['one', 'two']);
    await rm(path);
    await expect(linesOf(file)).rejects.toMatchObject({ reason: 'storage' });
    execFileSync('mkfifo', [path]);
    expect((await found('access.log')).files).toEqual([]);
    await expect(linesOf(file)).rejects.toThrow('access.log could not be read: it is no file.');
  });
});
