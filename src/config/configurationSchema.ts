import * as z from 'zod';
import { roles } from '../incident/words.ts';
import { keys, listOf, words, zoneName } from './leafSchemas.ts';
import { policySchema } from './policySchema.ts';
import { changesSchema, servicesSchema } from './serviceSchema.ts';
import { dataSourcesSchema, statusPagesSchema } from './signalSchema.ts';

const personSchema = keys(
  {
    name: words(100).meta({ description: 'As it stands in the record.' }),
    email: z
      .string({ error: 'an e-mail address' })
      .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, { error: 'an e-mail address such as anna@example.com' })
      .exactOptional(),
    slack: words(100).meta({ description: 'Handle or member id in Slack.' }).exactOptional(),
    pagerduty: words(100).meta({ description: 'User id in PagerDuty.' }).exactOptional(),
    zone: zoneName.exactOptional(),
    roles: listOf(z.enum(roles, { error: `one of ${roles.join(', ')}` }), { of: 'roles', idOf: String })
      .meta({ description: 'Roles that the person is suggested for.' })
      .exactOptional(),
  },
  'a set of keys: name and, where known, email, slack, pagerduty, zone and roles',
);

/** Somebody who can be given a role or an action item. */
export type Person = Readonly<z.output<typeof personSchema>>;

const later = z.unknown().optional();

/** `.incidents/mayday.yaml`. Sections of later versions are taken as they are. */
export const configurationSchema = keys(
  {
    policy: policySchema.optional().meta({ description: 'Overrides of the built-in protocol.' }),
    people: listOf(personSchema, { of: 'people', max: 2000, idOf: ({ name, email }) => email ?? name })
      .optional()
      .meta({ description: 'Who can be given a role, and how to reach them.' }),
    services: servicesSchema.optional().meta({ description: 'What runs in production, and who tells its version.' }),
    changes: changesSchema.optional().meta({ description: 'How the repository is read.' }),
    dataSources: dataSourcesSchema.optional().meta({ description: 'Servers that are asked for metrics and alerts.' }),
    statusPages: statusPagesSchema
      .optional()
      .meta({ description: 'Status pages of what services depend on, by name.' }),
    channels: later,
    syntheticMonitors: later,
  },
  'a set of keys such as policy and people',
);

/** The file as it was read, checked and normalised. */
export type ConfigurationFile = z.output<typeof configurationSchema>;
