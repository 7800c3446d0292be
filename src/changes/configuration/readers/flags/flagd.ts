import type { Plain } from '../../structuralDifferences.ts';
import { isList, isRecord } from '../../structure/plainKinds.ts';
import { textAt, valueAt } from '../../structure/valueAt.ts';
import type { Aspect, Flag } from './flag.ts';
import { aspect, flagValue, rolloutAspects, sortedJson } from './flag.ts';

/** Flags as flagd has them (flagd.dev, Flag Definitions), also those of a FeatureFlag resource, and OpenFeature manifests. */
export function flagdFlags(value: Plain, lineOf: (place: readonly string[]) => number): readonly Flag[] {
  const base = isRecord(valueAt(value, 'spec', 'flagSpec', 'flags')) ? ['spec', 'flagSpec', 'flags'] : ['flags'];
  const flags = valueAt(value, ...base);
  const found = isRecord(flags)
    ? Object.entries(flags).map(([name, flag]) => flagOf(name, flag, lineOf([...base, name])))
    : [];
  const evaluators = valueAt(value, ...base.slice(0, -1), '$evaluators');
  if (!isRecord(evaluators)) return found;
  const line = lineOf([...base.slice(0, -1), '$evaluators']);
  const aspects = Object.entries(evaluators).map(([name, rule]): Aspect => ({
    ...aspect('', name, sortedJson(rule), { line }),
    subject: `evaluator ${name}`,
  }));
  return [...found, { name: '$evaluators', line, aspects }];
}

function flagOf(name: string, flag: Plain, line: number): Flag {
  const place = { line };
  const variants = valueAt(flag, 'variants');
  const targeting = valueAt(flag, 'targeting');
  const shares = sharesIn(targeting);
  const rules = sortedJson(withoutShares(targeting));
  return {
    name,
    line,
    aspects: [
      aspect(name, '', served(flag), place),
      ...(isRecord(variants)
        ? Object.entries(variants).map(([variant, is]) => aspect(name, `variant ${variant}`, flagValue(is), place))
        : []),
      ...rolloutAspects(name, shares, place),
      ...(rules === '' || rules === '{}' || rules === 'null' ? [] : [aspect(name, 'targeting', rules, place)]),
    ],
  };
}

/** What is served where no rule says otherwise: `on`, `off`, a variant's name; `disabled` leaves it to the code. */
function served(flag: Plain): string {
  if (textAt(flag, 'state')?.toUpperCase() === 'DISABLED') return 'disabled';
  const fallback = valueAt(flag, 'defaultVariant');
  if (typeof fallback !== 'string') return flagValue(valueAt(flag, 'defaultValue') ?? fallback ?? 'enabled');
  const value = valueAt(flag, 'variants', fallback);
  return typeof value === 'boolean' ? flagValue(value) : fallback;
}

const deepest = 60;

/** The shares of the first `fractional` in a rule. */
function sharesIn(rule: Plain, depth = 0): readonly (readonly [string, number])[] {
  if (depth > deepest) return [];
  const fractional = valueAt(rule, 'fractional');
  if (isList(fractional)) {
    return fractional.flatMap((share): (readonly [string, number])[] => {
      const variant = valueAt(share, '0');
      const weight = isList(share) ? (share[1] ?? 1) : undefined;
      return isList(share) && typeof variant === 'string' && typeof weight === 'number' ? [[variant, weight]] : [];
    });
  }
  const inner = isList(rule) ? rule : isRecord(rule) ? Object.values(rule) : [];
  for (const one of inner) {
    const found = sharesIn(one, depth + 1);
    if (found.length > 0) return found;
  }
  return [];
}

/** A rule with the weights of its shares left out, which are told as the rollout. */
function withoutShares(rule: Plain, depth = 0): Plain {
  if (depth > deepest) return rule;
  if (isList(rule)) return rule.map((one) => withoutShares(one, depth + 1));
  if (!isRecord(rule)) return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]): [string, Plain] => {
      if (key !== 'fractional' || !isList(value)) return [key, withoutShares(value, depth + 1)];
      return [key, value.map((share) => (isList(share) && typeof share[0] === 'string' ? [share[0]] : share))];
    }),
  );
}
