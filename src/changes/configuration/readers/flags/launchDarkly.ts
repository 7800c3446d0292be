import type { Plain } from '../../structuralDifferences.ts';
import { isList, isRecord } from '../../structure/plainKinds.ts';
import { textAt, valueAt } from '../../structure/valueAt.ts';
import type { Aspect, Flag } from './flag.ts';
import { aspect, flagValue, rolloutAspects, sortedJson } from './flag.ts';

/** Flags as LaunchDarkly's API and its file data source write them: `flags` or `items`, or one flag alone. */
export function launchDarklyFlags(value: Plain, lineOf: (place: readonly string[]) => number): readonly Flag[] {
  if (
    isRecord(valueAt(value, 'environments')) ||
    (isList(valueAt(value, 'variations')) && textAt(value, 'key') !== undefined)
  )
    return [flagOf(textAt(value, 'key') ?? 'flag', value, [], lineOf)];
  const base = valueAt(value, 'items') === undefined ? 'flags' : 'items';
  const flags = valueAt(value, base);
  const named: readonly (readonly [string, Plain, string])[] = isList(flags)
    ? flags.map((flag, at) => [textAt(flag, 'key') ?? `#${at}`, flag, String(at)])
    : isRecord(flags)
      ? Object.entries(flags).map(([name, flag]) => [name, flag, name])
      : [];
  return [...named.map(([name, flag, step]) => flagOf(name, flag, [base, step], lineOf)), ...flagValues(value, lineOf)];
}

/** The short form of the file data source: `flagValues: {new-pricing: true}`. */
function flagValues(value: Plain, lineOf: (place: readonly string[]) => number): readonly Flag[] {
  const values = valueAt(value, 'flagValues');
  if (!isRecord(values)) return [];
  return Object.entries(values).map(([name, is]) => {
    const line = lineOf(['flagValues', name]);
    return { name, line, aspects: [aspect(name, '', flagValue(is), { line })] };
  });
}

function flagOf(
  name: string,
  flag: Plain,
  place: readonly string[],
  lineOf: (place: readonly string[]) => number,
): Flag {
  const variations = valueAt(flag, 'variations');
  const variants = (isList(variations) ? variations : []).map((one) =>
    flagValue(isRecord(one) ? (valueAt(one, 'value') ?? one) : one),
  );
  const environments = valueAt(flag, 'environments');
  const line = lineOf(place);
  const perEnvironment = isRecord(environments)
    ? Object.entries(environments).flatMap(([environment, settings]) =>
        aspectsOf(name, settings, variants, { environment, line: lineOf([...place, 'environments', environment]) }),
      )
    : aspectsOf(name, flag, variants, { environment: undefined, line });
  const told = variants.length === 0 ? [] : [aspect(name, 'variations', variants.join(', '), { line })];
  return { name, line, aspects: [...perEnvironment, ...told] };
}

interface Within {
  readonly environment: string | undefined;
  readonly line: number;
}

function aspectsOf(flag: string, settings: Plain, variants: readonly string[], within: Within): readonly Aspect[] {
  const named = (index: Plain): string =>
    typeof index === 'number' ? (variants[index] ?? `variation ${index}`) : 'none';
  const on = valueAt(settings, 'on');
  const rules = valueAt(settings, 'rules');
  return [
    ...(typeof on === 'boolean' ? [aspect(flag, '', flagValue(on), within)] : []),
    ...fallthrough(flag, valueAt(settings, 'fallthrough'), named, within),
    ...(valueAt(settings, 'offVariation') === undefined
      ? []
      : [aspect(flag, 'serves when off', named(valueAt(settings, 'offVariation')), within)]),
    ...targets(flag, settings, named, within),
    ...(isList(rules) && rules.length > 0 ? [aspect(flag, 'rules', sortedJson(rules.map(withoutIds)), within)] : []),
  ];
}

function fallthrough(flag: string, value: Plain, named: (index: Plain) => string, within: Within): readonly Aspect[] {
  const variation = valueAt(value, 'variation');
  if (variation !== undefined) return [aspect(flag, 'serves', named(variation), within)];
  const split = valueAt(value, 'rollout', 'variations');
  if (!isList(split)) return [];
  const shares = split.map((one): readonly [string, number] => [
    named(valueAt(one, 'variation')),
    Number(valueAt(one, 'weight') ?? 0),
  ]);
  return rolloutAspects(flag, shares, within);
}

function targets(flag: string, settings: Plain, named: (index: Plain) => string, within: Within): readonly Aspect[] {
  const lists = [valueAt(settings, 'targets'), valueAt(settings, 'contextTargets')].flatMap((list) =>
    isList(list) ? list : [],
  );
  return lists.flatMap((target) => {
    const values = valueAt(target, 'values');
    const kind = textAt(target, 'contextKind');
    const who = kind === undefined || kind === 'user' ? 'targets' : `${kind} targets`;
    if (!isList(values) || values.length === 0) return [];
    return [
      aspect(flag, `${who} of ${named(valueAt(target, 'variation'))}`, values.map(flagValue).sort().join(', '), within),
    ];
  });
}

/** Ids of rules and clauses are new whenever someone saves them. */
function withoutIds(rule: Plain): Plain {
  if (isList(rule)) return rule.map(withoutIds);
  if (!isRecord(rule)) return rule;
  const kept = Object.entries(rule).filter(
    ([key]) => key !== '_id' && key !== 'id' && key !== 'ref' && key !== 'trackEvents',
  );
  return Object.fromEntries(kept.map(([key, value]): [string, Plain] => [key, withoutIds(value)]));
}
