import type { DeployedSources } from '../changes/deployed/deployedSources.ts';
import type { Secrets } from '../incident/useCase.ts';
import { credentialsOf } from './endpoints.ts';
import type { Http } from './http.ts';

const timeoutMs = 5_000;
const maxBytes = 256 * 1024;

/** Asks a service for its version, with the secrets that its headers refer to. Throws HttpError, IncidentError. */
export function createVersionEndpoint(http: Http, secrets: Pick<Secrets, 'get'>): DeployedSources['service'] {
  return {
    ask: async (endpoint, signal) => {
      const credentials = await credentialsOf(endpoint, secrets);
      const accept = { accept: 'application/json, text/plain;q=0.9, */*;q=0.1' };
      const proof = credentials === undefined ? {} : { credentials };
      return http.request({ url: endpoint.url, headers: accept, ...proof, timeoutMs, maxBytes, signal });
    },
  };
}
