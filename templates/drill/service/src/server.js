import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createCarts } from './cart.js';
import { readConfig } from './config.js';
import { openDatabase } from './db.js';
import { readFlags } from './flags.js';
import { poolGauges, processGauges } from './gauges.js';
import { createLogger } from './logger.js';
import { createMetrics } from './metrics.js';
import { createPayments } from './payments.js';
import { respond } from './respond.js';

const config = readConfig();
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const logFile = fileURLToPath(new URL('../logs/checkout.log', import.meta.url));
const log = createLogger({ file: logFile, level: config.logging.level, version });
const db = openDatabase(config.database);
const shop = {
  build: { version, commit: process.env.COMMIT || undefined },
  carts: createCarts(config.cart),
  db,
  flags: readFlags(),
  log,
  metrics: createMetrics(() => [...processGauges(), ...poolGauges(db.pool)]),
  payments: createPayments(config.payments),
};

const server = createServer((request, response) => void respond(shop, request, response));
server.requestTimeout = config.server.requestTimeout;
server.keepAliveTimeout = config.server.keepAliveTimeout;
server.listen(Number(process.env.PORT ?? 8080), process.env.BIND_ADDRESS ?? '127.0.0.1', () => {
  const { port } = server.address();
  log.info('listening', { port, schema: db.schema });
  process.send?.({ port });
});

function stop(reason) {
  log.info('stopping', { reason });
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), config.server.drain).unref();
}

process.once('SIGTERM', () => stop('SIGTERM'));
process.once('SIGINT', () => stop('SIGINT'));
process.once('disconnect', () => stop('the supervisor is gone'));
