import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';

const parse = (text: string) => parseConfiguration(text, 'UTC');

describe('services and changes', () => {
  it('are read with everything that they may say', () => {
    const text = `
changes:
  branch: origin/production
  featureFlags: [config/flags/**]
  zoneFiles: [dns/*.zone]
services:
  checkout:
    paths: [services/checkout/**, lib/money/**]
    version:
      url: https://checkout.example.org/version
      json: build.commit
      headers: { Authorization: Bearer secret:SHOP_TOKEN }
    kubernetes: { context: 'arn:aws:eks:eu-west-1:1:cluster/prod', namespace: shop, deployment: checkout.v2, container: app, label: app.kubernetes.io/version }
    github: { repository: example/checkout, environment: Production EU }
    tags: checkout-v*
    branch: release/checkout
    hosts: [checkout.example.org, kasse.example.org]
  mail: {}
`;
    const { configuration, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(configuration?.changes).toEqual({
      branch: 'origin/production',
      featureFlags: ['config/flags/**'],
      zoneFiles: ['dns/*.zone'],
    });
    expect(configuration?.services).toEqual([
      {
        name: 'checkout',
        paths: ['services/checkout/**', 'lib/money/**'],
        version: {
          url: 'https://checkout.example.org/version',
          json: 'build.commit',
          headers: { Authorization: 'Bearer secret:SHOP_TOKEN' },
        },
        kubernetes: {
          context: 'arn:aws:eks:eu-west-1:1:cluster/prod',
          namespace: 'shop',
          deployment: 'checkout.v2',
          container: 'app',
          label: 'app.kubernetes.io/version',
        },
        github: { repository: 'example/checkout', environment: 'Production EU' },
        tags: 'checkout-v*',
        branch: 'release/checkout',
        hosts: ['checkout.example.org', 'kasse.example.org'],
      },
      { name: 'mail', paths: [], hosts: [] },
    ]);
  });

  it.each([
    ['version: { url: ftp://x/ }', 'services.a.version.url is "ftp://x/", but must be an http or https address'],
    ['version: { url: https://user@x/ }', 'services.a.version.url is'],
    ['version: { url: "file:///etc/passwd" }', 'services.a.version.url is'],
    ['version: { json: commit }', 'services.a.version.url is missing, and must be an http or https address'],
    ['version: { url: https://x/, headers: { "a b": c } }', 'services.a.version.headers'],
    ['kubernetes: { context: --all, namespace: shop, deployment: api }', 'services.a.kubernetes.context is "--all"'],
    ['kubernetes: { context: prod, namespace: a b, deployment: api }', 'services.a.kubernetes.namespace is "a b"'],
    [
      'kubernetes: { context: prod, namespace: shop, deployment: -oyaml }',
      'services.a.kubernetes.deployment is "-oyaml"',
    ],
    ['kubernetes: { context: prod, namespace: shop }', 'services.a.kubernetes.deployment is missing'],
    [
      'github: { repository: checkout }',
      'services.a.github.repository is "checkout", but must be a repository of GitHub',
    ],
    ['github: { repository: a/../../x }', 'services.a.github.repository is'],
    ['tags: --help', 'services.a.tags is "--help", but must be a glob of tags'],
    ['branch: a..b', 'services.a.branch is "a..b", but must be the name of a branch'],
    ['paths: [../other]', 'services.a.paths[0] is "../other", but must be a glob'],
    ['hosts: ["https://x"]', 'services.a.hosts[0] is "https://x", but must be a host name'],
  ])('%s is told with its place', (line, message) => {
    const { configuration, diagnostics } = parse(`policy: {}\nservices:\n  a:\n    ${line}\n`);
    expect(configuration).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', line: 4 });
  });

  it('a name that is no name is told at its key', () => {
    expect(parse('services:\n  "a b": {}\n').diagnostics).toEqual([
      {
        severity: 'error',
        message: '"a b" in services must be the name of a service: letters, digits, dots, - and _.',
        path: 'services.a b',
        ...{ line: 2, column: 3, endLine: 2, endColumn: 8 },
      },
    ]);
  });

  it('more of them than anybody runs from one repository are refused', () => {
    const many = Array.from({ length: 201 }, (_, index) => `  s${String(index)}: {}`).join('\n');
    expect(parse(`services:\n${many}\n`).diagnostics.map(({ message }) => message)).toEqual([
      'services is a set of keys, but must be a set of at most 200 services.',
    ]);
  });

  it('a key that is not known is ignored, with the one that was meant; those of later versions pass', () => {
    const { configuration, diagnostics } = parse('services:\n  a:\n    tag: v*\n    deploys: [x]\n');
    expect(configuration?.services).toEqual([{ name: 'a', paths: [], hosts: [] }]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"tag" is no key of services.a, and is ignored. Did you mean "tags"?',
    ]);
  });

  it('a credential in a header is told, and a reference to a secret is not', () => {
    const withHeader = (value: string) =>
      parse(`services:\n  a:\n    version:\n      url: https://x/\n      headers: { authorization: ${value} }\n`)
        .diagnostics;
    expect(withHeader('Bearer secret:SHOP_TOKEN')).toEqual([]);
    expect(
      withHeader('Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'),
    ).toMatchObject([{ severity: 'warning', line: 5 }]);
  });
});
