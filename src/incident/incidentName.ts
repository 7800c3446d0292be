import type { Ulid } from './ids.ts';
import type { IsoTime } from './isoTime.ts';

/** Slack allows 80 characters in a channel's name. */
const channelLimit = 80;
/** What a person reads out in a call: longer titles are cut at a word. */
const briefLimit = 40;

/**
 * The incident's name, `2026-11-23-checkout-down`: the UTC date of the declaration and the title in lower-case ASCII
 * letters, digits and hyphens. A title without any such character gives `incident`. Also the folder's and, after
 * the prefix, the channel's name.
 */
export function incidentName(title: string, declaredAt: IsoTime): string {
  return `${declaredAt.slice(0, 10)}-${briefName(title)}`;
}

/** The name of a confidential incident: it says nothing of the title. */
export function confidentialName(id: Ulid, declaredAt: IsoTime): string {
  return `${declaredAt.slice(0, 10)}-confidential-${id.slice(-4).toLowerCase()}`;
}

/** `name` for its `attempt`th try at being unique: the second is `name-2`. */
export function numberedName(name: string, attempt: number): string {
  return attempt === 1 ? name : `${name}-${attempt}`;
}

/**
 * The chat channel of an incident, with its `#`; at most 80 characters after it, the first and the last a letter or digit.
 * A prefix too long for that is cut, not the name, which tells the incidents apart.
 */
export function channelName(prefix: string, name: string): string {
  const brief = channelText(name).slice(0, channelLimit);
  const before = channelText(prefix).slice(0, channelLimit - brief.length);
  const full = `${before}${brief}`.replace(/^[-_]+|[-_]+$/g, '');
  return `#${full === '' ? 'incident' : full}`;
}

function channelText(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
}

function briefName(title: string): string {
  const ascii = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (ascii.length <= briefLimit) return ascii === '' ? 'incident' : ascii;
  const cut = ascii.slice(0, briefLimit + 1);
  const atWord = cut.lastIndexOf('-');
  return atWord > briefLimit / 2 ? cut.slice(0, atWord) : cut.slice(0, briefLimit).replace(/-+$/, '');
}
