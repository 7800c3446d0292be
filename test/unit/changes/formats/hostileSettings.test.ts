import { describe, expect, it } from 'vitest';
import type { ConfigurationFormat } from '../../../../src/changes/configuration/configurationFormat.ts';
import { UnreadableConfiguration } from '../../../../src/changes/configuration/configurationFormat.ts';
import { applicationSettings } from '../../../../src/changes/configuration/formats/applicationSettings.ts';
import { compose } from '../../../../src/changes/configuration/formats/compose.ts';
import { environmentFile } from '../../../../src/changes/configuration/formats/environmentFile.ts';
import { helm } from '../../../../src/changes/configuration/formats/helm.ts';
import { kubernetes } from '../../../../src/changes/configuration/formats/kubernetes.ts';
import { kustomize } from '../../../../src/changes/configuration/formats/kustomize.ts';
import { workflow } from '../../../../src/changes/configuration/formats/workflow.ts';

// Whatever stands in a file: differences, or the error that falls back to lines, before the test's time is over.

const formats: readonly (readonly [string, ConfigurationFormat, string])[] = [
  ['environment', environmentFile, '.env'],
  ['Kubernetes', kubernetes, 'k8s/a.yaml'],
  ['Kubernetes JSON', kubernetes, 'k8s/a.json'],
  ['Helm', helm, 'values.yaml'],
  ['Kustomize', kustomize, 'kustomization.yaml'],
  ['Compose', compose, 'compose.yaml'],
  ['workflow', workflow, '.github/workflows/a.yml'],
  ...['yaml', 'json', 'toml', 'ini', 'properties'].map(
    (ending) => [ending, applicationSettings, `config/a.${ending}`] as const,
  ),
];

const size = 10_000;
const resource = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a.yaml: |\n';

const texts: Readonly<Record<string, string>> = {
  'a bomb': [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghijklmnop'.split('').map(
      (key, index) =>
        `${key}: &${key} [${Array(9)
          .fill(`*${'abcdefghijklmnop'.charAt(index)}`)
          .join(', ')}]`,
    ),
  ].join('\n'),
  'a bomb of merges': [
    'a0: &a0 {k0: 1}',
    ...Array.from(
      { length: 200 },
      (_, index) => `a${index + 1}: &a${index + 1}\n  <<: [*a${index}, *a${index}]\n  k${index + 1}: 1`,
    ),
  ].join('\n'),
  'a bomb in a config map': `${resource}    a: &a [x, x, x, x, x, x, x, x]\n${'bcdefghijk'
    .split('')
    .map(
      (key, index) =>
        `    ${key}: &${key} [${Array(9)
          .fill(`*${'abcdefghijk'.charAt(index)}`)
          .join(', ')}]`,
    )
    .join('\n')}\n`,
  'open brackets': '['.repeat(size),
  'open braces': '{"a":'.repeat(size),
  'open quotes': `a="${"'".repeat(size)}\n`.repeat(3),
  'deep indentation': Array.from({ length: 800 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'deep dashes': '- '.repeat(size),
  spaces: `a${' '.repeat(size)}b: c${' '.repeat(size)}#`,
  commas: `a: [${'a'.repeat(size)}!\nb: [${'a, '.repeat(size)}!`,
  colons: `a: ${':a'.repeat(size)}`,
  backslashes: `a=${'\\'.repeat(size)}\nb: "${'\\'.repeat(size)}`,
  digits: `a: ${'9'.repeat(size)}\nb = ${'9'.repeat(size)}\n`,
  hashes: ' #'.repeat(size),
  'equal signs': '=\n'.repeat(size),
  'one key many times': 'a=1\n'.repeat(size),
  'one section many times': '[a]\n'.repeat(size),
  'many keys': Array.from({ length: size / 4 }, (_, index) => `k${index}: ${index}`).join('\n'),
  'many variables': Array.from({ length: size / 4 }, (_, index) => `K${index}=${index}`).join('\n'),
  'many documents': '---\na: 1\n'.repeat(size / 4),
  controls: '\u0000\u001b[31m\u202e: \u0007\n'.repeat(1000),
  'a prototype': '{"__proto__": {"a": 1}, "constructor": {"prototype": 1}}',
  prototypes: '__proto__: {a: 1}\nconstructor: 1\ntoString: 2\nhasOwnProperty: 3\n',
  'lists where records are meant':
    'services: [1]\njobs: [2]\nimages: 3\nspec: []\ndata: [4]\nconfigMapGenerator: [5]\nenv: [[6]]\nmetadata: 7\nkind: 8\nitems: 9\n',
  'records where texts are meant':
    'apiVersion: {a: 1}\nkind: {b: 2}\nservices: {a: {image: {c: 3}, ports: {d: 4}, environment: [{e: 5}]}}\njobs: {a: {steps: {uses: 1}}}\n',
  'broken characters': '\ud800: \udfff\na: \ud800',
  nothing: '',
};

describe('hostile settings', () => {
  describe.each(Object.keys(texts))('%s', (title) => {
    it.each(formats)('as %s', (_, format, path) => {
      const text = texts[title] ?? '';
      for (const [before, after] of [
        [undefined, text],
        [text.replace(/[\da]/, 'b'), text],
      ]) {
        const thrown = thrownBy(format, path, before, after);
        if (thrown !== undefined) expect(thrown).toBeInstanceOf(UnreadableConfiguration);
      }
    });
  });

  it('leaves prototypes alone', () => {
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

function thrownBy(
  format: ConfigurationFormat,
  path: string,
  before: string | undefined,
  after: string | undefined,
): unknown {
  try {
    format.differences({ path, before, after, beside: new Map() });
    return undefined;
  } catch (error) {
    return error;
  }
}
