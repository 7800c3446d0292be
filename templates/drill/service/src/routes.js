import { catalogue } from './catalogue.js';
import { placeOrder } from './checkout.js';
import { live, ready } from './health.js';
import { readJson } from './http.js';

/** Every route, by method and path: (shop, request, query) → { httpStatus?, headers?, body }. */
export const routes = {
  'GET /health/live': (shop) => ({ body: live(shop) }),
  'GET /health/ready': (shop) => ready(shop),
  'GET /metrics': (shop) => ({ body: shop.metrics.text() }),
  'GET /products': () => ({
    headers: { 'cache-control': 'public, max-age=60' },
    body: catalogue.map(({ sku, name, price, stock }) => ({ sku, name, price, available: stock > 0 })),
  }),
  'GET /cart': (shop, request, query) => ({ body: shop.carts.get(query.get('id')) }),
  'POST /cart': async (shop, request, query) => ({
    httpStatus: 201,
    body: shop.carts.add(query.get('id'), await readJson(request)),
  }),
  'POST /checkout': async (shop, request) => ({
    httpStatus: 201,
    body: await placeOrder(shop, await readJson(request)),
  }),
};
