import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeConfiguration } from '../../../src/config/assist/completeConfiguration.ts';
import { explainConfiguration } from '../../../src/config/assist/explainConfiguration.ts';
import type { JsonSchema } from '../../../src/config/assist/jsonSchemaAt.ts';
import { yamlCursor } from '../../../src/config/assist/yamlCursor.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { projectRoot } from '../../support/run.mjs';

const schema = JSON.parse(readFileSync(join(projectRoot, 'media/mayday.schema.json'), 'utf8')) as JsonSchema;
/** `|` is the cursor. */
const placed = (marked: string) => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });
const inService = (yaml: string) => `services:\n  checkout:\n    ${yaml}`;

describe('the cursor', () => {
  // Looked at from every place, each took half a minute: the test would end in its timeout.
  it.each([
    ['blanks in a word', `a${' '.repeat(200_000)}b\nc`],
    ['letters', `${'a'.repeat(200_000)} `],
    ['dashes', `${'- '.repeat(100_000)}a`],
  ])('is found in lines of two hundred thousand %s', (_, text) => {
    expect(yamlCursor(text, text.length)).toBeDefined();
  });

  it.each([
    ['|', [], 'key'],
    ['pol|', [], 'key'],
    ['policy:\n  |', ['policy'], 'key'],
    ['policy:\n  severities:\n    SEV1:\n      respond: |', ['policy', 'severities', 'SEV1', 'respond'], 'value'],
    ['policy:\n  severities:\n    SEV1:\n      respond: 5m\n      |', ['policy', 'severities', 'SEV1'], 'key'],
    ['policy:\n  severities:\n    SEV1:\n      respond: 5m\n    |', ['policy', 'severities'], 'key'],
    ['policy:\n  severities:\n    SEV1:\n      respond: 5m\n|', [], 'key'],
    ['policy: # of the team\n  |', ['policy'], 'key'],
    ['people:\n  - |', ['people', '[]'], 'item'],
    ['people:\n  - na|', ['people', '[]'], 'item'],
    ['people:\n- |', ['people', '[]'], 'item'],
    ['people:\n  - name: Ana\n    |', ['people', '[]'], 'key'],
    ['people:\n- name: Ana\n  |', ['people', '[]'], 'key'],
    ['people:\n  - name: Ana\n    roles: [|', ['people', '[]', 'roles', '[]'], 'item'],
    ['people:\n  - name: Ana\n    roles: [scribe, |]', ['people', '[]', 'roles', '[]'], 'item'],
    ['people:\n  - name: Ana\n    roles:\n      - |', ['people', '[]', 'roles', '[]'], 'item'],
    ['people:\n  - name: Ana\n  - |', ['people', '[]'], 'item'],
    ['people:\n  - { |', ['people', '[]'], 'key'],
    ['people:\n  - { name: "a, b", zone: |', ['people', '[]', 'zone'], 'value'],
    ['people:\n  - name: Ana\n|', [], 'key'],
    [
      inService('health:\n      - url: /a\n        expect: { |'),
      ['services', 'checkout', 'health', '[]', 'expect'],
      'key',
    ],
    [
      inService('health:\n      - url: /a\n        expect:\n          |'),
      ['services', 'checkout', 'health', '[]', 'expect'],
      'key',
    ],
    [inService('health: [{ url: /a, |'), ['services', 'checkout', 'health', '[]'], 'key'],
    [inService('health: [{ url: /a }, |'), ['services', 'checkout', 'health', '[]'], 'item'],
    [inService('dependencies:\n      db: { |'), ['services', 'checkout', 'dependencies', 'db'], 'key'],
    [inService('url: https://a.example.org\n    |'), ['services', 'checkout'], 'key'],
    [inService('url: https://|'), ['services', 'checkout', 'url'], 'value'],
    ['policy:\r\n  |', ['policy'], 'key'],
  ] as const)('%j', (marked, path, at) => {
    const { text, offset } = placed(marked);
    expect(yamlCursor(text, offset)).toMatchObject({ path, at });
  });

  it.each(['# |', 'policy: # |', 'policy:\n  # x |'])('%j is in a comment', (marked) => {
    const { text, offset } = placed(marked);
    expect(yamlCursor(text, offset)).toBeUndefined();
  });

  it('never throws, and its word is in the text', () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from('ab:-#\n "\'{}[], ')), maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.nat(80), (text, at) => {
        const offset = Math.min(at, text.length);
        const cursor = yamlCursor(text, offset);
        if (cursor === undefined) return;
        expect(cursor.start).toBeLessThanOrEqual(offset);
        expect(cursor.end).toBeGreaterThanOrEqual(offset);
        expect(text.slice(cursor.start, cursor.end)).toBe(cursor.word);
        completeConfiguration(text, offset, schema);
        explainConfiguration(text, offset, schema, undefined);
      }),
      { numRuns: 500 },
    );
  });
});

