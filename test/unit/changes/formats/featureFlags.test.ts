import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureFlags, featureFlagsAt } from '../../../../src/changes/configuration/formats/featureFlags.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);
const edited = (text: string, from: string, to: string) => {
  if (!text.includes(from)) throw new Error(`not there: ${from}`);
  return text.replace(from, to);
};

const flagd = `{
  "$schema": "https://flagd.example.org/schema/v0/flags.json",
  "flags": {
    "new-pricing": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off",
      "targeting": { "if": [{ "ends_with": [{ "var": "email" }, "@example.org"] }, "on", { "fractional": [["on", 5], ["off", 95]] }] }
    },
    "color": {
      "state": "ENABLED",
      "variants": { "red": "#c00", "blue": "#00c", "green": "#0c0" },
      "defaultVariant": "red",
      "targeting": { "fractional": [["red", 50], ["blue", 25], ["green", 25]] }
    }
  }
}
`;

const crd = `apiVersion: core.openfeature.dev/v1beta1
kind: FeatureFlag
metadata:
  name: shop
spec:
  flagSpec:
    flags:
      new-pricing:
        state: ENABLED
        variants: { "on": true, "off": false }
        defaultVariant: "off"
`;

const manifest = json({
  flags: {
    'new-pricing': { flagType: 'boolean', defaultValue: false, description: 'Prices of 2027' },
    limit: { flagType: 'integer', defaultValue: 10 },
  },
});

const unleash = json({
  version: 1,
  features: [
    { name: 'new-pricing', type: 'release', project: 'shop' },
    { name: 'search', type: 'ops' },
  ],
  featureEnvironments: [
    { featureName: 'new-pricing', environment: 'production', enabled: false },
    { featureName: 'new-pricing', environment: 'development', enabled: true },
    { featureName: 'search', environment: 'production', enabled: true },
  ],
  featureStrategies: [
    {
      id: 'a1',
      featureName: 'new-pricing',
      environment: 'production',
      strategyName: 'flexibleRollout',
      parameters: { groupId: 'new-pricing', rollout: '5', stickiness: 'default' },
      constraints: [{ contextName: 'country', operator: 'IN', values: ['DE'] }],
    },
    {
      id: 'a2',
      featureName: 'search',
      environment: 'production',
      strategyName: 'userWithId',
      parameters: { userIds: 'anna' },
    },
  ],
});

const unleashApi = json({
  features: [
    {
      name: 'new-pricing',
      environments: [
        {
          name: 'production',
          enabled: false,
          strategies: [{ name: 'gradualRolloutUserId', parameters: { percentage: '5' } }],
        },
      ],
    },
  ],
});

const launchDarkly = json({
  items: [
    {
      key: 'new-pricing',
      kind: 'boolean',
      variations: [
        { _id: 'x1', value: true },
        { _id: 'x2', value: false },
      ],
      environments: {
        production: {
          on: false,
          version: 12,
          offVariation: 1,
          fallthrough: {
            rollout: {
              variations: [
                { variation: 0, weight: 5000 },
                { variation: 1, weight: 95000 },
              ],
            },
          },
          targets: [{ values: ['user-2', 'user-1'], variation: 0 }],
          rules: [
            { _id: 'r1', variation: 0, clauses: [{ _id: 'c1', attribute: 'country', op: 'in', values: ['DE'] }] },
          ],
        },
        staging: { on: true, fallthrough: { variation: 0 }, offVariation: 1, targets: [], rules: [] },
      },
    },
  ],
});

const own = `# of the shop
features:
  new-pricing:
    enabled: false
    rollout: 5
  search: on-demand
  prod:
    dark-mode: true
`;

type Case = readonly [
  title: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
];
const at = 'prod/flags.flagd.json';

