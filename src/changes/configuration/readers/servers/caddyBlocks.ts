import type { ConfigurationBlock } from '../../blockDifferences.ts';
import type { OpenBlock } from './directive.ts';
import { closed, deepestBlock, directive, openBlock, unreadable } from './directive.ts';

const keyed =
  /^(?:header|header_up|header_down|request_header|import|respond|redir|rewrite|uri|file_server|root|basic_auth|basicauth|handle_errors|reverse_proxy|php_fastcgi|vars|error|env)$/;

/** The sites of a Caddyfile and the blocks in them. Throws UnreadableConfiguration with the line. */
export function readCaddyfile(text: string): ConfigurationBlock {
  const stack: OpenBlock[] = [openBlock(['file'], 1)];
  let isOneSite = false;
  for (const { words, line } of caddyLines(text)) {
    const block = stack.at(-1);
    if (block === undefined) break;
    if (words.length === 1 && words[0] === '}') {
      stack.pop();
      const around = stack.at(-1) ?? unreadable(line, 'a block closes that never opened');
      around.blocks.push(closed(block, { name: nameOf(block.words, stack.length) }));
    } else if (words.at(-1) === '{') {
      if (stack.length > deepestBlock) unreadable(line, 'nested too deeply');
      stack.push(openBlock(words.length === 1 ? ['options'] : words.slice(0, -1), line));
    } else if (stack.length === 1 && words.length <= 2 && /^(?:\{\$[^{}]{1,200}\}|import)$/.test(words[0] ?? '')) {
      block.settings.push(setting(words, line));
    } else if (stack.length === 1 && !isOneSite) {
      // A file of one site may leave its braces out.
      isOneSite = true;
      stack.push(openBlock(words, line));
    } else block.settings.push(setting(words, line));
  }
  const [file, site, inner] = stack;
  if (file === undefined || inner !== undefined || (site !== undefined && !isOneSite))
    return unreadable((inner ?? site)?.line ?? 1, 'a block does not close');
  if (site !== undefined) file.blocks.push(closed(site, { name: nameOf(site.words, 1) }));
  return closed(file, { name: '' });
}

function nameOf(words: readonly string[], depth: number): string {
  const text = words.join(' ').replace(/,$/, '');
  return depth > 1 || text === 'options' || text.startsWith('(') ? text : `site ${text}`;
}

function setting(words: readonly string[], line: number): ReturnType<typeof directive> {
  const [name = '', first = ''] = words;
  // `reverse_proxy /api/* host`: a matcher says where, what follows says what.
  const isMatched = /^[/@*]/.test(first);
  return directive(words, line, isMatched || (keyed.test(name) && /^(?:header|request_header|import)/.test(name)));
}

function* caddyLines(text: string): Generator<{ readonly words: readonly string[]; readonly line: number }> {
  let words: string[] = [];
  let line = 1;
  let start = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\n') {
      // Addresses of one site may stand on several lines.
      if (words.length > 0 && words.at(-1)?.endsWith(',') !== true) {
        yield { words, line: start };
        words = [];
      }
      line++;
    } else if (char === '\\' && text.charAt(at + 1) === '\n') {
      line++;
      at++;
    } else if (char === '#' && /\s|^$/.test(text.charAt(at - 1))) {
      const end = text.indexOf('\n', at);
      at = (end < 0 ? text.length : end) - 1;
    } else if (!/\s/.test(char)) {
      if (words.length === 0) start = line;
      const end = endOfToken(text, at, line);
      words.push(/["`]/.test(char) ? text.slice(at + 1, end - 1) : text.slice(at, end));
      line += text.slice(at, end).split('\n').length - 1;
      at = end - 1;
    }
  }
  if (words.length > 0) yield { words, line: start };
}

function endOfToken(text: string, from: number, line: number): number {
  const quote = text.charAt(from);
  let at = from;
  if (quote !== '"' && quote !== '`') {
    while (at < text.length && !/\s/.test(text.charAt(at))) at++;
    return at;
  }
  for (at++; at < text.length; at++) {
    if (text.charAt(at) === '\\' && quote === '"') at++;
    else if (text.charAt(at) === quote) return at + 1;
  }
  return unreadable(line, 'a quote does not end');
}
