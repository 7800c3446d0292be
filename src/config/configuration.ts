import type { Policy } from '../incident/policy.ts';
import type { Person } from './configurationSchema.ts';

/** What is in force for a folder: the file's word where it has one, the built-in protocol's elsewhere. */
export interface Configuration {
  readonly policy: Policy;
  readonly people: readonly Person[];
}
