import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { isoTimeOf } from '../../incident/isoTime.ts';
import { webAddressOf } from '../../safety/webAddress.ts';

/** An entry of a feed: plain text, whatever was in it. Strangers' text. */
export interface FeedEntry {
  readonly title: string;
  readonly text: string;
  readonly id?: string;
  readonly published?: IsoTime;
  /** When it was last changed, where that is told. */
  readonly updated?: IsoTime;
  readonly link?: string;
}

const mostOfDocument = 1024 * 1024;
const mostEntries = 40;
const mostOfEntry = 16 * 1024;
const mostText = 3000;
const mostOfProlog = 20;

/**
 * The entries of an RSS (0.9 to 2.0) or Atom (RFC 4287) feed in their order; undefined for what is no feed. Entities that a
 * document declares are not expanded, tags are dropped, and no part is looked at twice: hostile feeds cost no more than others.
 */
export function readFeed(document: string): readonly FeedEntry[] | undefined {
  // The newest entries come first: what is behind a megabyte of them is of long ago.
  const xml = document.slice(0, mostOfDocument);
  const root = rootName(xml);
  if (root === undefined || !/^(?:rss|feed|rdf:RDF)$/i.test(root)) return undefined;
  const name = root === 'feed' ? 'entry' : 'item';
  return blocks(xml, name).map((block) => entryOf(block));
}

/** The name of the first element, behind declarations, comments and a DOCTYPE. */
function rootName(xml: string): string | undefined {
  let at = 0;
  for (let parts = 0; parts < mostOfProlog; parts++) {
    at = xml.indexOf('<', at);
    if (at < 0) return undefined;
    const end = endOfProlog(xml, at);
    if (end === undefined) return /^<([\w:-]{1,40})/.exec(xml.slice(at, at + 50))?.[1];
    if (end < 0) return undefined;
    at = end;
  }
  return undefined;
}

/** Where what begins here ends, when it is no element; negative when it never does. */
function endOfProlog(xml: string, at: number): number | undefined {
  if (xml.startsWith('<?', at)) return xml.indexOf('?>', at);
  if (xml.startsWith('<!--', at)) return xml.indexOf('-->', at);
  if (!xml.startsWith('<!', at)) return undefined;
  const [bracket, close] = [xml.indexOf('[', at), xml.indexOf('>', at)];
  return bracket >= 0 && bracket < close ? xml.indexOf(']>', bracket) : close;
}

function blocks(xml: string, name: string): readonly string[] {
  const found: string[] = [];
  let at = startOf(xml, name, 0);
  while (at >= 0 && found.length < mostEntries) {
    const end = xml.indexOf(`</${name}>`, at);
    if (end < 0) break;
    found.push(xml.slice(at, Math.min(end, at + mostOfEntry)));
    at = startOf(xml, name, end);
  }
  return found;
}

function startOf(xml: string, name: string, from: number): number {
  let at = xml.indexOf(`<${name}`, from);
  while (at >= 0 && !/[\s/>]/.test(xml[at + name.length + 1] ?? '')) at = xml.indexOf(`<${name}`, at + 1);
  return at;
}

function entryOf(block: string): FeedEntry {
  const text = contentOf(block, 'content:encoded') ?? contentOf(block, 'description') ?? contentOf(block, 'content');
  const link = webAddressOf(contentOf(block, 'link') ?? hrefOf(block) ?? '')?.href;
  return {
    title: contentOf(block, 'title') ?? '',
    text: text ?? contentOf(block, 'summary') ?? '',
    ...definedFields({
      id: contentOf(block, 'guid') ?? contentOf(block, 'id'),
      published: timeOf(contentOf(block, 'pubDate') ?? contentOf(block, 'published') ?? contentOf(block, 'dc:date')),
      updated: timeOf(contentOf(block, 'updated')),
      link,
    }),
  };
}

/** The text of the first element of that name; undefined when there is none, or nothing in it. */
function contentOf(block: string, name: string): string | undefined {
  const start = startOf(block, name, 0);
  const open = start < 0 ? -1 : block.indexOf('>', start);
  if (open < 0 || block[open - 1] === '/') return undefined;
  const end = block.indexOf(`</${name}>`, open);
  const text = plainText(block.slice(open + 1, end < 0 ? block.length : end).slice(0, mostText));
  return text === '' ? undefined : text;
}

function hrefOf(block: string): string | undefined {
  const start = startOf(block, 'link', 0);
  const tag = start < 0 ? '' : block.slice(start, start + 2000).split('>', 1)[0];
  return decoded(/\bhref=["']([^"']{1,1500})["']/.exec(tag ?? '')?.[1] ?? '');
}

/** Markup is markup, escaped or in CDATA or not: all that stays is its text. */
function plainText(inner: string): string {
  const unwrapped = inner.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
  return decoded(withoutTags(decoded(withoutTags(unwrapped))))
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutTags(text: string): string {
  return text.replace(/<[^<>]*>/g, ' ');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** One pass: what an entity stands for is not looked at again. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name = '') => {
      if (decimal !== undefined) return characterOf(Number(decimal));
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      return Object.hasOwn(entities, String(name)) ? (entities[String(name)] ?? whole) : whole;
    },
  );
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
}

/** RFC 822 and ISO 8601, with a zone only: without one it is any of 24 hours. */
function timeOf(text: string | undefined): IsoTime | undefined {
  if (text === undefined || !/(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC?|[ECMP][SD]T)$/i.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : isoTimeOf(ms);
}
