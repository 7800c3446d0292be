import type { Plain, PlainRecord, StructureOptions } from '../structuralDifferences.ts';
import { isSame } from './isSame.ts';
import { leafText } from './leafText.ts';
import { isLeaf, isRecord } from './plainKinds.ts';
import { memberName } from './spot.ts';

/** A member of two lists: its name in paths, and its index where it is there. */
export interface MatchedMember {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * Fields that identify the members of a list, the likeliest first: Kubernetes' merge keys, then what configurations of
 * services use. A further field joins the first where members have it (a port of TCP and one of UDP).
 */
const identifyingFields: readonly (readonly string[])[] = [
  ['name'],
  ['id'],
  ['key'],
  ['containerPort', 'protocol'],
  ['mountPath'],
  ['port', 'protocol'],
  ['path', 'method'],
  ['host'],
  ['hostname'],
  ['topologyKey'],
  ['job_name'],
  ['alert'],
  ['record'],
  ['slug'],
  ['code'],
  ['title'],
  ['domain'],
  ['source'],
  ['target'],
  ['url'],
  ['email'],
  ['type'],
];

/** Those of them that are values, which change as others do, and no names. */
const valueFields = new Set([
  'containerPort',
  'mountPath',
  'port',
  'path',
  'host',
  'hostname',
  'topologyKey',
  'url',
  'email',
]);

/** Lists of scalars whose order has a meaning; in others (origins, scopes, hosts, tags) nobody reads one into it. */
const orderedLists =
  /^(?:args?|arguments|argv|command|commands|cmd|entrypoint|(?:before_|after_|pre|post)?scripts?|run|exec|test|steps|stages|order|path|middlewares?|plugins|presets|pipelines?|processors|filters|handlers|chain|fallbacks?|providers|priority|priorities|resolvers|servers|brokers|buckets|range|layers|template_loaders|MIDDLEWARE|extends|valueFiles|env_file|(?:Fn::|!).+)$/i;

/** Which members of two lists are the same, in the order of `after`, then those that only `before` has. Linear time. */
export function matchedLists(
  names: readonly string[],
  before: readonly Plain[],
  after: readonly Plain[],
  options: StructureOptions,
): readonly MatchedMember[] {
  const identities = identitiesOf(names, before, after, options);
  if (identities !== undefined) {
    const members = byIdentity(identities.before, identities.after);
    return identities.isValue ? withOnePaired(members) : members;
  }
  const name = names.findLast((part) => !part.startsWith('[')) ?? '';
  const isSet = [...before, ...after].every(isLeaf) && !orderedLists.test(name);
  return isSet ? asSet(before, after) : byPosition(before, after);
}

interface Identities {
  /** What identifies them is a value that is changed as others are, no name. */
  readonly isValue: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function identitiesOf(
  names: readonly string[],
  before: readonly Plain[],
  after: readonly Plain[],
  { identityOf, keyOf }: StructureOptions,
): Identities | undefined {
  if (before.length + after.length === 0 || !before.every(isRecord) || !after.every(isRecord)) return undefined;
  const field = keyOf?.(names);
  const given = identityOf && uniqueIdentities(before, after, (member) => identityOf(names, member));
  if (given) return { ...given, isValue: false };
  for (const fields of field === undefined ? identifyingFields : [[field], ...identifyingFields]) {
    const found = uniqueIdentities(before, after, (member) => identityBy(fields, member));
    if (found) return { ...found, isValue: valueFields.has(fields[0] ?? '') };
  }
  return undefined;
}

function uniqueIdentities(
  before: readonly PlainRecord[],
  after: readonly PlainRecord[],
  identityOf: (member: PlainRecord) => string | undefined,
): Pick<Identities, 'before' | 'after'> | undefined {
  const was = unique(before, identityOf);
  const is = was && unique(after, identityOf);
  return is && { before: was, after: is };
}

function unique(
  members: readonly PlainRecord[],
  identityOf: (member: PlainRecord) => string | undefined,
): readonly string[] | undefined {
  const seen = new Set<string>();
  for (const member of members) {
    const identity = identityOf(member);
    if (identity === undefined || seen.has(identity)) return undefined;
    seen.add(identity);
  }
  return [...seen];
}

function identityBy(fields: readonly string[], member: PlainRecord): string | undefined {
  const [first, ...further] = fields.map((field) => (Object.hasOwn(member, field) ? member[field] : undefined));
  if (!identifies(first)) return undefined;
  return [first, ...further.filter(identifies)].map(leafText).join('/');
}

function identifies(value: Plain): value is string | number | bigint {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint';
}

function byIdentity(before: readonly string[], after: readonly string[]): readonly MatchedMember[] {
  const earlier = new Map(before.map((identity, index) => [identity, index]));
  const members: MatchedMember[] = [];
  for (const [index, identity] of after.entries()) {
    members.push({ name: memberName(identity), before: earlier.get(identity), after: index });
    earlier.delete(identity);
  }
  for (const [identity, index] of earlier)
    members.push({ name: memberName(identity), before: index, after: undefined });
  return members;
}

/** Where one came and one went, it is the same with another value, under its earlier name. */
function withOnePaired(members: readonly MatchedMember[]): readonly MatchedMember[] {
  const [come, ...moreCome] = members.filter(({ before }) => before === undefined);
  const [gone, ...moreGone] = members.filter(({ after }) => after === undefined);
  if (come === undefined || gone === undefined || moreCome.length + moreGone.length > 0) return members;
  return members.flatMap((member) => {
    if (member === gone) return [];
    return [member === come ? { name: gone.name, before: gone.before, after: come.after } : member];
  });
}

/** Equal entries cancel out; of the others nobody can say which became which, unless there is one of each. */
function asSet(before: readonly Plain[], after: readonly Plain[]): readonly MatchedMember[] {
  const counts = new Map<string, number>();
  for (const value of before) count(counts, value, 1);
  const added = [...after.keys()].filter((index) => count(counts, after[index], -1) < 0);
  const removed = [...before.keys()].reverse().filter((index) => count(counts, before[index], -1) >= 0);
  removed.reverse();
  if (added.length === 1 && removed.length === 1) return [{ name: '[]', before: removed[0], after: added[0] }];
  return [
    ...added.map((index) => ({ name: '[]', before: undefined, after: index })),
    ...removed.map((index) => ({ name: '[]', before: index, after: undefined })),
  ];
}

/** How often a value is still to be found once `change` is added. */
function count(counts: Map<string, number>, value: Plain, change: number): number {
  const identity = `${typeof value === 'bigint' ? 'number' : typeof value} ${leafText(value)}`;
  const result = (counts.get(identity) ?? 0) + change;
  // What is missing must not hide what comes later.
  counts.set(identity, change < 0 ? Math.max(0, result) : result);
  return result;
}

/** By position; of lists of different lengths after the members that are the same at the beginning, and from the end. */
function byPosition(before: readonly Plain[], after: readonly Plain[]): readonly MatchedMember[] {
  const [start, end] = before.length === after.length ? [0, 0] : sameEnds(before, after);
  const length = Math.max(before.length, after.length) - end - start;
  return Array.from({ length }, (_, offset) => {
    const index = start + offset;
    const was = index < before.length - end ? index : undefined;
    const is = index < after.length - end ? index : undefined;
    return { name: memberName(String(index)), before: was, after: is };
  });
}

/** How many members are the same at the beginning and, of the others, at the end. */
function sameEnds(before: readonly Plain[], after: readonly Plain[]): readonly [number, number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++;
  return [start, end];
}
