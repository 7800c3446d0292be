import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCarts } from '../src/cart.js';

test('a cart keeps what was put into it', () => {
  const carts = createCarts({ maxLines: 50, timeToLive: 1_000 });
  const { id } = carts.add(undefined, { sku: 'tent-2p' });
  carts.add(id, { sku: 'stove-gas', quantity: 2 });
  assert.equal(carts.get(id).lines.length, 2);
});

test('refuses a product that the shop does not have', () => {
  const carts = createCarts({ maxLines: 50, timeToLive: 1_000 });
  assert.throws(() => carts.add(undefined, { sku: 'canoe' }), { code: 'bad_request' });
});

test('refuses more lines than the limit', () => {
  const carts = createCarts({ maxLines: 1, timeToLive: 1_000 });
  const { id } = carts.add(undefined, { sku: 'tent-2p' });
  assert.throws(() => carts.add(id, { sku: 'tent-2p' }), { code: 'bad_request' });
});
