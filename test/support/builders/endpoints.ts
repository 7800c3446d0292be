import type { Endpoints } from '../../../src/connect/endpoints.ts';
import { createEndpoints } from '../../../src/connect/endpoints.ts';
import type { HttpSetup } from '../../../src/connect/http.ts';
import { createHttp } from '../../../src/connect/http.ts';

/** Asks every address: a person confirmed them all, and no secret is set. */
export function confirmedEndpoints(setup: HttpSetup = {}): Endpoints {
  return createEndpoints(createHttp(setup), { get: () => Promise.resolve(undefined) }, { require: () => undefined });
}
