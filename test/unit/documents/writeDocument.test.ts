import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDocument } from '../../../src/documents/writeDocument.ts';

const isRoot = process.getuid?.() === 0;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayday-documents-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('writeDocument', () => {
  it('makes the folders, writes the whole, and gives the path back', async () => {
    const path = join(directory, 'a', 'b', 'post-mortem.md');
    expect(await writeDocument(path, 'Grüße\n')).toBe(path);
    expect(await readFile(path, 'utf8')).toBe('Grüße\n');
    expect(await readdir(join(directory, 'a', 'b'))).toEqual(['post-mortem.md']);
  });

  it('writes bytes as they are', async () => {
    const bytes = Uint8Array.from([0, 255, 13, 10]);
    const path = await writeDocument(join(directory, 'evidence.bin'), bytes);
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  });

  it.skipIf(process.platform === 'win32')('keeps permissions and follows links', async () => {
    const target = join(directory, 'target.md');
    await writeFile(target, 'old');
    await chmod(target, 0o640);
    await symlink(target, join(directory, 'link.md'));
    await writeDocument(join(directory, 'link.md'), 'new');
    expect(await readFile(target, 'utf8')).toBe('new');
    expect((await stat(target)).mode & 0o777).toBe(0o640);
  });

  it('says what stands in the way', async () => {
    await writeFile(join(directory, 'file'), '');
    await mkdir(join(directory, 'folder.md'));
    await expect(writeDocument(join(directory, 'file', 'a.md'), 'x')).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringMatching(/^Could not write .*a\.md: a file stands where a folder is needed\.$/) as string,
      hint: expect.stringContaining('record of the incident is not affected') as string,
    });
    await expect(writeDocument(join(directory, 'folder.md'), 'x')).rejects.toMatchObject({
      message: expect.stringContaining('a folder stands where the document belongs') as string,
    });
    expect(await readdir(directory)).toEqual(['file', 'folder.md']);
  });

  it.skipIf(isRoot || process.platform === 'win32')('says that a folder is read-only', async () => {
    await chmod(directory, 0o500);
    await expect(writeDocument(join(directory, 'a.md'), 'x')).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('no permission to write there') as string,
      hint: expect.stringContaining('mayday.directory') as string,
    });
    await chmod(directory, 0o700);
  });

  it.skipIf(!isRoot || process.platform !== 'linux')('keeps the old document whole when the disk is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory]);
    try {
      const path = await writeDocument(join(directory, 'post-mortem.md'), 'every word a person wrote\n');
      await expect(writeDocument(path, 'x'.repeat(300 * 1024))).rejects.toMatchObject({
        reason: 'storage',
        message: expect.stringContaining('the disk is full') as string,
        hint: expect.stringContaining('Free some space') as string,
      });
      expect(await readFile(path, 'utf8')).toBe('every word a person wrote\n');
      expect(await readdir(directory)).toEqual(['post-mortem.md']);
    } finally {
      execFileSync('umount', [directory]);
    }
  });

  it.skipIf(!isRoot || process.platform !== 'linux')('says that a file system is read-only', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', directory]);
    try {
      await expect(writeDocument(join(directory, 'a', 'b.md'), 'x')).rejects.toMatchObject({
        message: expect.stringContaining('the file system is read-only') as string,
      });
    } finally {
      execFileSync('umount', [directory]);
    }
  });
});
