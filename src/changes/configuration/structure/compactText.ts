import { redactValueOf } from '../../../safety/redactValue.ts';
import type { Plain, PlainRecord } from '../structuralDifferences.ts';
import { leafText } from './leafText.ts';
import { isEmpty, isLeaf, isList, isRecord } from './plainKinds.ts';

/** More leaves, or longer text, and only their number is told. */
const mostLeaves = 4;
const longestText = 160;

/**
 * A value in one line: a leaf as it is, a record or list by its leaves when they are few, `{image: x, limits.cpu: 1}`, else
 * by size: `12 keys`, `7 entries`. Within records credentials are redacted, because the names beside them are not seen later.
 */
export function compactText(names: readonly string[], value: Plain): string {
  if (isLeaf(value)) return blockText(value);
  const name = names.findLast((part) => !part.startsWith('[')) ?? '';
  const text = rendered(value, { name, owner: '', depth: 0 }, { leaves: mostLeaves });
  return text !== undefined && text.length <= longestText ? text : sizeText(value);
}

interface Within {
  /** The key that the value stands under. */
  readonly name: string;
  /** The name that the record around it gives itself: `DB_PASSWORD` of `{name: DB_PASSWORD, value: …}`. */
  readonly owner: string;
  readonly depth: number;
}

/** Undefined as soon as there are more leaves than the budget has, however large the value is. */
function rendered(value: Plain, within: Within, budget: { leaves: number }): string | undefined {
  if (isLeaf(value) || isEmpty(value)) return budget.leaves-- > 0 ? leafIn(value, within) : undefined;
  if (within.depth > mostLeaves) return undefined;
  const parts = isList(value) ? listParts(value, within, budget) : recordParts(value, within, budget);
  return parts && (isList(value) ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`);
}

function listParts(list: readonly Plain[], within: Within, budget: { leaves: number }): readonly string[] | undefined {
  if (list.length > budget.leaves) return undefined;
  const parts = list.map((item) => rendered(item, { ...within, depth: within.depth + 1 }, budget));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** Records in records by their path: `limits.cpu: 1`. */
function recordParts(value: Plain, around: Within, budget: { leaves: number }): readonly string[] | undefined {
  if (!isRecord(value) || around.depth > mostLeaves) return undefined;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length > budget.leaves) return undefined;
  const owner = nameOf(value) ?? around.owner;
  const parts: string[] = [];
  for (const [key, item] of entries) {
    const inner = memberParts(item, { name: key, owner, depth: around.depth + 1 }, budget);
    if (inner === undefined) return undefined;
    parts.push(...inner);
  }
  return parts;
}

function memberParts(item: Plain, within: Within, budget: { leaves: number }): readonly string[] | undefined {
  if (isRecord(item) && !isEmpty(item)) {
    return recordParts(item, within, budget)?.map((part) => `${within.name}.${part}`);
  }
  const text = rendered(item, within, budget);
  return text === undefined ? undefined : [`${within.name}: ${text}`];
}

function leafIn(value: Plain, { name, owner }: Within): string {
  if (!isLeaf(value)) return isList(value) ? '[]' : '{}';
  const isOfOwner = owner !== '' && /^(?:value|default|content|data)$/i.test(name);
  return redactValueOf(isOfOwner ? owner : name, blockText(value));
}

function nameOf(value: PlainRecord): string | undefined {
  const name = value['name'] ?? value['key'];
  return typeof name === 'string' ? name : undefined;
}

function sizeText(value: Plain): string {
  const [count, one, many] = isList(value)
    ? [value.length, 'entry', 'entries']
    : [Object.keys(value as object).length, 'key', 'keys'];
  return `${count} ${count === 1 ? one : many}`;
}

function blockText(value: Plain): string {
  const text = leafText(value);
  const lines = text.trimEnd().split('\n').length;
  return lines > 1 ? `${lines} lines` : text;
}
