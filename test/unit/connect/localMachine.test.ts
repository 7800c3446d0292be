import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalMachine } from '../../../src/connect/localMachine.ts';

const never = new AbortController().signal;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayday-machine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function memoryFile(text: string): Promise<string> {
  const path = join(folder, 'meminfo');
  await writeFile(path, text);
  return path;
}

describe('this machine', () => {
  it('tells cores, load, memory and the disk of a folder', async () => {
    const { cores, load = 0, memory, disk } = await createLocalMachine().read(folder, never);
    expect(cores).toBeGreaterThan(0);
    expect(load).toBeGreaterThanOrEqual(0);
    expect(memory.availableBytes).toBeGreaterThan(0);
    expect(memory.availableBytes).toBeLessThanOrEqual(memory.totalBytes);
    expect(disk).toMatchObject({ freeBytes: expect.any(Number) as number, totalBytes: expect.any(Number) as number });
  });

  it('takes on Linux what is available, not what is free', async () => {
    const text = 'MemTotal:       16000 kB\nMemFree:          100 kB\nMemAvailable:    8000 kB\n';
    const machine = createLocalMachine({ platform: 'linux', memoryFile: await memoryFile(text) });
    expect((await machine.read(folder, never)).memory).toEqual({ availableBytes: 8_192_000, totalBytes: 16_384_000 });
  });

  it.each(['', 'MemTotal: 16000 kB\n', 'MemAvailable: -1 kB\nMemTotal: x kB\n'])(
    'takes the coarser number where Linux does not tell: %o',
    async (text) => {
      const machine = createLocalMachine({ platform: 'linux', memoryFile: await memoryFile(text) });
      expect((await machine.read(folder, never)).memory.totalBytes).toBe(totalmem());
    },
  );

  it('tells no load on Windows, and memory by its own count', async () => {
    const reading = await createLocalMachine({ platform: 'win32', memoryFile: '/nowhere' }).read(folder, never);
    expect(reading).not.toHaveProperty('load');
    expect(reading.system).toBe('Windows');
    expect(reading.memory.availableBytes / freemem()).toBeGreaterThan(0);
  });

  it('says why a disk cannot be read', async () => {
    const { disk } = await createLocalMachine().read(join(folder, 'nowhere'), never);
    expect(disk).toContain('ENOENT');
  });

  it('stops when that is wished', async () => {
    await expect(createLocalMachine().read(folder, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
