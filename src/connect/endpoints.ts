import type { ConfirmedAddresses } from '../config/confirmedAddresses.ts';
import { secretsIn } from '../config/outsideAddresses.ts';
import type { OutsideAddress } from '../config/outsideAddresses.ts';
import { withSecrets } from '../config/secretReferences.ts';
import { endpointAddress } from '../config/signalAddresses.ts';
import type { Endpoint } from '../config/signalConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Secrets } from '../incident/useCase.ts';
import { isLoopback, webAddressOf } from '../safety/webAddress.ts';
import type { Http, HttpAnswer, HttpRequest } from './http.ts';

/** A request to an address of mayday.yaml. */
export interface EndpointRequest extends Omit<HttpRequest, 'url' | 'credentials'> {
  /** Behind the endpoint's url, beginning with a slash; nothing when absent. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** What a person confirmed when it is not the endpoint's own address. */
  readonly address?: OutsideAddress;
}

/**
 * Asks what mayday.yaml names: only addresses that a person confirmed, with the secrets that their headers refer to.
 * Throws HttpError, and IncidentError: `needsConfirmation`, `untrusted`, `notFound` for a secret that is not set, `refused` for
 * one that would go over plain http, `cancelled`.
 */
export interface Endpoints {
  request(endpoint: Endpoint, wish: EndpointRequest): Promise<HttpAnswer>;
  /** The body parsed as JSON. */
  json(endpoint: Endpoint, wish: EndpointRequest): Promise<unknown>;
}

export function createEndpoints(
  http: Http,
  secrets: Pick<Secrets, 'get'>,
  addresses: Pick<ConfirmedAddresses, 'require'>,
): Endpoints {
  const prepared = async (
    endpoint: Endpoint,
    { path = '', query = {}, address = endpointAddress(endpoint), ...wish }: EndpointRequest,
  ): Promise<HttpRequest> => {
    addresses.require(address === undefined ? [] : [address]);
    const credentials = await credentialsOf(endpoint, secrets);
    return { ...wish, url: urlOf(endpoint.url, path, query), ...(credentials === undefined ? {} : { credentials }) };
  };
  return {
    request: async (endpoint, wish) => http.request(await prepared(endpoint, wish)),
    json: async (endpoint, wish) => (await http.json(await prepared(endpoint, wish))).value,
  };
}

/** Whatever a team puts into headers may prove who asks. Undefined when there are none. */
export async function credentialsOf(
  { url, headers = {} }: Endpoint,
  secrets: Pick<Secrets, 'get'>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const values = await secretValues(secretsIn(headers), url, secrets);
  const sent = Object.entries(headers).map(([name, text]) => [name, withSecrets(text, values)] as const);
  return sent.length === 0 ? undefined : Object.fromEntries(sent);
}

async function secretValues(
  names: readonly string[],
  url: string,
  secrets: Pick<Secrets, 'get'>,
): Promise<ReadonlyMap<string, string>> {
  const address = webAddressOf(url);
  if (names.length > 0 && address?.protocol === 'http:' && !isLoopback(address)) {
    const message = `The secret ${names.join(', ')} is not sent to ${address.host} over plain http.`;
    throw new IncidentError('refused', message, { hint: 'Use https.' });
  }
  const values = new Map<string, string>();
  for (const name of names) {
    const value = (await secrets.get(name))?.trim();
    if (value === undefined || value === '') {
      throw new IncidentError('notFound', `The secret ${name} is not set on this machine.`, {
        hint: 'Run "Incident: Set Secret…", or set the environment variable of that name.',
      });
    }
    values.set(name, value);
  }
  return values;
}

function urlOf(base: string, path: string, query: NonNullable<EndpointRequest['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  }
  const search = parameters.toString();
  if (search === '') return `${base}${path}`;
  return `${base}${path}${base.includes('?') ? '&' : '?'}${search}`;
}
