import { definedFields } from '../../incident/definedFields.ts';
import type { AccessLine } from './accessEntry.ts';
import { clientOf } from './clientOf.ts';
import { jsonTime } from './jsonTime.ts';
import { pathOfRequest, statusOf } from './parseCommonLine.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Names by which servers call the same thing, the most exact first; a dot leads into an object, or is part of the name. From
 * Caddy, Traefik, Envoy, pino-http, Elastic Common Schema, OpenTelemetry, Google's load balancers, and what teams call nginx's
 * variables.
 */
const names = {
  time: [
    ...['@timestamp', 'timestamp', 'time', 'ts', 'time_iso8601', 'time_local', 'StartUTC', 'start_time', 'startTime'],
    ...['msec', 'datetime', 'date'],
  ],
  route: ['route', 'http.route'],
  path: [
    ...['path', 'uri', 'url', 'request_uri', 'requestUri', 'request_path', 'requestPath', 'RequestPath', 'request.uri'],
    ...['request.url', 'request.path', 'req.url', 'url.path', 'url.original', 'http.target', 'http.path', 'http.url'],
    ...['httpRequest.requestUrl'],
  ],
  request: ['request', 'request_line'],
  method: [
    ...['method', 'request_method', 'requestMethod', 'RequestMethod', 'request.method', 'req.method'],
    ...['http.request.method', 'http.method', 'httpRequest.requestMethod', 'verb'],
  ],
  status: [
    ...['status', 'status_code', 'statusCode', 'response_code', 'responseCode', 'DownstreamStatus', 'response.status'],
    ...['response.statusCode', 'response.status_code', 'res.statusCode', 'res.status', 'http.response.status_code'],
    ...['http.status_code', 'httpRequest.status'],
  ],
  client: [
    ...['client_ip', 'clientIp', 'clientIP', 'client.ip', 'client.address', 'request.client_ip', 'ClientHost'],
    ...['remote_addr', 'remoteAddr', 'remote_ip', 'remoteIp', 'remote_address', 'remoteAddress', 'request.remote_ip'],
    ...['request.remote_addr', 'req.remoteAddress', 'req.ip', 'ClientAddr', 'source.ip', 'source.address'],
    ...['downstream_remote_address', 'httpRequest.remoteIp', 'ip'],
  ],
  userAgent: [
    ...['user_agent', 'userAgent', 'http_user_agent', 'user_agent.original', 'request_User-Agent'],
    ...['request.headers.User-Agent', 'req.headers.user-agent', 'httpRequest.userAgent', 'http.user_agent', 'agent'],
  ],
} as const;

/**
 * A line that is one object of JSON. It is a request when it has a time, a status, and a path or a method; *other* when it is
 * any other object: services write what they have to say into one file.
 */
export function parseJsonLine(line: string): AccessLine {
  const fields = objectOf(line);
  if (fields === undefined) return { kind: 'unreadable' };
  const atMs = firstOf(fields, names.time, jsonTime);
  const status = firstOf(fields, names.status, statusFound);
  const path = pathIn(fields);
  if (status === undefined || (path === undefined && firstOf(fields, names.method, text) === undefined)) {
    return { kind: 'other' };
  }
  if (atMs === undefined) return { kind: 'unreadable' };
  return {
    kind: 'request',
    entry: {
      atMs,
      ...definedFields({
        path,
        status: statusOf(status),
        client: firstOf(fields, names.client, (value) => clientOf(text(value) ?? '')),
        userAgent: firstOf(fields, names.userAgent, text),
      }),
    },
  };
}

function objectOf(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first field that can be read as what is looked for. */
function firstOf<T>(fields: Fields, keys: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  for (const key of keys) {
    const found = read(valueAt(fields, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueAt(fields: Fields, key: string): unknown {
  if (Object.hasOwn(fields, key)) return fields[key];
  const dot = key.indexOf('.');
  if (dot < 0) return undefined;
  const inner = Object.hasOwn(fields, key.slice(0, dot)) ? fields[key.slice(0, dot)] : undefined;
  return isFields(inner) ? valueAt(inner, key.slice(dot + 1)) : undefined;
}

/** A text that says something; the first of a list, as Caddy has headers. */
function text(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && one !== '' && one !== '-' ? one : undefined;
}

function statusFound(value: unknown): string | number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 599 ? value : undefined;
  return typeof value === 'string' && /^\d{3}$/.test(value) ? value : undefined;
}

function pathIn(fields: Fields): string | undefined {
  const path = firstOf(fields, names.route, text) ?? firstOf(fields, names.path, text);
  return path ?? firstOf(fields, names.request, (value) => pathOfRequest(text(value) ?? ''));
}
