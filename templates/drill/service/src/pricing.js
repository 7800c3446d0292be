import { findProduct } from './catalogue.js';

const taxRate = 0.19;
const currency = 'EUR';
const volumeDiscount = { from: 10, rate: 0.05 };

/** Adds up a cart in cents. Tax is rounded once per order, as the invoice does. */
export function priceOf(lines, flags) {
  const net = lines.reduce((sum, line) => sum + netOf(line, flags), 0);
  const tax = Math.round(net * taxRate);
  return { net, tax, total: net + tax, currency };
}

function netOf({ sku, quantity }, flags) {
  const full = findProduct(sku).price * quantity;
  const discounted = flags.isOn('volume-discount') && quantity >= volumeDiscount.from;
  return discounted ? Math.round(full * (1 - volumeDiscount.rate)) : full;
}
