// A light, made-up load: people who look around, fill a cart and pay. Every fourth one cannot: the card is declined or the lantern sold out.
import { Agent, request } from 'node:http';

const rushSize = 48;
const rushEveryMs = 20;
const shopperEveryMs = 450;

const userAgents = [
  'Fernway/5.2 (iPhone; iOS 26.1)',
  'Fernway/5.2 (Android 16)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/144.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15',
];
const wishes = ['tent-2p', 'bottle-1l', 'mat-light', 'stove-gas', 'bottle-1l'];

/** Sends shoppers to 127.0.0.1:port, first those who waited, then about two a second. Returns what ends it. */
export function sendShoppers(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let count = 0;
  let timer = setTimeout(next, 0);

  function next() {
    // One who gives up or finds the door closed is no news: the service's own log and metrics tell.
    shop(agent, port, count).catch(() => {});
    count += 1;
    timer = setTimeout(next, count < rushSize ? rushEveryMs : shopperEveryMs * (0.5 + Math.random()));
  }

  return () => {
    clearTimeout(timer);
    agent.destroy();
  };
}

async function shop(agent, port, number) {
  const call = (method, path, body) => ask({ agent, port, method, path, userAgent: userAgents[number % 4] }, body);
  const wantsLantern = number % 8 === 3;
  const isBroke = number % 8 === 7;

  await call('GET', '/products');
  const sku = wantsLantern ? 'lantern-solar' : wishes[number % wishes.length];
  const cart = await call('POST', '/cart', { sku, quantity: number % 13 === 0 ? 10 : 1 + (number % 2) });
  if (number % 3 === 0) await call('GET', `/cart?id=${cart.id}`);
  const order = { cartId: cart.id, card: isBroke ? 'declined' : 'valid', email: `shopper${number}@mail.example` };
  await call('POST', '/checkout', order);
}

function ask({ userAgent, ...options }, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', timeout: 5_000, headers: { 'user-agent': userAgent }, ...options });
    outgoing.once('error', reject);
    outgoing.once('timeout', () => outgoing.destroy(new Error('The shopper gave up')));
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.once('error', reject).once('end', () => resolve(JSON.parse(text)));
    });
    outgoing.end(body && JSON.stringify(body));
  });
}
