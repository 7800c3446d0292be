import * as z from 'zod';
import { severities } from '../incident/severity.ts';
import { checks, roles, symptoms } from '../incident/words.ts';
import { count, date, itemId, keys, listOf, minuteForms, minutes, weekday, words, zoneName } from './leafSchemas.ts';

const oneOf = (names: readonly string[]) => `one of ${names.join(', ')}`;
const role = z.enum(roles, { error: oneOf(roles) });
const check = z.enum(checks, { error: oneOf(checks) });
const yesOrNo = z.boolean({ error: 'true or false' });

const target = z
  .union([...minuteForms, z.literal('next business day')], {
    error: 'a duration such as 5m, 1h 30m or 7d, or "next business day"',
  })
  .meta({ description: 'How long after it began: a duration, or `next business day` (its end).' });

const cadence = z
  .union([...minuteForms, z.literal('ticket')], { error: 'a duration such as 15m, or ticket' })
  .meta({ description: 'How often people are told: a duration, or `ticket` when the ticket tells them.' });

const severity = keys(
  {
    meaning: words(200).optional(),
    respond: target.optional(),
    mitigate: target.optional(),
    communicate: cadence.optional(),
    roles: z
      .union([z.literal('all'), z.literal('none'), z.array(role)], {
        error: `all, none, or a list of ${roles.join(', ')}`,
      })
      .meta({ description: 'Roles that must be filled: `all`, `none`, or a list.' })
      .optional(),
    postMortem: yesOrNo.meta({ description: 'Whether a post-mortem is a duty.' }).optional(),
    review: yesOrNo.meta({ description: 'Whether a review meeting is a duty.' }).optional(),
  },
  'a set of keys such as respond, mitigate and communicate',
);

const roleWords = keys({ name: words(60).optional(), duty: words(200).optional() }, 'a set of keys: name and duty');

const symptom = keys(
  {
    name: words(60).optional(),
    lookFirst: listOf(
      keys({ checks: listOf(check, { of: 'checks', min: 1 }), hint: words(200) }, 'checks and a hint'),
      {
        of: 'places to look first',
      },
    ).optional(),
    mitigations: listOf(itemId, { of: 'ids of mitigations', idOf: (id) => id }).optional(),
  },
  'a set of keys: name, lookFirst and mitigations',
);

const checkItem = z
  .union(
    [check, keys({ id: check, name: words(60).optional(), looksAt: words(200).optional() }, 'id, name and looksAt')],
    {
      error: `the id of a check (${checks.join(', ')}), or id with name and looksAt`,
    },
  )
  .transform((item) => (typeof item === 'string' ? { id: item } : item));

const mitigation = keys(
  { id: itemId, cause: words(100), action: words(200), command: words(1000).optional() },
  'id, cause, action and, if something is typically run, command',
);

const verificationItem = z.union([words(200), keys({ id: itemId, text: words(200) }, 'id and text')], {
  error: 'a text, or id and text',
});

/** The part `policy` of `mayday.yaml`: every number, word and list of the protocol, each optional. */
export const policySchema = keys(
  {
    severities: keys(
      { SEV1: severity.optional(), SEV2: severity.optional(), SEV3: severity.optional(), SEV4: severity.optional() },
      'a set of keys: SEV1, SEV2, SEV3 and SEV4',
    )
      .meta({ description: 'What each level means and demands.' })
      .optional(),
    classifyWithin: minutes.optional(),
    warnAtPercent: count(1, 99)
      .meta({ description: 'Share of a deadline after which it is due soon, in percent.' })
      .optional(),
    calendar: keys(
      {
        zone: zoneName.optional(),
        workingDays: listOf(weekday, { of: 'weekdays', min: 1, max: 7, idOf: String }).optional(),
        holidays: listOf(date, { of: 'dates', max: 2000, idOf: String }).optional(),
      },
      'a set of keys: zone, workingDays and holidays',
    )
      .meta({ description: 'What a business day is.' })
      .optional(),
    channelPrefix: z
      .string({ error: 'a text such as incident-' })
      .regex(/^[a-z0-9][a-z0-9_-]{0,19}$/, {
        error: 'at most 20 lower-case letters, digits, - and _, as channel names allow',
      })
      .meta({ description: 'What names of channels begin with.' })
      .optional(),
    postMortemWithin: minutes.optional(),
    reviewWithinBusinessDays: count(1, 60).optional(),
    sprintDays: count(1, 90).optional(),
    actionItemSprints: count(1, 20).optional(),
    changeWindow: minutes.meta({ description: 'How far before the start of impact changes are looked at.' }).optional(),
    roles: keys(
      {
        incidentCommander: roleWords.optional(),
        technicalLead: roleWords.optional(),
        communicationsLead: roleWords.optional(),
        scribe: roleWords.optional(),
      },
      `a set of keys: ${roles.join(', ')}`,
    ).optional(),
    checks: listOf(checkItem, { of: 'checks', min: 1, idOf: ({ id }) => id })
      .meta({ description: 'The checks of an investigation, in their order; one that is not listed is left out.' })
      .optional(),
    symptoms: keys(
      {
        highErrorRate: symptom.optional(),
        highLatency: symptom.optional(),
        serviceDown: symptom.optional(),
        dataIssues: symptom.optional(),
      },
      `a set of keys: ${symptoms.join(', ')}`,
    ).optional(),
    mitigations: listOf(mitigation, { of: 'mitigations', idOf: ({ id }) => id })
      .meta({ description: 'Quick mitigations; the list replaces the built-in one.' })
      .optional(),
    verification: listOf(verificationItem, {
      of: 'items to verify',
      idOf: (item) => (typeof item === 'string' ? item : item.id),
    })
      .meta({ description: 'What must be verified before resolving; the list replaces the built-in one.' })
      .optional(),
    alerts: keys(
      {
        label: words(100)
          .meta({ description: 'The label that says how bad an alert is; `severity` when absent.' })
          .optional(),
        severities: z
          .record(words(60), z.enum(severities, { error: oneOf(severities) }), {
            error: 'a set of values of the label with SEV1, SEV2, SEV3 or SEV4',
          })
          .meta({ description: 'Levels by the values of the label: `page: SEV1`. Beside the built-in ones.' })
          .optional(),
      },
      'a set of keys: label and severities',
    )
      .meta({ description: 'How alerts are classified.' })
      .optional(),
  },
  'a set of keys such as severities and calendar',
);

/** What a workspace overrides of the policy; durations in minutes. */
export type PolicyOverrides = z.output<typeof policySchema>;
/** What a workspace overrides of one level. */
export type SeverityOverrides = z.output<typeof severity>;
