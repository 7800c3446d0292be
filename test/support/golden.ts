import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const directory = join(import.meta.dirname, '../unit/golden');

/** Compares a whole document with `test/unit/golden/<name>`; `UPDATE_GOLDEN=1` writes it instead, to be read before it is committed. */
export async function expectGolden(name: string, text: string): Promise<void> {
  const path = join(directory, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  expect(text).toBe(await readFile(path, 'utf8'));
}
