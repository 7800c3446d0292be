import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { UnreadableConfiguration } from '../../../../src/changes/configuration/configurationFormat.ts';
import { blockYaml } from '../../../../src/changes/configuration/readers/blockYaml.ts';
import { fullYaml } from '../../../../src/changes/configuration/readers/fullYaml.ts';
import type { LocatedValue } from '../../../../src/changes/configuration/readers/locatedValue.ts';
import type { Plain } from '../../../../src/changes/configuration/structuralDifferences.ts';

// The quick reader of YAML must give what the library gives, or leave the text to it.

const texts: readonly (readonly [string, string])[] = [
  [
    'a manifest',
    'apiVersion: v1\nkind: List\nitems:\n- name: a\n  ports:\n  - containerPort: 80\n- name: b\n  args: ["-x", --y=1]\n',
  ],
  ['comments', '# first\na: 1 # one\n# between\nb:\n  # inside\n  c: x#y\n# last\n'],
  ['documents', '---\na: 1\n---\n# nothing\n---\nb: 2\n'],
  ['windows line ends', 'a: 1\r\nb:\r\n  - x\r\n  - y\r\n'],
  ['a byte order mark', '\ufeffa: 1\n'],
  ['quotes', `a: "x: y # z"\nb: 'it''s'\nc: "tab\\t\\"q\\""\n"d e": ''\n'f': ""\n`],
  [
    'types',
    'a: ~\nb: true\nc: 0x1F\nd: 0o17\ne: 1e3\nf: .5\ng: -.inf\nh: 1_000\ni: 12345678901234567890\nj: yes\nk: 2024-01-01\nl: 1.10\nm: +7\n',
  ],
  ['keys of many types', 'true: a\n8080: b\n1.0: c\nnull: d\n/metrics: e\napp.kubernetes.io/name: f\non: g\n'],
  ['a literal block', 'a: |\n  x: 1\n   more\n\n  # no comment\n  end\nb: |-\n  last\n\n\nc: 1\n'],
  ['a literal block at the end', 'a:\n  - |\n    x\n    y\n'],
  ['a literal block without a line end', 'a: |\n  x\n  y'],
  ['a literal block with spaces behind', 'a: |\n  x\n     \n  y\n   \nb: 1\n'],
  ['a folded block', 'a: >-\n  one\n  two\n\n  three\n    more\nb: >\n  x\n'],
  ['sequences in sequences', 'a:\n- - 1\n  - 2\n- - - x\n'],
  ['an item on the next line', 'a:\n  -\n    b: 1\n  -\n  - c\n'],
  ['a compact mapping', '- name: a\n  env:\n  - name: X\n    value: "1"\n-   b: 2\n    c: 3\n'],
  ['empty values', 'a:\nb:\n  c:\n  d: \n- e\n'],
  ['flow', 'a: []\nb: {}\nc: [a, b, 1, -1]\nd: { x: 1, y: [z] }\ne: [ "a b", \'c\' ]\ng: [ ] # none\nh: [a,]\n'],
  [
    'quoted words in flow',
    'a: ["/"]\nb: [ "npm" , "run: x","#y" ]\nc: ["", "{a}", "["] # none\nd: ["x",]\ne: ["a": 1]\nf: ["\\u0041", "b"]\ng: ["ä\u00a0€"]\nh: ["-", "1", "true"]\n',
  ],
  ['flow of several lines', 'a: [1,\n  2]\nb: {\n  c: 1\n}\n'],
  ['scalars of several lines', 'a: one\n  two\nb: "x\n  y"\n'],
  ['anchors', 'a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n'],
  ['tags', 'a: !Ref Topic\nb: !Sub\n  - x\n'],
  ['duplicate keys', 'a: 1\na: 2\n'],
  ['a colon in a value', 'a: http://x:80/y\nb: a:b\nc: "x": y\n'],
  ['a nested mapping in one line', 'a: b: c\n'],
  ['tabs', 'a:\n\tb: 1\n'],
  ['tabs in values', 'a: x\ty\t# c\nb:\t1\n'],
  ['wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['a sequence in a mapping', 'a: 1\n- b\n'],
  ['a mapping in a sequence', '- a\nb: 1\n'],
  ['an open quote', 'a: "x\nb: 1\n'],
  ['directives', '%YAML 1.2\n---\na: 1\n'],
  ['an end', 'a: 1\n...\nb: 2\n'],
  ['a template', 'a: {{ .Values.x }}\n{{- if .Values.y }}\nb: 1\n{{- end }}\n'],
  ['text alone', 'just text\n'],
  ['nothing', ''],
  ['only comments', '# a\n'],
  ['indented as a whole', '  a: 1\n  b:\n    c: 2\n'],
  ['a dash that is text', 'a: -x\nb: - x\nc: -\n'],
  ['a question', '? a\n: b\nc: ?x\n'],
  ['a document in its marker', '--- a: 1\n'],
  ['a marker in a block', 'a: |\n  ---\n  b\n---\nc: 1\n'],
  ['an emptied block', 'a: |\nb: 1\n'],
  ['keys with spaces', 'a b : 1\nc  d: 2\n'],
  ['a prototype', '__proto__:\n  a: 1\nconstructor: x\n'],
];

describe('reading blocks of YAML', () => {
  it.each(texts)('%s', (_, text) => {
    agrees(text);
  });

  it('reads what people usually write', () => {
    const usual = [
      'a manifest',
      'comments',
      'documents',
      'quotes',
      'types',
      'a literal block',
      'a compact mapping',
      'flow',
    ];
    for (const [name, text] of texts.filter(([name]) => usual.includes(name)))
      expect(blockYaml(text), name).toBeDefined();
  });

  it('agrees with the library about what the library writes', () => {
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.double(),
          fc.boolean(),
          fc.constant(null),
          fc.constantFrom('a: b', '- x', '#', 'a #b', 'x\ny\n', 'x\n\n', '  x\n y', 'null', '1', '~', '"', "'"),
        ),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('name', '1', 'true', 'a b', 'a.b/c')), tie('any'), {
          maxKeys: 4,
        }),
      ),
    })).any;
    const options = fc.record({
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 40),
      indent: fc.constantFrom(2, 4),
    });
    fc.assert(
      fc.property(value, options, (any, style) => {
        agrees(stringify(any, { ...style, aliasDuplicateObjects: false }));
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with the library about lines put together at random', () => {
    const row = fc.constantFrom(
      ...[
        'a: 1',
        'b:',
        'c: x',
        '- a',
        '- a: 1',
        '-',
        '- - x',
        '# c',
        '',
        'd: |',
        'e: >',
        'f: "x"',
        "g: 'y' # c",
        '---',
        'h: [a, b]',
        'i: {a: 1}',
        'text',
        'j: "',
        'k: a: b',
        'more text',
        'o: "x',
        'y"',
        'p: [a,',
        'b]',
        'q: {a: 1,',
        'b: [1]}',
        '- |',
        'l: -',
        'm: [',
        ']',
        'n : 2',
        '- b:',
        '-  c: 1',
        '...',
      ],
    );
    const line = fc.tuple(fc.constantFrom(0, 0, 1, 2, 2, 4, 6), row).map(([indent, text]) => ' '.repeat(indent) + text);
    const text = fc
      .tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom('\n', ''))
      .map(([rows, end]) => rows.join('\n') + end);
    fc.assert(fc.property(text, agrees), { numRuns: 4000 });
  });
});

function agrees(text: string): void {
  const quick = blockYaml(text);
  if (quick === undefined) return;
  expect(described(quick)).toEqual(described(whole(text)));
}

function whole(text: string): readonly LocatedValue[] | string {
  try {
    return fullYaml(text).filter(({ value }) => value !== null);
  } catch (error) {
    if (error instanceof UnreadableConfiguration) return error.message;
    throw error;
  }
}

/** Values with the line of each, so that both are compared. */
function described(documents: readonly LocatedValue[] | string): unknown {
  if (typeof documents === 'string') return documents;
  return documents.map(({ value, lineOf }) =>
    placesOf(value).map(([place, leaf]) => [place.join('/'), leaf, lineOf(place)]),
  );
}

function placesOf(value: Plain, place: readonly string[] = []): (readonly [readonly string[], unknown])[] {
  if (typeof value !== 'object' || value === null) return [[place, value]];
  const entries = Object.entries(value as Record<string, Plain>);
  const kind = Array.isArray(value) ? 'list' : 'record';
  return [[place, kind], ...entries.flatMap(([key, member]) => placesOf(member, [...place, key]))];
}
