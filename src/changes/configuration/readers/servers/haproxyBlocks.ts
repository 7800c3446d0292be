import type { BlockSetting, ConfigurationBlock } from '../../blockDifferences.ts';
import { shellWords } from '../shellWords.ts';
import type { OpenBlock } from './directive.ts';
import { closed, directive, listed, openBlock, unreadable } from './directive.ts';

const sections =
  /^(?:global|defaults|frontend|backend|listen|peers|resolvers|mailers|userlist|cache|program|ring|http-errors|fcgi-app|crt-store|traces|log-forward|log-profile|acme)$/;
const keyed =
  /^(?:acl|bind|capture|compression|cookie|default-server|errorfile|filter|http-check|log|nameserver|option|peer|server|server-template|stats|stick|stick-table|table|timeout|tune|use_backend|use-server|user|group|setenv|hold|no)$/;

/** The sections of an HAProxy configuration; servers and timeouts by their names. Throws UnreadableConfiguration with the line. */
export function readHaproxy(text: string): ConfigurationBlock {
  const file = openBlock(['file'], 1);
  let section: OpenBlock | undefined;
  const close = (): void => {
    if (section !== undefined) file.blocks.push(closed(section, { name: section.words.join(' ') }));
  };
  for (const [at, raw] of text.split('\n').entries()) {
    const words = wordsOf(raw, at + 1);
    const [first] = words;
    if (first === undefined || /^\.(?:if|elif|else|endif|notice|warning|alert|diag)$/.test(first)) continue;
    if (sections.test(first) && !/^\s/.test(raw)) {
      close();
      section = openBlock(words.slice(0, 2), at + 1);
    } else if (section === undefined) return unreadable(at + 1, 'a line before the first section');
    else section.settings.push(setting(words, at + 1));
  }
  close();
  return closed(file, { name: '' });
}

const rules = /^(?:(?:http|tcp)-(?:request|response|after-response)|use_backend|use-server|redirect)$/;

function setting(words: readonly string[], line: number): BlockSetting {
  const [first = ''] = words;
  return listed(settingOf(words, line), rules.test(first) ? `${first} rules` : undefined);
}

function settingOf(words: readonly string[], line: number): BlockSetting {
  const [first = '', second = ''] = words;
  // Rules of one kind stand in their order; what they do is their name, the rest their value.
  if (/^(?:http|tcp)-(?:request|response|after-response)$/.test(first))
    return { name: `${first} ${second}`, value: words.slice(2).join(' '), line };
  return directive(words, line, keyed.test(first));
}

function wordsOf(raw: string, line: number): readonly string[] {
  const end = commentStart(raw, line);
  return shellWords(raw.slice(0, end));
}

/** Where a comment begins: at a `#` outside quotes that no backslash stands before. */
function commentStart(raw: string, line: number): number {
  let quote = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charAt(at);
    if (char === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#') return at;
  }
  return quote === '' ? raw.length : unreadable(line, 'a quote does not end');
}
