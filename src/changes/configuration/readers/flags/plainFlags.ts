import type { Plain } from '../../structuralDifferences.ts';
import { isList, isRecord } from '../../structure/plainKinds.ts';
import { textAt } from '../../structure/valueAt.ts';
import type { Aspect, Flag } from './flag.ts';
import { aspect, flagValue, percent } from './flag.ts';

/** Keys that only hold flags, and those that hold whether one is on; neither is part of its name. */
const holders = /^(?:flags|features|feature[-_]?flags|feature[-_]?toggles|toggles|experiments)$/i;
const states = /^(?:enabled|enable|on|active|value|default|state|isEnabled|is_enabled)$/i;
const shares = /(?:rollout|percent|percentage|weight|share)$/i;
const environments =
  /^(?:(?:[a-z]{2}-)?(?:prod|production|live|stage|staging|stg|preprod|preview|canary|uat|qa|test|testing|dev|development|local|sandbox|demo)(?:-[a-z]{2}[a-z\d-]{0,12})?)$/i;
const deepest = 40;

interface Leaf {
  readonly names: readonly string[];
  readonly place: readonly string[];
  readonly value: Plain;
}

/** Flags of a file of a team's own shape: every leaf is a flag or an aspect of one, environments among its keys told apart. */
export function plainFlags(value: Plain, lineOf: (place: readonly string[]) => number): readonly Flag[] {
  const flags = new Map<string, { line: number; aspects: Aspect[] }>();
  for (const leaf of leavesOf(value)) {
    const { flag, name, environment } = namedOf(leaf);
    const line = lineOf(leaf.place);
    const isShare = shares.test(leaf.names.at(-1) ?? '');
    const text = isShare && typeof leaf.value === 'number' ? percent(leaf.value) : flagValue(leaf.value);
    const found = flags.get(flag) ?? { line, aspects: [] };
    found.aspects.push(aspect(flag, name, text, { line, environment }));
    flags.set(flag, found);
  }
  return [...flags].map(([name, found]) => ({ name, ...found }));
}

/** True for a word that names an environment: `prod`, `eu-staging`. */
export function isEnvironment(word: string): boolean {
  return environments.test(word);
}

function namedOf({ names }: Leaf): {
  readonly flag: string;
  readonly name: string;
  readonly environment: string | undefined;
} {
  const environment = names.find(isEnvironment);
  const rest = names.filter((name, at) => name !== environment && !(at < names.length - 1 && holders.test(name)));
  const last = rest.at(-1) ?? '';
  if (rest.length > 1 && states.test(last)) return { flag: rest.slice(0, -1).join('.'), name: '', environment };
  if (rest.length > 1 && shares.test(last)) return { flag: rest.slice(0, -1).join('.'), name: 'rollout', environment };
  return { flag: rest.length === 0 ? names.join('.') : rest.join('.'), name: '', environment };
}

function leavesOf(value: Plain): readonly Leaf[] {
  const found: Leaf[] = [];
  const open: Leaf[] = [{ names: [], place: [], value }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const inner = at.names.length > deepest ? [] : membersOf(at);
    if (inner.length === 0) found.push(at);
    else for (let last = inner.length - 1; last >= 0; last--) open.push(inner[last] ?? at);
  }
  return found.filter(({ names }) => names.length > 0);
}

function membersOf({ names, place, value }: Leaf): readonly Leaf[] {
  if (isRecord(value)) {
    const name = nameField(value);
    const entries = Object.entries(value).filter(([key]) => key !== name && !key.startsWith('$'));
    return entries.map(([key, member]) => ({ names: [...names, key], place: [...place, key], value: member }));
  }
  if (!isList(value) || !value.every((member) => isRecord(member) && nameField(member) !== undefined)) return [];
  return value.map((member, at) => ({
    names: [...names, (isRecord(member) ? textAt(member, nameField(member) ?? '') : undefined) ?? String(at)],
    place: [...place, String(at)],
    value: member,
  }));
}

/** The key of a list's member that names it. */
function nameField(value: Plain): string | undefined {
  return ['name', 'key', 'flag', 'id'].find((key) => textAt(value, key) !== undefined);
}
