import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceOf } from '../src/pricing.js';

const flags = (...on) => ({ isOn: (name) => on.includes(name) });

test('adds the tax once per order', () => {
  const lines = [
    { sku: 'stove-gas', quantity: 1 },
    { sku: 'stove-gas', quantity: 1 },
  ];
  assert.deepEqual(priceOf(lines, flags()), { net: 10_900, tax: 2_071, total: 12_971, currency: 'EUR' });
});

test('ten of one product are 5 % cheaper when the flag is on, nine are not', () => {
  const netOf = (quantity) => priceOf([{ sku: 'bottle-1l', quantity }], flags('volume-discount')).net;
  assert.equal(netOf(9), 19_710);
  assert.equal(netOf(10), 20_805);
});
