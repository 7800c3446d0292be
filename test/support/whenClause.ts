/** Values of context keys; a key without a value is undefined, as in VS Code. */
export type ContextKeys = Readonly<Record<string, unknown>>;

/** A `when` clause, read: the parts of the language that the manifest uses (no parentheses). */
export interface WhenClause {
  /** The keys it asks, each once. */
  readonly keys: readonly string[];
  /** What keys are compared with by `==` and `!=`. */
  readonly comparisons: readonly { readonly key: string; readonly value: string }[];
  readonly patterns: readonly { readonly key: string; readonly pattern: RegExp }[];
  readonly holds: (context: ContextKeys) => boolean;
}

interface Term {
  readonly key: string;
  readonly negated: boolean;
  readonly operator?: string;
  readonly operand?: string;
}

/** A regular expression ends at the first slash outside of a class, as VS Code reads it. */
const regex = String.raw`\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\/\\[])+\/[gimsuy]*`;
const term = new RegExp(
  String.raw`^\s*(?<negated>!)?(?<key>[\w.:-]+)(?:\s*(?<operator>==|!=|=~|>=|<=|>|<)\s*(?<operand>${regex}|'[^']*'|[\w.:-]+))?\s*(?<joint>&&|\|\||$)`,
);

/** Reads a `when` clause; throws where it has no meaning, a regular expression that does not compile included. */
export function parseWhen(text: string): WhenClause {
  const alternatives: Term[][] = [[]];
  for (let rest = text; rest !== '';) {
    const groups = term.exec(rest)?.groups;
    if (groups?.['key'] === undefined) throw new Error(`No when clause: ${text} (at “${rest}”)`);
    const { key, operator, operand, joint } = groups;
    alternatives.at(-1)!.push({
      key,
      negated: groups['negated'] !== undefined,
      ...(operator === undefined || operand === undefined ? {} : { operator, operand: operand.replace(/^'|'$/g, '') }),
    });
    if (joint === '||') alternatives.push([]);
    rest = rest.replace(term, '');
    if (joint !== '' && rest === '') throw new Error(`A when clause that ends in ${joint}: ${text}`);
  }
  const terms = alternatives.flat().filter(({ key }) => key !== 'true' && key !== 'false');
  return {
    keys: [...new Set(terms.map(({ key }) => key))],
    comparisons: terms
      .filter(({ operator }) => operator === '==' || operator === '!=')
      .map(({ key, operand = '' }) => ({ key, value: operand })),
    patterns: terms
      .filter(({ operator }) => operator === '=~')
      .map(({ key, operand = '' }) => ({ key, pattern: patternOf(operand) })),
    holds: (context) => alternatives.some((all) => all.every((one) => termHolds(one, context))),
  };
}

function patternOf(literal: string): RegExp {
  const end = literal.lastIndexOf('/');
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
}

function termHolds({ key, negated, operator, operand = '' }: Term, context: ContextKeys): boolean {
  const value = key === 'true' ? true : key === 'false' ? false : context[key];
  switch (operator) {
    case undefined:
      return Boolean(value) !== negated;
    case '==':
      return String(value) === operand;
    case '!=':
      return String(value) !== operand;
    case '=~':
      return typeof value === 'string' && patternOf(operand).test(value);
    case '>':
      return Number(value) > Number(operand);
    case '>=':
      return Number(value) >= Number(operand);
    case '<':
      return Number(value) < Number(operand);
    default:
      return Number(value) <= Number(operand);
  }
}
