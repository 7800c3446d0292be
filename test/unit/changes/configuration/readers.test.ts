import { describe, expect, it } from 'vitest';
import { UnreadableConfiguration } from '../../../../src/changes/configuration/configurationFormat.ts';
import { environmentValue } from '../../../../src/changes/configuration/readers/environmentValue.ts';
import { iniValue } from '../../../../src/changes/configuration/readers/iniValue.ts';
import { jsonValue } from '../../../../src/changes/configuration/readers/jsonValue.ts';
import type { LocatedValue } from '../../../../src/changes/configuration/readers/locatedValue.ts';
import { propertiesValue } from '../../../../src/changes/configuration/readers/propertiesValue.ts';
import { tomlValue } from '../../../../src/changes/configuration/readers/tomlValue.ts';
import { yamlDocuments } from '../../../../src/changes/configuration/readers/yamlDocuments.ts';

// What each reader gives, and in which line it found it: `place/of/value: line`.

type Read = (text: string) => LocatedValue;
const yaml: Read = (text) => yamlDocuments(text)[0]!;

describe('values and their lines', () => {
  it.each<readonly [string, Read, string, unknown, readonly string[]]>([
    [
      'YAML',
      yaml,
      'a:\n  - name: x\n    b: 1\n  - name: y\n',
      { a: [{ name: 'x', b: 1 }, { name: 'y' }] },
      ['a: 1', 'a/0/b: 3', 'a/y: 4', 'a/1/none: 4', 'z: 1'],
    ],
    [
      'YAML with anchors',
      yaml,
      'x: &x\n  b: 1\n  c: 2\ny:\n  <<: *x\n  c: 3\nz: [*x]\n',
      { x: { b: 1, c: 2 }, y: { b: 1, c: 3 }, z: [{ b: 1, c: 2 }] },
      ['y/b: 2', 'y/c: 6', 'z/0/c: 3'],
    ],
    [
      'YAML merging several',
      yaml,
      'a: &a {k: 1}\nb: &b {k: 2, l: 3}\nc:\n  <<: [*a, *b]\n',
      { a: { k: 1 }, b: { k: 2, l: 3 }, c: { k: 1, l: 3 } },
      ['c/l: 2'],
    ],
    [
      'YAML with tags',
      yaml,
      'a: !Ref Topic\nb: !Sub\n  - ${x}\nc: !!str 3\n',
      { a: '!Ref Topic', b: { '!Sub': ['${x}'] }, c: '3' },
      ['b/!Sub: 2'],
    ],
    [
      'JSON',
      jsonValue,
      '{\n  "a": [\n    1,\n    {"b": 2}\n  ]\n}',
      { a: [1, { b: 2 }] },
      ['a: 2', 'a/0: 3', 'a/1/b: 4'],
    ],
    ['JSON with comments', jsonValue, '{\n  // why\n  "a": 1, /* x */\n}', { a: 1 }, ['a: 3']],
    ['JSON with duplicate keys', jsonValue, '{"a": 1,\n"a": 2}', { a: 2 }, ['a: 2']],
    ['JSON with large integers', jsonValue, '{"a": 12345678901234567890}', { a: 12345678901234567890n }, ['a: 1']],
    [
      'JSON with a prototype',
      jsonValue,
      '{"__proto__": {"a": 1}}',
      JSON.parse('{"__proto__": {"a": 1}}'),
      ['__proto__/a: 1'],
    ],
    [
      'TOML',
      tomlValue,
      'a = 1\n[t]\nb.c = "x" # c\nlist = [\n  "]", # ]\n  "y",\n]\n[[t.u]]\nv = \'\\\'\n[[t.u]]\nv = """\nw = 1\n"""\n["q.r".s]\nz = 1\n',
      { a: 1, t: { b: { c: 'x' }, list: [']', 'y'], u: [{ v: '\\' }, { v: 'w = 1\n' }] }, 'q.r': { s: { z: 1 } } },
      ['a: 1', 't: 2', 't/b/c: 3', 't/list: 4', 't/list/1: 4', 't/u/0/v: 9', 't/u/1: 10', 't/u/1/v: 11', 'q.r/s/z: 15'],
    ],
    [
      'INI',
      iniValue,
      'top = 1\n[db]\n; comment\nurl: http://x#y ; why\nflag\nname = "a ; b"\n  [x]\nlist =\n  one\n  two\n[db]\nport=5432\n',
      { top: '1', db: { url: 'http://x#y', flag: null, name: 'a ; b\n[x]', list: 'one\ntwo', port: '5432' } },
      ['top: 1', 'db/url: 4', 'db/list: 8', 'db/port: 12'],
    ],
    ['INI with repeated keys', iniValue, '[u]\nExec=a\nExec=b\n', { u: { Exec: ['a', 'b'] } }, ['u/Exec: 3']],
    [
      'INI indented as git does',
      iniValue,
      '[core]\n\teditor = vi\n\tpager = less\n',
      { core: { editor: 'vi', pager: 'less' } },
      ['core/pager: 3'],
    ],
    [
      'properties',
      propertiesValue,
      '# c\na.b=1\nc : x\\\n  y\n! d\nk\\ e v\nu=\\u0041\n',
      { 'a.b': '1', c: 'xy', 'k e': 'v', u: 'A' },
      ['a.b: 2', 'c: 3', 'k e: 6', 'u: 7'],
    ],
    [
      'environment',
      environmentValue,
      'A=1 # c\nexport B="x\nC=3\n"\nD: y\n\nE\nF=\'a#b\'\n',
      { A: '1', B: 'x\nC=3\n', D: 'y', E: '', F: 'a#b' },
      ['A: 1', 'B: 2', 'D: 5', 'E: 7', 'F: 8'],
    ],
  ])('%s', (_, read, text, value, places) => {
    const located = read(text);
    expect(located.value).toEqual(value);
    expect(
      places.map(
        (place) => `${place.replace(/: \d+$/, '')}: ${located.lineOf(place.replace(/: \d+$/, '').split('/'))}`,
      ),
    ).toEqual(places);
  });
});

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghijklmnop'
    .split('')
    .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghijklmnop'[index]}`).join(', ')}]`),
].join('\n');

