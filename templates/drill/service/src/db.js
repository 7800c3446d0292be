import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { catalogue } from './catalogue.js';
import { createPool } from './pool.js';

const migrations = new URL('../migrations/', import.meta.url);
const ordersKept = 1_000;

/** The order database. Outside production the driver keeps its tables in memory, with a network's delays. */
export function openDatabase({ poolSize, acquireTimeout }) {
  const tables = { stock: new Map(catalogue.map(({ sku, stock }) => [sku, stock])), orders: [] };
  const pool = createPool({ size: poolSize, acquireTimeout, connect: () => connectTo(tables) });
  return { pool, schema: readdirSync(migrations).sort().at(-1) };
}

function connectTo(tables) {
  return {
    async ping() {
      await roundTrip();
    },
    async stockOf(sku) {
      await roundTrip();
      return tables.stock.get(sku) ?? 0;
    },
    async takeStock(sku, quantity) {
      await roundTrip();
      tables.stock.set(sku, (tables.stock.get(sku) ?? 0) - quantity);
    },
    async insertOrder(order) {
      await roundTrip();
      tables.orders.push(order);
      if (tables.orders.length > ordersKept) tables.orders.shift();
    },
  };
}

function roundTrip() {
  return wait(2 + Math.random() * 4);
}
