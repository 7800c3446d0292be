import type * as z from 'zod';
import { closestWord } from './closestWord.ts';

type Issue = z.core.$ZodIssue;
type Unknown = Extract<Issue, { code: 'unrecognized_keys' }>;

/**
 * What is wrong in the form that was meant, where a value may have several: zod says of a union only that none fits. The form
 * is the one of the right type that knows the most of the keys; where two know as many, the issue stays as it is.
 * @param value what was checked, from the root of the issues' paths.
 */
export function specificIssues(issues: readonly Issue[], value: unknown): readonly Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const at = issue.path.reduce<unknown>(memberOf, value);
    const meant = meantForm(issue.errors, at);
    if (meant === undefined) return [issue];
    const found = specificIssues(meant, at);
    // A form within it that has no word of its own says less than the whole.
    if (found.some((one) => one.path.length === 0 && one.code !== 'unrecognized_keys')) return [issue];
    return found.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
  });
}

function meantForm(forms: readonly Issue[][], value: unknown): readonly Issue[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const ofType = forms.filter((issues) => !issues.some(isWrongType)).flatMap((issues) => unfolded(issues, value));
  const scored = ofType
    .map((issues) => ({ issues, score: scoreOf(issues, value) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (scored.length === 1) return best?.issues;
  return best === undefined || best.score <= 0 || best.score === second?.score ? undefined : best.issues;
}

/** A form that is itself a choice between forms counts as those. */
function unfolded(issues: readonly Issue[], value: unknown): readonly (readonly Issue[])[] {
  const [only] = issues;
  if (issues.length !== 1 || only?.code !== 'invalid_union' || only.path.length > 0) return [issues];
  const meant = meantForm(only.errors, value);
  return meant === undefined ? [] : [meant];
}

function isWrongType({ code, path }: Issue): boolean {
  return path.length === 0 && code === 'invalid_type';
}

/** How many keys the form knows; one that is nearly known counts for half. A list is known by being one. */
function scoreOf(issues: readonly Issue[], value: object): number {
  if (Array.isArray(value)) return 1;
  const unknown = issues.filter(
    (issue): issue is Unknown => issue.code === 'unrecognized_keys' && issue.path.length === 0,
  );
  const strange = unknown.flatMap(({ keys, message }) => keys.map((key) => closestWord(key, message.split(' '))));
  return Object.keys(value).length - strange.length + strange.filter((meant) => meant !== undefined).length / 2;
}

function memberOf(parent: unknown, segment: PropertyKey): unknown {
  return typeof parent === 'object' && parent !== null ? (parent as Record<PropertyKey, unknown>)[segment] : undefined;
}