describe('what cannot be read', () => {
  it.each<readonly [string, Read, string, string]>([
    ['YAML that does not parse', yaml, 'a: 1\nb: [1\n', 'line 3: '],
    ['a YAML bomb', yaml, bomb, 'line 6: aliases make more than 500000 values of it'],
    ['a YAML alias to itself', yaml, 'a: &a\n  b: *a\n', 'line 2: *a refers to what it is part of'],
    ['a YAML alias to nothing', yaml, 'a: *x\n', 'line 1: '],
    ['YAML nested too deeply', yaml, '['.repeat(100_000), 'line 1: '],
    ['a Helm template', yaml, 'a: 1\n{{- if .Values.x }}\nb: {{ .Values.y }}\n{{- end }}\n', 'line 2: '],
    ['JSON that does not parse', jsonValue, '{\n  "a": ,\n}', 'line 2: value expected'],
    ['JSON that was cut', jsonValue, '{"a": 1', 'line 1: close brace expected'],
    ['JSON with nothing in it', jsonValue, '', 'line 1: '],
    ['JSON nested too deeply', jsonValue, '[1,'.repeat(100_000), 'line 1: nested too deeply'],
    ['TOML that does not parse', tomlValue, 'a = 1\nb = \n', 'line 2: '],
    ['TOML with a key twice', tomlValue, 'a = 1\na = 2\n', 'line 2: '],
    ['an INI section that does not close', iniValue, 'a = 1\n[x\n', 'line 2: a section that does not close'],
    ['properties with a wrong escape', propertiesValue, 'a=1\nb=\\u00g1\n', 'line 2: '],
    [
      'a shell program',
      environmentValue,
      'A=1\nif [ -f x ]; then\n  . x\nfi\n',
      'line 2: neither NAME=value nor a comment',
    ],
  ])('%s', (_, read, text, message) => {
    let thrown: unknown;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnreadableConfiguration);
    expect((thrown as Error).message.slice(0, message.length)).toBe(message);
    expect((thrown as Error).message).not.toContain('\n');
  });
});
