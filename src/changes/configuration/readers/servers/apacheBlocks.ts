import type { BlockSetting, ConfigurationBlock } from '../../blockDifferences.ts';
import { shellWords } from '../shellWords.ts';
import type { OpenBlock } from './directive.ts';
import { closed, deepestBlock, directive, listed, openBlock, unreadable, valueOf } from './directive.ts';

const keyed =
  /^(?:addhandler|addtype|alias|allow|balancermember|browsermatch|customlog|deny|errordocument|include|includeoptional|listen|loadmodule|passenv|proxypass|proxypassreverse|proxypassmatch|proxyset|redirect|redirectmatch|require|rewritecond|rewriterule|scriptalias|setenv|setenvif|unsetenv|use|define)$/;

/** The sections of an Apache httpd configuration. Throws UnreadableConfiguration with the line. */
export function readApache(text: string): ConfigurationBlock {
  const stack: OpenBlock[] = [openBlock(['file'], 1)];
  for (const { text: source, line } of apacheLines(text)) {
    const block = stack.at(-1);
    if (block === undefined) break;
    const closing = /^<\/\s{0,20}(\w{1,60})\s{0,20}>$/.exec(source)?.[1];
    const opening = /^<\w/.test(source) && source.endsWith('>') ? shellWords(source.slice(1, -1)) : undefined;
    if (closing !== undefined) {
      stack.pop();
      const around = stack.at(-1);
      if (around === undefined || block.words[0]?.toLowerCase() !== closing.toLowerCase())
        return unreadable(line, `</${closing}> closes what is not open`);
      around.blocks.push(closedSection(block));
    } else if (opening !== undefined) {
      if (stack.length > deepestBlock) unreadable(line, 'nested too deeply');
      stack.push(openBlock(opening, line));
    } else if (!/^[A-Za-z][\w.-]*(?:\s|$)/.test(source)) unreadable(line, 'no directive');
    else block.settings.push(setting(source, line));
  }
  const [file, inner] = stack;
  if (inner !== undefined || file === undefined)
    return unreadable(inner?.line ?? 1, `<${inner?.words[0] ?? ''}> does not close`);
  return closed(file, { name: '' });
}

/** Where the first that matches decides, or each works on what those before it made. */
const lists: ReadonlyMap<string, string> = new Map([
  ['rewritecond', 'rewrite rules'],
  ['rewriterule', 'rewrite rules'],
  ['proxypass', 'ProxyPass rules'],
  ['proxypassmatch', 'ProxyPass rules'],
]);

/** The names of directives are told as they stand, and mean the same in any case. */
function setting(source: string, line: number): BlockSetting {
  const read = settingOf(source, line);
  const key = lowerName(read.name);
  return listed({ ...read, key }, lists.get(key.split(' ', 1)[0] ?? ''));
}

function lowerName(name: string): string {
  return name.replace(/^\S+/, (word) => word.toLowerCase());
}

function settingOf(source: string, line: number): BlockSetting {
  const name = /^\S+/.exec(source)?.[0] ?? '';
  const words = [name, ...shellWords(source.slice(name.length).replaceAll('\\', '\\\\'))];
  const lower = name.toLowerCase();
  // `Header always set X-Frame-Options DENY`: what is set is the third or fourth word.
  if (lower === 'header' || lower === 'requestheader') {
    const at = /^(?:always|onsuccess)$/i.test(words[1] ?? '') ? 4 : 3;
    return { name: words.slice(0, at).join(' '), value: words.slice(at).join(' '), line };
  }
  return directive(words, line, keyed.test(lower));
}

function closedSection(block: OpenBlock): ConfigurationBlock {
  const section = closed(block, nameOf(block));
  return { ...section, kind: section.kind.toLowerCase(), key: lowerName(section.name) };
}

function nameOf(block: OpenBlock): { readonly name: string; readonly hint: string } {
  const [kind = '', ...rest] = block.words;
  const host = valueOf(block, 'ServerName');
  if (kind.toLowerCase() === 'virtualhost' && host !== undefined)
    return { name: `VirtualHost ${host}`, hint: rest.join(' ') };
  return { name: block.words.join(' '), hint: '' };
}

function* apacheLines(text: string): Generator<{ readonly text: string; readonly line: number }> {
  let parts: string[] = [];
  let start = 1;
  const lines = text.split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (parts.length === 0) {
      if (line === '' || line.startsWith('#')) continue;
      start = at + 1;
    }
    const goesOn = line.endsWith('\\') && at + 1 < lines.length;
    parts.push(goesOn ? line.slice(0, -1).trim() : line);
    if (goesOn) continue;
    yield { text: parts.join(' '), line: start };
    parts = [];
  }
}