const cases: readonly Case[] = [
  ['flagd: the same', at, flagd, flagd, []],
  [
    'flagd: what is served',
    at,
    flagd,
    edited(flagd, '"defaultVariant": "off"', '"defaultVariant": "on"'),
    ['flag new-pricing: off → on (prod)'],
  ],
  [
    'flagd: a variant served',
    'flags.flagd.json',
    flagd,
    edited(flagd, '"defaultVariant": "red"', '"defaultVariant": "blue"'),
    ['flag color: red → blue'],
  ],
  [
    'flagd: disabled',
    at,
    flagd,
    edited(flagd, '"state": "ENABLED"', '"state": "DISABLED"'),
    ['flag new-pricing: off → disabled (prod)'],
  ],
  [
    'flagd: the share',
    at,
    flagd,
    edited(flagd, '["on", 5], ["off", 95]', '["on", 50], ["off", 50]'),
    ['flag new-pricing rollout: 5% → 50% (prod)'],
  ],
  [
    'flagd: the same share in other weights',
    at,
    flagd,
    edited(flagd, '["on", 5], ["off", 95]', '["on", 1], ["off", 19]'),
    [],
  ],
  [
    'flagd: shares of several',
    at,
    flagd,
    edited(flagd, '["red", 50], ["blue", 25]', '["red", 25], ["blue", 50]'),
    ['flag color rollout of red: 50% → 25% (prod)', 'flag color rollout of blue: 25% → 50% (prod)'],
  ],
  ['flagd: a variant', at, flagd, edited(flagd, '#00c', '#00d'), ['flag color variant blue: #00c → #00d (prod)']],
  [
    'flagd: who',
    at,
    flagd,
    edited(flagd, '@example.org', '@example.com'),
    [
      'flag new-pricing targeting: {"if":[{"ends_with":[{"var":"email"},"@example.org"]},"on",{"fractional":[["on"],["off"]]}]} → {"if":[{"ends_with":[{"var":"email"},"@example.com"]},"on",{"fractional":[["on"],["off"]]}]} (prod)',
    ],
  ],
  [
    'flagd: a flag gone',
    at,
    flagd,
    edited(flagd, '"color"', '"colour"'),
    ['flag colour added: red (prod)', 'flag color removed (was red) (prod)'],
  ],
  ['flagd: formatting', at, flagd, json(JSON.parse(flagd)), []],
  [
    'a FeatureFlag in Kubernetes',
    'k8s/flags.yaml',
    crd,
    edited(crd, 'defaultVariant: "off"', 'defaultVariant: "on"'),
    ['flag new-pricing: off → on'],
  ],
  [
    'an OpenFeature manifest',
    'openfeature/flags.json',
    manifest,
    edited(edited(manifest, 'false', 'true'), '10', '20'),
    ['flag new-pricing: off → on', 'flag limit: 10 → 20'],
  ],
  [
    'an OpenFeature manifest: the description',
    'openfeature/flags.json',
    manifest,
    edited(manifest, '2027', '2028'),
    [],
  ],
  [
    'unleash: on in one environment',
    'unleash/export.json',
    unleash,
    edited(unleash, '"enabled": false', '"enabled": true'),
    ['flag new-pricing: off → on (production)'],
  ],
  [
    'unleash: the share',
    'unleash/export.json',
    unleash,
    edited(unleash, '"rollout": "5"', '"rollout": "50"'),
    ['flag new-pricing rollout: 5% → 50% (production)'],
  ],
  [
    'unleash: users',
    'unleash/export.json',
    unleash,
    edited(unleash, '"anna"', '"anna,ben"'),
    ['flag search userWithId userIds: anna → anna,ben (production)'],
  ],
  [
    'unleash: who',
    'unleash/export.json',
    unleash,
    edited(unleash, '"DE"', '"FR"'),
    [
      'flag new-pricing constraints of flexibleRollout: [{"contextName":"country","operator":"IN","values":["DE"]}] → [{"contextName":"country","operator":"IN","values":["FR"]}] (production)',
    ],
  ],
  ['unleash: ids', 'unleash/export.json', unleash, edited(unleash, '"a1"', '"b7"'), []],
  [
    'unleash: a flag more',
    'unleash/export.json',
    unleash,
    edited(unleash, '{\n      "name": "search"', '{ "name": "basket" },\n{\n      "name": "search"'),
    ['flag basket added'],
  ],
  [
    'unleash, as its API tells it',
    'unleash/api.json',
    unleashApi,
    edited(edited(unleashApi, 'false', 'true'), '"5"', '"100"'),
    ['flag new-pricing: off → on (production)', 'flag new-pricing rollout: 5% → 100% (production)'],
  ],
  [
    'LaunchDarkly: on',
    'launchdarkly/flags.json',
    launchDarkly,
    edited(launchDarkly, '"on": false', '"on": true'),
    ['flag new-pricing: off → on (production)'],
  ],
  [
    'LaunchDarkly: the share',
    'launchdarkly/flags.json',
    launchDarkly,
    edited(edited(launchDarkly, '5000', '50000'), '95000', '50000'),
    ['flag new-pricing rollout: 5% → 50% (production)'],
  ],
  [
    'LaunchDarkly: from a share to all',
    'launchdarkly/flags.json',
    edited(launchDarkly, '"variation": 0\n', '"variation": 0\n'),
    edited(
      launchDarkly,
      '"fallthrough": {\n            "variation": 0',
      '"fallthrough": {\n            "variation": 1',
    ),
    ['flag new-pricing serves: on → off (staging)'],
  ],
  [
    'LaunchDarkly: targets',
    'launchdarkly/flags.json',
    launchDarkly,
    edited(launchDarkly, '"user-2"', '"user-3"'),
    ['flag new-pricing targets of on: user-1, user-2 → user-1, user-3 (production)'],
  ],
  [
    'LaunchDarkly: rules',
    'launchdarkly/flags.json',
    launchDarkly,
    edited(launchDarkly, '"op": "in"', '"op": "startsWith"'),
    [
      'flag new-pricing rules: [{"clauses":[{"attribute":"country","op":"in","values":["DE"]}],"variation":0}] → [{"clauses":[{"attribute":"country","op":"startsWith","values":["DE"]}],"variation":0}] (production)',
    ],
  ],
  [
    'LaunchDarkly: version and ids',
    'launchdarkly/flags.json',
    launchDarkly,
    edited(edited(edited(launchDarkly, '12', '13'), '"r1"', '"r2"'), '"x1"', '"y1"'),
    [],
  ],
  [
    'LaunchDarkly: values in a file',
    'ld/flags.json',
    json({ flagValues: { a: true, b: 'x' } }),
    json({ flagValues: { b: 'y', a: false } }),
    ['flag b: x → y', 'flag a: on → off'],
  ],
  [
    'of their own',
    'config/feature-flags.yaml',
    own,
    edited(own, 'enabled: false', 'enabled: true'),
    ['flag new-pricing: off → on'],
  ],
  [
    'of their own: the share',
    'config/feature-flags.yaml',
    own,
    edited(own, 'rollout: 5', 'rollout: 50'),
    ['flag new-pricing rollout: 5% → 50%'],
  ],
  [
    'of their own: an environment among the keys',
    'config/feature-flags.yaml',
    own,
    edited(own, 'dark-mode: true', 'dark-mode: false'),
    ['flag dark-mode: on → off (prod)'],
  ],
  [
    'of their own: an environment in the name',
    'config/feature-flags.staging.yaml',
    own,
    edited(own, 'on-demand', 'off'),
    ['flag search: on-demand → off (staging)'],
  ],
  [
    'of their own: order, comments',
    'config/feature-flags.yaml',
    'a: true\nb: false # x\n',
    'b: false\n\na:   true\n',
    [],
  ],
  [
    'of their own: a list',
    'config/flags.json',
    json([
      { name: 'a', enabled: true },
      { name: 'b', enabled: true },
    ]),
    json([
      { name: 'b', enabled: false },
      { name: 'a', enabled: true },
    ]),
    ['flag b: on → off'],
  ],
  [
    'of their own: TOML',
    'config/flags.toml',
    '[features]\nx = true\n',
    '[features]\nx = false\n',
    ['flag x: on → off'],
  ],
  ['a new file', 'config/flags.json', undefined, '{"a": true}', ['flag a added: on']],
  ['a file gone', 'config/flags.json', '{"a": true}', undefined, ['flag a removed (was on)']],
];

