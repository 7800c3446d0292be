import { randomUUID } from 'node:crypto';
import { send } from './http.js';
import { errorField } from './logger.js';
import { routes } from './routes.js';

const idPattern = /^[\w-]{8,64}$/;

/** Answers one request, counts it and logs it under its correlation id. */
export async function respond(shop, request, response) {
  const startedAt = performance.now();
  const [path, query] = request.url.split('?', 2);
  const handler = routes[`${request.method} ${path}`];
  const route = handler ? path : 'unmatched';
  const correlationId = correlationIdOf(request);

  const {
    httpStatus: status = 200,
    body,
    headers,
    error,
  } = await resultOf(handler, shop, request, new URLSearchParams(query));
  send(response, status, error ? { ...body, correlationId } : body, {
    ...headers,
    'x-correlation-id': correlationId,
  });

  const seconds = (performance.now() - startedAt) / 1000;
  shop.metrics.observe({ method: request.method, route, status, seconds });
  const fields = {
    correlationId,
    method: request.method,
    route,
    status,
    durationMs: Math.round(seconds * 10_000) / 10,
    userAgent: request.headers['user-agent'],
  };
  if (status >= 500) shop.log.error(error?.message ?? 'not ready', { ...fields, err: error && errorField(error) });
  else if (error) shop.log.warn(error.message, { ...fields, code: error.code });
  else shop.log.info('request', fields);
}

async function resultOf(handler, shop, request, query) {
  if (!handler) return { httpStatus: 404, body: { code: 'not_found' } };
  try {
    return await handler(shop, request, query);
  } catch (error) {
    const { status = 500, code = 'internal', message } = error;
    return { httpStatus: status, body: { code, message: status === 500 ? 'Something broke' : message }, error };
  }
}

function correlationIdOf(request) {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && idPattern.test(given) ? given : randomUUID();
}
