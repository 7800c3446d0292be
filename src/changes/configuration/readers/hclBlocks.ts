import type { BlockSetting, ConfigurationBlock } from '../blockDifferences.ts';
import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { HclScanner } from './hclScanner.ts';
import { collapsed } from './shellWords.ts';
import { withoutSecrets } from './hclSecrets.ts';
import { hclScanner, readHeredoc, skipSpace, skipString } from './hclScanner.ts';

const deepest = 60;
/** Longer values of several lines are compared line by line. */
const oneLine = 160;

/**
 * The blocks and attributes of HCL (Terraform's language). Expressions are not evaluated: they stay text in one spelling of
 * white space, objects apart, whose members are settings of their own. What only its block tells to be a credential is
 * redacted. Throws UnreadableConfiguration with the line.
 */
export function readHcl(text: string): ConfigurationBlock {
  const scanner = hclScanner(text);
  const body = readBody(scanner, 0);
  return withoutSecrets({ kind: 'file', name: '', hint: '', line: 1, ...body });
}

interface Body {
  readonly settings: readonly BlockSetting[];
  readonly blocks: readonly ConfigurationBlock[];
}

function readBody(scanner: HclScanner, depth: number): Body {
  const settings: BlockSetting[] = [];
  const blocks: ConfigurationBlock[] = [];
  const { text } = scanner;
  const start = scanner.lineOf(scanner.at);
  if (depth > deepest) throw new UnreadableConfiguration(`line ${start}: nested too deeply`);
  for (;;) {
    skipSpace(scanner, { lines: true });
    if (scanner.at >= text.length) {
      if (depth > 0) throw new UnreadableConfiguration(`line ${start}: a block does not close`);
      return { settings, blocks };
    }
    const line = scanner.lineOf(scanner.at);
    if (text.charAt(scanner.at) === '}') {
      if (depth === 0) throw new UnreadableConfiguration(`line ${line}: a block closes that never opened`);
      scanner.at++;
      return { settings, blocks };
    }
    const words = readHeader(scanner, line);
    if (text.charAt(scanner.at) === '{') {
      scanner.at++;
      blocks.push(blockOf(words, readBody(scanner, depth + 1), line));
    } else {
      scanner.at++;
      settings.push(...readExpression(scanner, words[0] ?? '', line, depth));
    }
  }
}

/** The words up to `=` or `{`. */
function readHeader(scanner: HclScanner, line: number): readonly string[] {
  const words: string[] = [];
  const { text } = scanner;
  for (;;) {
    skipSpace(scanner, { lines: false });
    const char = text.charAt(scanner.at);
    if (words.length > 0 && (char === '{' || (char === '=' && words.length === 1))) return words;
    const start = scanner.at;
    if (char === '"') {
      skipString(scanner);
      words.push(text.slice(start + 1, scanner.at - 1));
    } else {
      scanner.at += nameRun(text, scanner.at);
      if (scanner.at === start) throw new UnreadableConfiguration(`line ${line}: neither a block nor an attribute`);
      words.push(text.slice(start, scanner.at));
    }
  }
}

function readExpression(scanner: HclScanner, name: string, line: number, depth: number): readonly BlockSetting[] {
  skipSpace(scanner, { lines: false });
  const heredoc = readHeredoc(scanner);
  if (heredoc !== undefined) return [{ name, value: heredoc.join('\n'), lines: heredoc, line }];
  const { text } = scanner;
  if (text.charAt(scanner.at) === '{' && depth < deepest) {
    const start = scanner.at;
    const members = readObject(scanner, name, depth + 1);
    skipSpace(scanner, { lines: false });
    const next = text.charAt(scanner.at);
    if (members !== undefined && (next === '\n' || next === '' || next === ',' || next === '}'))
      return members.length === 0 ? [{ name, value: '{}', line }] : members;
    scanner.at = start;
  }
  const source = readSource(scanner, line);
  const value = source.parts.join('').trim();
  if (value === '') throw new UnreadableConfiguration(`line ${line}: ${name} without a value`);
  return [{ name, value, line, ...(source.lines.length > 1 && value.length > oneLine ? { lines: source.lines } : {}) }];
}

/** The members of an object; undefined for a `for` expression and where keys are computed. */
function readObject(scanner: HclScanner, name: string, depth: number): readonly BlockSetting[] | undefined {
  const { text } = scanner;
  const settings: BlockSetting[] = [];
  scanner.at++;
  for (;;) {
    skipSpace(scanner, { lines: true });
    if (text.charAt(scanner.at) === ',') scanner.at++;
    else if (text.charAt(scanner.at) === '}') {
      scanner.at++;
      return settings;
    } else {
      const start = scanner.at;
      if (text.charAt(start) === '"') skipString(scanner);
      else scanner.at += nameRun(text, scanner.at);
      const key = text.slice(start, scanner.at).replaceAll('"', '');
      skipSpace(scanner, { lines: false });
      const sign = text.charAt(scanner.at);
      if (key === '' || key === 'for' || (sign !== '=' && sign !== ':') || text.charAt(scanner.at + 1) === '=')
        return undefined;
      scanner.at++;
      settings.push(...readExpression(scanner, `${name}.${key}`, scanner.lineOf(start), depth));
    }
  }
}

