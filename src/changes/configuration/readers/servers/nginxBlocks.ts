import type { BlockSetting, ConfigurationBlock } from '../../blockDifferences.ts';
import type { OpenBlock } from './directive.ts';
import { closed, deepestBlock, directive, listed, openBlock, unreadable, valueOf } from './directive.ts';

const keyed = new Set(
  (
    'add_header allow deny env error_page fastcgi_param fastcgi_pass_header fastcgi_hide_header grpc_set_header include limit_req limit_req_zone limit_conn ' +
    'limit_conn_zone load_module log_format more_set_headers proxy_cache_path proxy_cookie_path proxy_hide_header proxy_pass_header proxy_redirect ' +
    'proxy_set_header proxy_cache_valid rewrite server set set_real_ip_from sub_filter uwsgi_param geoip_country js_set access_log listen resolver'
  ).split(' '),
);
/** In these every line is a key and its value, whatever its name. */
const tables = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map']);

/** The blocks of an nginx configuration. Throws UnreadableConfiguration with the line. */
export function readNginx(text: string): ConfigurationBlock {
  const stack: OpenBlock[] = [openBlock(['file'], 1)];
  let words: string[] = [];
  let start = 1;
  for (const { token, line, isQuoted } of nginxTokens(text)) {
    const block = stack.at(-1);
    if (block === undefined) break;
    if (words.length === 0) start = line;
    if (!isQuoted && token === ';') {
      if (words.length > 0) block.settings.push(setting(block, words, start));
      words = [];
    } else if (!isQuoted && token === '{') {
      if (words.length === 0) unreadable(line, 'a block without a name');
      if (stack.length > deepestBlock) unreadable(line, 'nested too deeply');
      stack.push(openBlock(words, start));
      words = [];
    } else if (!isQuoted && token === '}') {
      if (words.length > 0) unreadable(start, `${words[0] ?? ''} does not end with a semicolon`);
      stack.pop();
      const around = stack.at(-1) ?? unreadable(line, 'a block closes that never opened');
      around.blocks.push(closed(block, nameOf(block)));
    } else words.push(token);
  }
  const [file, inner] = stack;
  if (words.length > 0) unreadable(start, `${words[0] ?? ''} does not end with a semicolon`);
  if (inner !== undefined || file === undefined) return unreadable(inner?.line ?? 1, 'a block does not close');
  return closed(file, { name: '' });
}

function setting(block: OpenBlock, words: readonly string[], line: number): BlockSetting {
  const [name = ''] = words;
  const read = listed(directive(words, line, isKeyed(block, words)), listOf(block, name));
  return name === 'allow' || name === 'deny' ? { ...read, run: name } : read;
}

/** Where the first that matches decides. */
function listOf({ words: [kind = ''] }: OpenBlock, name: string): string | undefined {
  if (kind === 'map') return name.startsWith('~') ? 'patterns' : undefined;
  if (tables.has(kind)) return undefined;
  if (name === 'rewrite') return 'rewrite rules';
  return name === 'allow' || name === 'deny' ? 'allow and deny rules' : undefined;
}

function isKeyed(block: OpenBlock, [name = '', ...rest]: readonly string[]): boolean {
  if (tables.has(block.words[0] ?? '')) return false;
  // `access_log off` and `listen 80` are keys only where a value may follow.
  return (
    keyed.has(name) &&
    (rest.length > 1 || /^(?:include|allow|deny|server|listen|load_module|env|set_real_ip_from)$/.test(name))
  );
}

function nameOf(block: OpenBlock): { readonly name: string; readonly hint: string; readonly list?: string } {
  const [kind = '', modifier = ''] = block.words;
  if (kind === 'location' && modifier.startsWith('~'))
    return { name: block.words.join(' '), hint: '', list: 'regex locations' };
  const listens = block.settings
    .filter(({ name }) => name.startsWith('listen '))
    .map(({ name }) => name)
    .sort()
    .join(' ');
  const host = kind === 'server' ? valueOf(block, 'server_name')?.split(' ')[0] : undefined;
  return { name: host === undefined ? block.words.join(' ') : `server ${host}`, hint: listens };
}

interface NginxToken {
  readonly token: string;
  readonly line: number;
  readonly isQuoted: boolean;
}

function* nginxTokens(text: string): Generator<NginxToken> {
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\n') line++;
    else if (char === '#') {
      const end = text.indexOf('\n', at);
      at = (end < 0 ? text.length : end) - 1;
    } else if (char === ';' || char === '{' || char === '}') yield { token: char, line, isQuoted: false };
    else if (char === '"' || char === "'") {
      const start = line;
      let end = at + 1;
      for (; end < text.length && text.charAt(end) !== char; end++) {
        if (text.charAt(end) === '\\') end++;
        if (text.charAt(end) === '\n') line++;
      }
      if (end >= text.length) unreadable(start, 'a quote does not end');
      yield { token: text.slice(at + 1, end), line: start, isQuoted: true };
      at = end;
    } else if (!/\s/.test(char)) {
      const end = endOfWord(text, at);
      yield { token: text.slice(at, end), line, isQuoted: false };
      at = end - 1;
    }
  }
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s;{}]/.test(text.charAt(at))) {
    if (text.charAt(at) === '\\') at++;
    // `${host}` is no block.
    else if (text.startsWith('${', at)) {
      const end = text.slice(at, at + 120).indexOf('}');
      if (end > 0) at += end;
    }
    at++;
  }
  return Math.min(at, text.length);
}