describe('completion', () => {
  const labels = (marked: string) => {
    const { text, offset } = placed(marked);
    return completeConfiguration(text, offset, schema).suggestions.map(({ label }) => label);
  };

  it.each([
    ['|', ['policy', 'people', 'services', 'changes', 'dataSources', 'statusPages']],
    ['policy:\n  severities:\n    |', ['SEV1', 'SEV2', 'SEV3', 'SEV4']],
    ['policy:\n  severities:\n    SEV1: {}\n    |\n    SEV3: {}', ['SEV2', 'SEV4']],
    [inService('health:\n      - |'), ['url', 'tcp', 'dns', 'within']],
    [inService('health:\n      - url: /a\n        |'), ['headers', 'expect', 'within']],
    [inService('metrics: { |'), ['url', 'headers', 'source', 'selector', 'queries']],
    [inService('metrics:\n      queries:\n        |'), ['rate', 'errors', 'p50', 'p95', 'p99']],
    [inService('objectives:\n      - |'), ['openslo', 'target', 'window', 'latency', 'good', 'bad', 'total']],
    [inService('dependencies:\n      db:\n        |'), ['health', 'statusPage', 'components']],
    ['statusPages: { stripe: { kind: | } }', ['statuspage', 'betterstack', 'feed']],
    ['policy: { severities: { SEV1: { postMortem: | } } }', ['true', 'false']],
    ['people:\n  - name: Ana\n    roles: [|', ['incidentCommander', 'technicalLead', 'communicationsLead', 'scribe']],
  ])('%j offers at least %j', (marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(expected));
  });

  it('leaves out what is there, and offers no keys where a value stands', () => {
    expect(labels(inService('health:\n      - url: /a\n        |'))).not.toContain('url');
    expect(labels(inService('url: |'))).toEqual([]);
    expect(labels('policy:\n  people: # |')).toEqual([]);
  });

  it.each([
    [
      `statusPages: { stripe: https://a, "Ac: me": https://b }\n${inService('dependencies:\n      pay: { statusPage: |')}`,
      ['stripe', 'Ac: me'],
    ],
    [`dataSources: { prometheus: https://a }\n${inService('metrics: { source: | }')}`, ['Prometheus']],
    [
      `dataSources:\n  prometheus:\n    - { name: eu, url: https://a }\n    - https://b\n${inService('metrics:\n      source: |')}`,
      ['eu', 'Prometheus 2'],
    ],
    [`people: [{ name: Ana Ruiz }]\n${inService('owners: [|')}`, ['Ana Ruiz']],
    ['dataSources:\n  pagerduty:\n    token: |', ['secret:NAME']],
    [
      `${inService('version: { url: https://a, headers: { a: secret:ONE } }')}\ndataSources:\n  prometheus:\n    url: https://a\n    headers:\n      authorization: Bearer sec|`,
      ['secret:ONE', 'secret:NAME'],
    ],
  ])('%j offers the names %j', (marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('replaces the word at the cursor, and quotes what YAML would read otherwise', () => {
    const { text, offset } = placed(
      'statusPages: { "Ac: me": https://b }\nservices: { a: { dependencies: { b: { statusPage: Ac| } } } }',
    );
    const { start, end, suggestions } = completeConfiguration(text, offset, schema);
    expect(text.slice(start, end)).toBe('Ac');
    expect(suggestions[0]?.insert).toBe('"Ac: me"');
  });

  it('describes what it offers', () => {
    const { suggestions } = completeConfiguration('', 0, schema);
    expect(suggestions.find(({ label }) => label === 'dataSources')?.description).toContain('metrics and alerts');
  });
});

describe('a hover', () => {
  const explained = (marked: string) => {
    const { text, offset } = placed(marked);
    return explainConfiguration(text, offset, schema, parseConfiguration(text, 'UTC').configuration);
  };

  it.each([
    ['pol|icy: {}', 'policy', 'Overrides of the built-in protocol.', undefined],
    ['policy: { severities: { SEV1: { res|pond: 3m } } }', 'policy.severities.SEV1.respond', undefined, '3m'],
    [
      'policy: { severities: { SEV2: { meaning: x, mitigate|: } } }',
      'policy.severities.SEV2.mitigate',
      undefined,
      '1h',
    ],
    ['policy:\n  change|Window: 90m', 'policy.changeWindow', 'How far before the start of impact', '1h 30m'],
    [
      inService('u|rl: https://a.example.org'),
      'services.checkout.url',
      'Where it is reached',
      'asked: https://a.example.org/health/live, https://a.example.org/health/ready, https://a.example.org/metrics',
    ],
    [inService('health|: [{ tcp: "db:1" }]'), 'services.checkout.health', 'Paths, addresses', 'TCP db:1'],
    [inService('objectives:\n      - tar|get: 99'), 'services.checkout.objectives[].target', 'In percent', undefined],
  ])('%j', (marked, path, description, inForce) => {
    const found = explained(marked);
    expect(found?.path).toBe(path);
    if (description !== undefined) expect(found?.description).toContain(description);
    expect(found?.inForce).toBe(inForce);
  });

  it.each(['policy: {} # pol|icy: x', 'nothing|: 1', inService('url: https|://a.example.org'), '|'])(
    '%j says nothing',
    (marked) => {
      expect(explained(marked)).toBeUndefined();
    },
  );
});