const names = /[\w.*-]+/y;

function nameRun(text: string, at: number): number {
  names.lastIndex = at;
  return names.exec(text)?.[0].length ?? 0;
}

const plain = /[\w.$!?*+:%|&@-]+/y;

function isPlain(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || (char >= '0' && char <= '9') || char === '_';
}

function plainRun(text: string, at: number): number {
  plain.lastIndex = at;
  return plain.exec(text)?.[0].length ?? 1;
}

/** The text of an expression up to the end of its line, or the comma or brace that ends it in an object. */
function readSource(
  scanner: HclScanner,
  line: number,
): { readonly parts: readonly string[]; readonly lines: readonly string[] } {
  const { text } = scanner;
  const parts: string[] = [];
  const open: string[] = [];
  const push = (part: string): void => {
    if (part === ' ' && (parts.length === 0 || parts.at(-1) === ' ' || /[([]$/.test(parts.at(-1) ?? ''))) return;
    // A comma behind the last member is only a habit.
    if (/^[)\]}]$/.test(part)) while (parts.at(-1) === ' ' || parts.at(-1) === ',') parts.pop();
    if (part === ',' && parts.at(-1) === ' ') parts.pop();
    if (part === '}' && parts.at(-1) !== '{') parts.push(' ');
    parts.push(part);
    if (part === ',' || part === '{') parts.push(' ');
  };
  const start = scanner.at;
  while (scanner.at < text.length) {
    const from = scanner.at;
    skipSpace(scanner, { lines: open.length > 0 });
    if (scanner.at > from) push(' ');
    const char = text.charAt(scanner.at);
    if (
      char === '\n' ||
      char === '' ||
      (open.length === 0 && (char === ',' || char === '}' || char === ')' || char === ']'))
    )
      break;
    const at = scanner.at;
    const heredoc = char === '<' ? readHeredoc(scanner) : undefined;
    if (heredoc !== undefined) push(heredoc.join('\n'));
    else if (char === '"') {
      skipString(scanner);
      push(text.slice(at, scanner.at));
    } else {
      if (char === '(' || char === '[' || char === '{') open.push(char);
      if (char === ')' || char === ']' || char === '}') open.pop();
      const run = isPlain(char) ? plainRun(text, at) : 1;
      scanner.at += run;
      push(text.slice(at, at + run));
    }
  }
  if (open.length > 0) throw new UnreadableConfiguration(`line ${line}: ${open.at(-1) ?? ''} does not close`);
  const lines = text
    .slice(start, scanner.at)
    .split('\n')
    .filter((one) => !/^\s*(?:#|\/\/)/.test(one))
    // How lines are aligned and whether the last one has a comma says nothing.
    .map((one) => collapsed(one).replace(/,$/, ''))
    .filter((one) => one !== '');
  return { parts, lines };
}

const hints = [
  'alias',
  'name',
  'key',
  'id',
  'from',
  'device_name',
  'from_port',
  'to_port',
  'port',
  'protocol',
  'priority',
  'type',
];

function blockOf([kind = '', ...labels]: readonly string[], body: Body, line: number): ConfigurationBlock {
  const values = new Map(body.settings.map(({ name, value }) => [name, value]));
  const hint = hints.flatMap((name) => values.get(name) ?? []).join(' ');
  const settings = ordered.has(kind) ? body.settings : body.settings.map(withMeaning);
  return {
    kind,
    name: [kind, labels.join('.')].filter((part) => part !== '').join(' '),
    hint,
    line,
    ...body,
    settings,
  };
}

/** What stands in these may be counted by position, whatever its name: `aws_subnet.web[0]`. */
const ordered = new Set(['locals', 'variable', 'module', 'output']);

/** Attributes that providers read as sets. */
const sets =
  /(?:^|\.)(?:(?:ipv6_)?cidr_blocks|(?:source|destination)_(?:ranges|tags)|(?:source|destination)_address_prefixes|target_tags|prefix_list_ids|(?:vpc_)?security_group(?:s|_ids)|allowed_(?:methods|headers|origins)|cached_methods|depends_on|ignore_changes)$/;

function withMeaning(setting: BlockSetting): BlockSetting {
  const { name, value, lines } = setting;
  if (lines !== undefined || !sets.test(name) || !value.startsWith('[') || !value.endsWith(']')) return setting;
  const members = value
    .slice(1, -1)
    .split(',')
    .map((member) => member.trim());
  // What is computed stays as it is.
  return members.every((member) => /^(?:"[^",]*"|[\w.-]+)$/.test(member))
    ? { ...setting, meaning: members.sort().join() }
    : setting;
}
