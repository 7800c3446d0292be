import type { SqlToken } from './sqlTokens.ts';
import { readSqlTokens } from './sqlTokens.ts';

/** The tokens of one statement, without what ends it. */
export type SqlStatement = readonly SqlToken[];

/** The statements of a script; `;` in strings, parentheses and bodies of routines ends none, `GO` and `DELIMITER` are known. */
export function readSqlStatements(script: string): readonly SqlStatement[] {
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  let depth = 0;
  const finish = (): void => {
    if (current.length > 0) statements.push(current);
    current = [];
    depth = 0;
  };
  for (const token of readSqlTokens(withoutDelimiters(script))) {
    const previous = current.at(-1);
    const isAlone = token.keyword === 'GO' && (previous === undefined || previous.line < token.line);
    if (isAlone) finish();
    else if (token.keyword === ';' && (depth <= 0 || !isRoutine(current))) finish();
    else {
      if (token.keyword === 'BEGIN' || token.keyword === 'CASE') depth++;
      // END IF and END LOOP close what was not counted.
      if (previous?.keyword === 'END' && /^(?:IF|LOOP|WHILE|REPEAT)$/.test(token.keyword)) depth++;
      if (token.keyword === 'END') depth--;
      current.push(token);
    }
  }
  finish();
  return statements;
}

function isRoutine([first, ...rest]: readonly SqlToken[]): boolean {
  if (first?.keyword !== 'CREATE' && first?.keyword !== 'ALTER') return false;
  return rest.slice(0, 12).some(({ keyword }) => /^(?:TRIGGER|FUNCTION|PROCEDURE|PROC|EVENT|PACKAGE)$/.test(keyword));
}

/** MySQL's client lets a script choose what ends a statement: `DELIMITER //`. */
function withoutDelimiters(script: string): string {
  if (!/^\s{0,40}DELIMITER\s/im.test(script)) return script;
  let delimiter = ';';
  const lines = script.split('\n').map((line) => {
    const chosen = /^\s{0,40}DELIMITER\s{1,40}(\S{1,20})/i.exec(line)?.[1];
    if (chosen !== undefined) delimiter = chosen;
    if (chosen !== undefined) return '';
    return delimiter === ';' ? line : line.replaceAll(delimiter, ';');
  });
  return lines.join('\n');
}

/** A statement in one line, one spelling for white space and keywords; two statements with equal texts do the same. */
export function sqlText(statement: SqlStatement): string {
  let text = '';
  for (const [at, { kind, text: token }] of statement.entries()) {
    const shown = kind === 'string' ? `'${token}'` : kind === 'name' ? `"${token}"` : token;
    const before = statement[at - 1];
    text += isTight(token, before) ? shown : ` ${shown}`;
  }
  return text;
}

const spaced =
  /^(?:KEY|IN|VALUES|AND|OR|NOT|AS|BY|ON|USING|CHECK|UNIQUE|INDEX|WHERE|FROM|SET|SELECT|WITH|WHEN|THEN|ELSE|RETURNS|EXISTS|OVER|INTO|[^\w]+)$/;

function isTight(token: string, before: SqlToken | undefined): boolean {
  if (before === undefined || /^(?:[,).;]|::)$/.test(token) || /^(?:[.(]|::)$/.test(before.text)) return true;
  return token === '(' && before.kind === 'word' && !spaced.test(before.keyword);
}
