import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/config/diagnostic.ts';
import { noSignals } from '../../../src/config/signalConfiguration.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { fitsEventType } from '../../../src/incident/eventShapes.ts';
import { eventLog } from '../../support/builders/events.ts';

const zone = 'Europe/Berlin';
const parse = (text: string) => parseConfiguration(text, zone);
const policyOf = (text: string) => {
  const { configuration, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return configuration!.policy;
};
const brief = ({ severity, line, column, endLine, endColumn, path, message }: Diagnostic) =>
  `${severity} ${line}:${column}-${endLine === line ? '' : `${endLine}:`}${endColumn} ${path}: ${message}`;

describe('a file that says nothing', () => {
  it.each([
    '',
    '# nothing but a comment\n',
    'policy:\n',
    'policy: {}\npeople: []\n',
    'policy:\n  calendar:\n',
    '---\n',
  ])('%j means the built-in protocol', (text) => {
    expect(parse(text)).toEqual({
      configuration: {
        policy: builtInPolicy(zone),
        people: [],
        services: [],
        changes: { featureFlags: [], zoneFiles: [] },
        ...noSignals,
      },
      diagnostics: [],
    });
  });
});

describe('policy', () => {
  it('overrides one number and leaves the rest', () => {
    const built = builtInPolicy(zone);
    expect(policyOf('policy:\n  severities:\n    SEV1:\n      respond: 3m\n')).toEqual({
      ...built,
      severities: {
        ...built.severities,
        SEV1: { ...built.severities.SEV1, respond: { kind: 'within', minutes: 3 } },
      },
    });
  });

  it.each([
    ['5', 5],
    ['5m', 5],
    ['5 min', 5],
    ['1h', 60],
    ['2h 30m', 150],
    ['1h30m', 90],
    ['1.5h', 90],
    ['7d', 10_080],
    ['1w', 10_080],
  ])('reads the duration %s', (written, minutes) => {
    expect(policyOf(`policy:\n  changeWindow: ${written}\n`).changeWindowMinutes).toBe(minutes);
  });

  it.each(['0', '-5', '5x', '5m later', 'five', '0m', '100000d', '.inf', '.nan', '"5"', 'true'])(
    'refuses the duration %s',
    (written) => {
      expect(parse(`policy:\n  changeWindow: ${written}\n`)).toMatchObject({
        configuration: undefined,
        diagnostics: [{ severity: 'error', path: 'policy.changeWindow', line: 2, column: 17 }],
      });
    },
  );

  it('overrides every part', () => {
    const policy = policyOf(
      `
policy:
  severities:
    SEV2: { meaning: big, mitigate: 90m, communicate: 20m, roles: [scribe], postMortem: false, review: false }
    SEV3: { respond: next business day, communicate: ticket, roles: all }
    SEV1: { roles: none }
  classifyWithin: 3m
  warnAtPercent: 70
  calendar:
    zone: Asia/Kolkata
    workingDays: [sun, Monday, 2, wed, thu]
    holidays: [2026-12-25, 2026-01-26]
  channelPrefix: inc-
  postMortemWithin: 3d
  reviewWithinBusinessDays: 7
  sprintDays: 10
  actionItemSprints: 3
  changeWindow: 6h
  roles:
    scribe: { name: Chronicler }
  checks:
    - logs
    - { id: deployments, name: Rollouts }
  symptoms:
    highLatency: { name: Slow, lookFirst: [{ checks: [logs], hint: look }], mitigations: [restart] }
  mitigations:
    - { id: restart, cause: Stuck, action: Restart, command: systemctl restart shop }
  verification:
    - Error rate back to baseline
    - Orders arrive again
    - { id: money, text: Payments settle }
`.trimStart(),
    );
    expect(policy).toMatchObject({
      severities: {
        SEV1: { roles: [], respond: { kind: 'within', minutes: 5 } },
        SEV2: {
          meaning: 'big',
          mitigate: { kind: 'within', minutes: 90 },
          communicate: { kind: 'every', minutes: 20 },
          roles: ['scribe'],
          postMortem: false,
          review: false,
        },
        SEV3: { respond: { kind: 'nextBusinessDay' }, communicate: { kind: 'ticket' }, roles: { length: 4 } },
      },
      classifyWithinMinutes: 3,
      warnAtPercent: 70,
      calendar: { zone: 'Asia/Kolkata', workingDays: [1, 2, 3, 4, 7], holidays: ['2026-01-26', '2026-12-25'] },
      channelPrefix: 'inc-',
      postMortemWithinHours: 72,
      reviewWithinBusinessDays: 7,
      sprintDays: 10,
      actionItemSprints: 3,
      changeWindowMinutes: 360,
      roles: { scribe: { name: 'Chronicler', duty: 'keeps the timeline' } },
      checks: [
        { id: 'logs', name: 'Error logs' },
        { id: 'deployments', name: 'Rollouts' },
      ],
      symptoms: {
        highLatency: { name: 'Slow', lookFirst: [{ checks: ['logs'], hint: 'look' }], mitigations: ['restart'] },
        serviceDown: { mitigations: [] },
      },
      mitigations: [{ id: 'restart', cause: 'Stuck', action: 'Restart', command: 'systemctl restart shop' }],
      verification: [
        { id: 'errorRate', text: 'Error rate back to baseline' },
        { id: 'ordersArriveAgain', text: 'Orders arrive again' },
        { id: 'money', text: 'Payments settle' },
      ],
    });
  });
});

describe('every policy that a file can give', () => {
  const amount = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0.1, max: 10_000, noNaN: true }));
  const duration = fc.oneof(
    amount.map((number) => String(Math.round(number * 100) / 100)),
    fc
      .tuple(amount, fc.constantFrom('m', 'h', 'd'))
      .map(([number, unit]) => `${String(Math.round(number * 10) / 10)}${unit}`),
  );
  const keys = fc.constantFrom('classifyWithin', 'postMortemWithin', 'changeWindow', 'SEV1.respond', 'SEV2.mitigate');

  it('can be stored in a declaration', () => {
    let taken = 0;
    fc.assert(
      fc.property(keys, duration, (key, value) => {
        const [level, field] = key.split('.');
        const inner =
          field === undefined ? `${key}: ${value}` : `severities: { ${level ?? ''}: { ${field}: ${value} } }`;
        const { configuration, diagnostics } = parse(`policy: { ${inner} }\n`);
        if (configuration === undefined || diagnostics.length > 0) return;
        taken += 1;
        const { data } = eventLog().declare('SEV2', { policy: configuration.policy });
        expect(fitsEventType('incident.declared', JSON.parse(JSON.stringify(data)))).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('people', () => {
  it('keeps what is known of each', () => {
    const { configuration } = parse(
      'people:\n  - name: Anna\n    email: anna@example.com\n    slack: U012AB\n    pagerduty: P1\n    zone: UTC\n    roles: [scribe]\n  - name: Bob\n',
    );
    expect(configuration?.people).toEqual([
      { name: 'Anna', email: 'anna@example.com', slack: 'U012AB', pagerduty: 'P1', zone: 'UTC', roles: ['scribe'] },
      { name: 'Bob' },
    ]);
  });
});

describe('what is wrong is said with its place', () => {
  it.each<[string, string, string[]]>([
    [
      'wrong types',
      'policy:\n  severities:\n    SEV1:\n      respond: [5m]\n      postMortem: maybe\n',
      [
        'error 4:7-14 policy.severities.SEV1.respond: policy.severities.SEV1.respond is a list, but must be a duration such as 5m, 1h 30m or 7d, or "next business day".',
        'error 5:19-24 policy.severities.SEV1.postMortem: policy.severities.SEV1.postMortem is "maybe", but must be true or false.',
      ],
    ],
    [
      'an unknown zone',
      'policy:\n  calendar: { zone: Mars/Olympus }\n',
      [
        'error 2:21-33 policy.calendar.zone: policy.calendar.zone is "Mars/Olympus", but must be a time zone that exists, such as Europe/Berlin, America/New_York or UTC.',
      ],
    ],
    [
      'an offset for a zone',
      'policy:\n  calendar:\n    zone: "+02:00"\n',
      [
        'error 3:11-19 policy.calendar.zone: policy.calendar.zone is "+02:00", but must be a time zone that exists, such as Europe/Berlin, America/New_York or UTC.',
      ],
    ],
    [
      'impossible and repeated holidays',
      'policy:\n  calendar:\n    holidays:\n      - 2026-02-30\n      - 2026-12-25\n      - 2026-12-25\n      - 25.12.2026\n',
      [
        'error 4:9-19 policy.calendar.holidays[0]: policy.calendar.holidays[0] is "2026-02-30", but must be a date that the calendar has, written 2026-12-25.',
        'error 6:9-19 policy.calendar.holidays[2]: policy.calendar.holidays[2] is "2026-12-25", but must be listed once: 2026-12-25 is there before.',
        'error 7:9-19 policy.calendar.holidays[3]: policy.calendar.holidays[3] is "25.12.2026", but must be a date that the calendar has, written 2026-12-25.',
      ],
    ],
    [
      'no working day at all',
      'policy:\n  calendar:\n    workingDays: []\n',
      [
        'error 3:5-16 policy.calendar.workingDays: policy.calendar.workingDays is a list, but must be a list of weekdays, at least 1.',
      ],
    ],
    [
      'a missing name',
      'people:\n  - email: anna@example.com\n',
      [
        'error 2:5-10 people[0].name: people[0].name is missing, and must be a text of 1 to 100 characters, in quotes if it looks like a number.',
      ],
    ],
    [
      'a mitigation that nobody knows',
      'policy:\n  symptoms:\n    highLatency:\n      mitigations: [rollBack, dance]\n',
      [
        'error 4:31-36 policy.symptoms.highLatency.mitigations[1]: policy.symptoms.highLatency.mitigations[1] is "dance", but must be the id of a mitigation: one of rollBack, scaleOut, circuitBreaker, killSwitch, rateLimit.',
      ],
    ],
    [
      'an unknown key inside, with the one that was meant',
      'policy:\n  sprintDay: 10\n  severities:\n    SEV9: {}\n',
      [
        'warning 2:3-12 policy.sprintDay: "sprintDay" is no key of policy, and is ignored. Did you mean "sprintDays"?',
        'warning 4:5-9 policy.severities.SEV9: "SEV9" is no key of policy.severities, and is ignored. Known here: SEV1, SEV2, SEV3, SEV4.',
      ],
    ],
    [
      'an unknown key at the top',
      'polcy: {}\n',
      ['warning 1:1-6 polcy: "polcy" is no key of this file, and is ignored. Did you mean "policy"?'],
    ],
    [
      'a tab',
      'policy:\n\tsprintDays: 3\n',
      ['error 2:1-2 : This line is indented with a tab, which YAML does not allow. Indent with spaces.'],
    ],
    [
      'a key that is there twice',
      'policy:\n  sprintDays: 1\n  sprintDays: 2\n',
      ['error 3:3-13 sprintDays: The key "sprintDays" is there twice, and only one can count. Remove one of them.'],
    ],
    [
      'a bracket that stays open',
      'policy: [',
      [
        'error 1:10-11 : This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
      ],
    ],
    [
      'two documents',
      'policy: {}\n---\npeople: []\n',
      ['error 2:1-4:1 : A second document begins here (---), and only one is read. Remove the line and merge the two.'],
    ],
    ['a list', '- a\n', ['error 1:1-2:1 : The file is a list, but must be a set of keys such as policy and people.']],
    [
      'a credential',
      'channels:\n  slack:\n    token: abcdef123\n',
      [
        'warning 3:12-21 token: This looks like a credential, and the file is for everybody to read. Write secret:NAME and keep the value with "Incident: Set Secret…"; then change the credential.',
      ],
    ],
    [
      'behind a byte order mark and Windows line ends',
      '\ufeffpolicy:\r\n  sprintDays: 1000\r\n',
      ['error 2:15-19 policy.sprintDays: policy.sprintDays is 1000, but must be a whole number from 1 to 90.'],
    ],
  ])('%s', (_what, text, expected) => {
    const { configuration, diagnostics } = parse(text);
    expect(diagnostics.map(brief)).toEqual(expected);
    expect(configuration === undefined).toBe(expected.some((line) => line.startsWith('error')));
  });

  it('takes the sections of later versions in silence', () => {
    const text = 'services:\n  api: { paths: [src] }\ndataSources: { loki: x }\nchannels: x\nsyntheticMonitors: [1]\n';
    expect(parse(text).diagnostics).toEqual([]);
  });

  it('does not show a credential again', () => {
    const [diagnostic] = parse('policy: "password=hunter2"\n').diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    expect(diagnostic?.message).not.toContain('hunter2');
  });
});

describe('hostile files', () => {
  const level = (name: string, of: string) => `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(', ')}]\n`;

  it.each([
    ['aliases that explode', level('a', 'x') + level('b', '*a') + level('c', '*b') + level('d', '*c'), 'aliases'],
    ['brackets without end', '['.repeat(50_000), 'nested too deeply'],
    ['more than is read', '# '.padEnd(300 * 1024, 'x'), 'has 300 KB'],
  ])('%s are refused with a reason', (_what, text, reason) => {
    const { configuration, diagnostics } = parse(text);
    expect(configuration).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain(reason);
  });

  it('survive an alias that contains itself, code and a changed prototype', () => {
    for (const text of ['policy: &p\n  calendar: *p\n', 'x: !!js/function "a"\n', '__proto__:\n  policy: 1\n']) {
      expect(parse(text).diagnostics).not.toEqual([]);
    }
    expect(({} as Record<string, unknown>)['policy']).toBeUndefined();
  });

  it('lists at most a hundred mistakes', () => {
    const text = Array.from({ length: 3000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(parse(text).diagnostics).toHaveLength(100);
  });

  it('never make it throw, and every place is inside the file', () => {
    const fragment = fc.constantFrom(
      ...[
        'policy:',
        'people:',
        '\n',
        '\n  ',
        '\n    ',
        '- ',
        'name: A',
        'SEV1:',
        ' 5m',
        '[',
        ']',
        '{',
        '}',
        ': ',
        '*a',
        '&a ',
      ],
      ...['"', "'", '\t', '|', '> ', '# ', '!!x ', 'calendar:', 'zone: X', '? ', '---', '%YAML', '\u2028', '\ud800'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string({ maxLength: 4 })), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const lines = text.split('\n').length;
        for (const { line, endLine, column } of parse(text).diagnostics) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
