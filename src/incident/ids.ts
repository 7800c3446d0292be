/** A ULID: 26 characters of Crockford base 32, the first ten the time in milliseconds. Specification: github.com/ulid/spec. */
export type Ulid = string;

/** What an incident is: a ULID. The folder's name is only a name. */
export type IncidentId = Ulid & { readonly incidentId: unique symbol };

/** One extension host's life in one incident. */
export type WriterId = Ulid;

const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** True for text of a ULID's form. */
export function isUlid(value: unknown): value is Ulid {
  return typeof value === 'string' && ulidPattern.test(value);
}

/** `text` as the id of an incident; undefined when it has not the form of one. */
export function toIncidentId(text: unknown): IncidentId | undefined {
  return isUlid(text) ? (text as IncidentId) : undefined;
}

/** When a ULID was made, in milliseconds since 1970. NaN when it is none. */
export function ulidTimeMs(id: Ulid): number {
  if (!isUlid(id)) return Number.NaN;
  let time = 0;
  for (const character of id.slice(0, 10)) time = time * 32 + crockford.indexOf(character);
  return time;
}
