import { BadRequest } from './errors.js';

const maxBodyBytes = 64 * 1024;

/** The request's JSON body; an empty one is an empty object. */
export async function readJson(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > maxBodyBytes) throw new BadRequest('The body is too large');
  }
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}

/** Sends an object as JSON, or a string as it is. */
export function send(response, status, body, headers = {}) {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json; charset=utf-8',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
