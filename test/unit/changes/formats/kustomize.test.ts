import { describe, expect, it } from 'vitest';
import { differenceText } from '../../../../src/changes/configuration/difference.ts';
import { kustomize } from '../../../../src/changes/configuration/formats/kustomize.ts';
import { redactedDifference } from '../../../../src/changes/configuration/redactedDifference.ts';
import { edited } from '../../../support/builders/editedText.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const overlay = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: prod
resources:
  - ../../base
  - ingress.yaml
images:
  - name: registry.example.org/shop/api
    newTag: 1.4.2
  - name: registry.example.org/shop/web
    newName: mirror.example.org/shop/web
    newTag: 2.0.0
replicas:
  - name: shop
    count: 3
configMapGenerator:
  - name: shop-config
    literals:
      - LOG_LEVEL=info
      - CHECKOUT_TIMEOUT=30s
    files:
      - app.yaml
secretGenerator:
  - name: shop-secrets
    literals:
      - db=hunter2
patches:
  - target:
      kind: Deployment
      name: shop
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/resources/limits/memory
        value: 512Mi
  - path: probes.yaml
`;

describe('Kustomizations', () => {
  it.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['the same', overlay, overlay, []],
    ['a tag', ...edited(overlay, '1.4.2', '1.5.0'), ['image api: 1.4.2 → 1.5.0']],
    [
      'a tag that became a digest',
      ...edited(overlay, 'newTag: 1.4.2', 'digest: sha256:abc'),
      ['image api added: sha256:abc', 'image api removed (was 1.4.2)'],
    ],
    [
      'another name',
      ...edited(overlay, 'mirror.example.org', 'cache.example.org'),
      ['image web newName: mirror.example.org/shop/web → cache.example.org/shop/web'],
    ],
    [
      'an image that came',
      ...edited(overlay, 'images:\n', 'images:\n  - name: redis\n    newTag: "7"\n'),
      ['image redis added: {name: redis, newTag: 7}'],
    ],
    ['replicas', ...edited(overlay, 'count: 3', 'count: 1'), ['replicas shop: 3 → 1']],
    [
      'a literal',
      ...edited(overlay, 'TIMEOUT=30s', 'TIMEOUT=3s'),
      ['configMap shop-config CHECKOUT_TIMEOUT: 30s → 3s'],
    ],
    [
      'a literal that went',
      ...edited(overlay, '      - LOG_LEVEL=info\n', ''),
      ['configMap shop-config LOG_LEVEL removed (was info)'],
    ],
    [
      'literals in another order',
      ...edited(
        overlay,
        '      - LOG_LEVEL=info\n      - CHECKOUT_TIMEOUT=30s\n',
        '      - CHECKOUT_TIMEOUT=30s\n      - LOG_LEVEL=info\n',
      ),
      [],
    ],
    [
      'a resource that came',
      ...edited(overlay, '  - ingress.yaml\n', '  - ingress.yaml\n  - cron.yaml\n'),
      ['resources[] added: cron.yaml'],
    ],
    [
      'resources in another order',
      ...edited(overlay, '  - ../../base\n  - ingress.yaml\n', '  - ingress.yaml\n  - ../../base\n'),
      [],
    ],
    [
      'a patch, by what it says',
      ...edited(overlay, 'value: 512Mi', 'value: 256Mi'),
      ['patches[0].patch[/spec/template/spec/containers/0/resources/limits/memory].value: 512Mi → 256Mi'],
    ],
    [
      'a patch formatted otherwise',
      ...edited(overlay, '      - op: replace\n', '      # less\n      - op: "replace"\n'),
      [],
    ],
    [
      'a patch that went',
      ...edited(overlay, '  - path: probes.yaml\n', ''),
      ['patches[1] removed (was {path: probes.yaml})'],
    ],
    ['a namespace', ...edited(overlay, 'namespace: prod', 'namespace: production'), ['namespace: prod → production']],
    [
      'a new file',
      undefined,
      'namespace: a\nresources: [x.yaml]\n',
      ['namespace added: a', 'resources[] added: x.yaml'],
    ],
    ['what does not parse', overlay, `${overlay}  - [\n`, ['line 37: ']],
  ])('%s', (_, before, after, told) => {
    const actual = toldDifferences(kustomize, before, after, { path: 'overlays/prod/kustomization.yaml' });
    expect(
      actual.map((text, index) => (told[index]?.endsWith(': ') ? text.slice(0, told[index].length) : text)),
    ).toEqual(told);
  });

  it('of generated secrets only that they changed', () => {
    const [before, after] = edited(overlay, 'db=hunter2', 'db=hunter3');
    const versions = { path: 'kustomization.yaml', before, after, beside: new Map<string, string>() };
    const [told] = kustomize.differences(versions).map((difference) => differenceText(redactedDifference(difference)));
    expect(told).toMatch(/^secret shop-secrets db: \[redacted value [\da-f]{8}\] → \[redacted value [\da-f]{8}\]$/);
  });

  it.each([
    ['overlays/prod/kustomization.yaml', undefined, true],
    ['base/kustomization.yml', undefined, true],
    ['Kustomization', undefined, true],
    ['components/x.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n', true],
    ['base/deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n', false],
  ])('%s', (path, text, fits) => {
    expectFit(kustomize, path, text, fits);
  });
});
