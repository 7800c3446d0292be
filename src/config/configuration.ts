import type { Policy } from '../incident/policy.ts';
import type { Person } from './configurationSchema.ts';
import type { ChangesConfiguration, ServiceConfiguration } from './serviceConfiguration.ts';
import type { SignalsConfiguration } from './signalConfiguration.ts';

/** What is in force for a folder: the file's word where it has one, the built-in protocol's elsewhere. */
export interface Configuration extends SignalsConfiguration {
  readonly policy: Policy;
  readonly people: readonly Person[];
  readonly services: readonly ServiceConfiguration[];
  readonly changes: ChangesConfiguration;
}
