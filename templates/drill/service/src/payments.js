import { setTimeout as wait } from 'node:timers/promises';
import { CardDeclined } from './errors.js';

/** The payment gateway's sandbox: the card `declined` is declined, every other one is charged. */
export function createPayments() {
  return {
    async charge(card, { total, currency }) {
      await wait(5 + Math.random() * 15);
      if (card === 'declined') throw new CardDeclined();
      return { reference: `pay_${Date.now().toString(36)}`, total, currency };
    },
  };
}
