import type { Plain } from '../../structuralDifferences.ts';
import { isList, isRecord } from '../../structure/plainKinds.ts';
import { textAt, valueAt } from '../../structure/valueAt.ts';
import type { Aspect, Flag } from './flag.ts';
import { aspect, flagValue, percent, sortedJson } from './flag.ts';

interface Within {
  readonly flag: string;
  readonly line: number;
  readonly environment: string | undefined;
}

/** Flags of an Unleash export, of one environment or with `environments` in each feature (docs.getunleash.io, Import & Export). */
export function unleashFlags(value: Plain, lineOf: (place: readonly string[]) => number): readonly Flag[] {
  const features = valueAt(value, 'features');
  if (!isList(features)) return [];
  const apart = {
    environments: byFeature(value, 'featureEnvironments', lineOf),
    strategies: byFeature(value, 'featureStrategies', lineOf),
  };
  return features.map((feature, at): Flag => {
    const name = textAt(feature, 'name') ?? `#${at}`;
    const line = lineOf(['features', String(at)]);
    const environments = [
      ...listAt(feature, 'environments'),
      ...(apart.environments.get(name) ?? []).map(({ value: one }) => one),
    ];
    const aspects = [
      ...state(name, feature, undefined, line),
      ...strategies(listAt(feature, 'strategies'), { flag: name, line, environment: undefined }),
      ...environments.flatMap((one) => {
        const environment = textAt(one, 'environment') ?? textAt(one, 'name');
        return [
          ...state(name, one, environment, line),
          ...strategies(listAt(one, 'strategies'), { flag: name, line, environment }),
        ];
      }),
      ...(apart.strategies.get(name) ?? []).flatMap(({ value: one, line: own }) =>
        strategies([one], { flag: name, line: own, environment: textAt(one, 'environment') }),
      ),
    ];
    return { name, line, aspects };
  });
}

function byFeature(
  value: Plain,
  list: string,
  lineOf: (place: readonly string[]) => number,
): ReadonlyMap<string, { value: Plain; line: number }[]> {
  const found = new Map<string, { value: Plain; line: number }[]>();
  for (const [at, one] of listAt(value, list).entries()) {
    const name = textAt(one, 'featureName') ?? textAt(one, 'feature_name') ?? '';
    const entry = { value: one, line: lineOf([list, String(at)]) };
    const same = found.get(name);
    if (same === undefined) found.set(name, [entry]);
    else same.push(entry);
  }
  return found;
}

function listAt(value: Plain, key: string): readonly Plain[] {
  const list = valueAt(value, key);
  return isList(list) ? list : [];
}

function state(flag: string, value: Plain, environment: string | undefined, line: number): readonly Aspect[] {
  const enabled = valueAt(value, 'enabled');
  return typeof enabled === 'boolean' ? [aspect(flag, '', flagValue(enabled), { line, environment })] : [];
}

function strategies(list: readonly Plain[], within: Within): readonly Aspect[] {
  return list.flatMap((strategy) => strategyAspects(strategy, list.length > 1, within));
}

function strategyAspects(strategy: Plain, isOneOfSeveral: boolean, within: Within): readonly Aspect[] {
  const { flag } = within;
  const name = textAt(strategy, 'strategyName') ?? textAt(strategy, 'name') ?? 'strategy';
  const parameters = valueAt(strategy, 'parameters');
  const { rollout, percentage, ...others } = isRecord(parameters) ? parameters : {};
  const share = rollout ?? percentage;
  const rules = listAt(strategy, 'constraints');
  // The group only says by what users are told apart; what it is by default is the flag's own name.
  const told = Object.entries(others).filter(([key, is]) => !(key === 'groupId' && is === flag) && is !== '');
  const label = isOneOfSeveral && name !== 'flexibleRollout' ? ` of ${name}` : '';
  return [
    ...(share === undefined
      ? [aspect(flag, `strategy ${name}`, '', within)]
      : [aspect(flag, `rollout${label}`, percent(Number(share)), within)]),
    ...told.map(([key, is]) => aspect(flag, `${name} ${key}`, flagValue(is), within)),
    ...(rules.length === 0 ? [] : [aspect(flag, `constraints of ${name}`, sortedJson(rules), within)]),
    ...(listAt(strategy, 'segments').length === 0
      ? []
      : [aspect(flag, `segments of ${name}`, sortedJson(listAt(strategy, 'segments')), within)]),
    ...(valueAt(strategy, 'disabled') === true ? [aspect(flag, `strategy ${name} disabled`, 'on', within)] : []),
  ];
}
