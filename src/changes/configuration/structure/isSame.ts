import type { Plain, PlainRecord } from '../structuralDifferences.ts';
import { isSameLeaf } from './leafChange.ts';
import { isList, isRecord } from './plainKinds.ts';

/** True when two values hold the same, the order of keys aside. Of any depth: it keeps a stack of its own. */
export function isSame(before: Plain, after: Plain): boolean {
  const open: [Plain, Plain][] = [[before, after]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [was, is] = pair;
    if (was === is) continue;
    if (isRecord(was) && isRecord(is)) {
      if (!openRecords(open, was, is)) return false;
    } else if (isList(was) && isList(is)) {
      if (was.length !== is.length) return false;
      was.forEach((value, index) => open.push([value, is[index]]));
    } else if (!isSameLeaf(was, is)) return false;
  }
  return true;
}

function openRecords(open: [Plain, Plain][], was: PlainRecord, is: PlainRecord): boolean {
  const keys = definedKeys(was);
  if (keys.length !== definedKeys(is).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(is, key)) return false;
    open.push([was[key], is[key]]);
  }
  return true;
}

function definedKeys(record: PlainRecord): readonly string[] {
  return Object.keys(record).filter((key) => record[key] !== undefined);
}
