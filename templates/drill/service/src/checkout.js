import { randomUUID } from 'node:crypto';
import { BadRequest, OutOfStock } from './errors.js';
import { priceOf } from './pricing.js';
import { receiptFor } from './receipts.js';
import { beginTransaction } from './transaction.js';

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const giftNoteLimit = 200;

/** Turns a cart into a paid order: takes the stock, charges the card, writes the order. */
export async function placeOrder({ db, carts, payments, flags }, { cartId, card, email, giftNote }) {
  const cart = carts.get(cartId);
  if (!emailPattern.test(email ?? '')) throw new BadRequest('email is missing or not an address');
  if ((giftNote ?? '').length > giftNoteLimit) throw new BadRequest('giftNote is too long');
  const price = priceOf(cart.lines, flags);

  const transaction = await beginTransaction(db.pool);
  for (const { sku, quantity } of cart.lines) {
    if ((await transaction.read((rows) => rows.stockOf(sku))) < quantity) throw new OutOfStock(sku);
    transaction.write((rows) => rows.takeStock(sku, quantity));
  }
  const payment = await payments.charge(card, price);
  const order = { id: randomUUID(), email, giftNote, lines: cart.lines, price, payment };
  transaction.write((rows) => rows.insertOrder(order));
  await transaction.commit();

  carts.remove(cartId);
  return { order: order.id, price, receipt: receiptFor(order) };
}
