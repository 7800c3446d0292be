import { randomUUID } from 'node:crypto';
import { findProduct } from './catalogue.js';
import { BadRequest, CartNotFound } from './errors.js';

/** Carts live in memory: a lost cart is an annoyance, a lost order is not. */
export function createCarts({ maxLines, timeToLive }) {
  const carts = new Map();

  return {
    add(id, { sku, quantity = 1 }) {
      if (!findProduct(sku)) throw new BadRequest(`There is no product ${sku}`);
      if (!Number.isInteger(quantity) || quantity < 1) throw new BadRequest('quantity must be 1 or more');
      dropExpired();
      const cart = carts.get(id) ?? { id: randomUUID(), lines: [] };
      if (cart.lines.length >= maxLines) throw new BadRequest(`A cart holds at most ${maxLines} lines`);
      cart.lines.push({ sku, quantity });
      cart.touchedAt = Date.now();
      carts.set(cart.id, cart);
      return cart;
    },
    get(id) {
      const cart = carts.get(id);
      if (!cart) throw new CartNotFound(id);
      return cart;
    },
    remove(id) {
      carts.delete(id);
    },
  };

  function dropExpired() {
    for (const [id, cart] of carts) {
      if (Date.now() - cart.touchedAt > timeToLive) carts.delete(id);
    }
  }
}