describe('featureFlags', () => {
  it.each(cases)('%s', (_title, path, before, after, told) => {
    expect(toldDifferences(featureFlags, before, after, { path })).toEqual(told);
  });

  it.each([
    ['flags.json', '{"a": }'],
    ['flags.yaml', 'a: [1\nb: 2\n'],
    ['flags.toml', 'a = \n'],
  ])('refuses %s that does not parse', (path, text) => {
    expect(toldDifferences(featureFlags, undefined, text, { path })).toEqual([expect.stringMatching(/^line \d+: /)]);
  });

  it.each([
    ['services/shop/flags.flagd.json', undefined, true],
    ['feature-flags/shop.yaml', undefined, true],
    ['config/anything.json', flagd, true],
    ['k8s/flag.yaml', crd, true],
    ['ld.json', launchDarkly, true],
    ['services/api/shop.json', '{"flagValues": {"new-pricing": true}}', true],
    ['package.json', '{"flags": 1}', false],
    ['src/flags.ts', undefined, false],
    ['docs/schema/v0/flags.json', undefined, false],
    ['docs/flags.json', '{ "$schema": "https://json-schema.org/draft-07/schema" }', false],
    ['feature-flags/readme.md', undefined, false],
  ])('fits %s', (path, text, fits) => {
    expectFit(featureFlags, path, text, fits);
  });

  it('fits the files that a team names', () => {
    const format = featureFlagsAt(['conf/switches/*.yaml']);
    expect(format.fits('conf/switches/shop.yaml', undefined)).toBe(true);
    expect(format.fits('conf/switches/shop.txt', undefined)).toBe(false);
    expect(featureFlagsAt([]).fits('conf/switches/shop.yaml', undefined)).toBe(false);
  });

  it('reads whatever JSON is in the file', () => {
    const keys = fc.constantFrom(
      'flags',
      'features',
      'items',
      'variants',
      'targeting',
      'fractional',
      'environments',
      'strategies',
      'name',
      'key',
      'on',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    })).tree;
    fc.assert(
      fc.property(value, value, (before, after) => {
        toldDifferences(featureFlags, JSON.stringify(before), JSON.stringify(after), { path: 'flags.json' });
      }),
    );
    toldDifferences(featureFlags, undefined, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, { path: 'flags.json' });
    toldDifferences(
      featureFlags,
      undefined,
      `{"flags":{"a":{"variants":{},"targeting":${'[{"if":'.repeat(2000)}1${'}]'.repeat(2000)}}}}`,
      { path: 'flags.json' },
    );
  }, 30_000);
});
