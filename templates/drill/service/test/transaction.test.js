import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPool } from '../src/pool.js';
import { beginTransaction } from '../src/transaction.js';

test('nothing is written before the commit, everything after it', async () => {
  const pool = createPool({ size: 1, acquireTimeout: 50, connect: () => [] });
  const transaction = await beginTransaction(pool);
  transaction.write((rows) => rows.push('stock'));
  transaction.write((rows) => rows.push('order'));
  assert.deepEqual(await transaction.read((rows) => [...rows]), []);
  await transaction.commit();
  assert.deepEqual(await pool.acquire(), ['stock', 'order']);
});
