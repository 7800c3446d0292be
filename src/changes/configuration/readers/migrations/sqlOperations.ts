import { UnreadableConfiguration } from '../../configurationFormat.ts';
import { alterTable } from './alterTable.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import type { SqlCursor } from './sqlCursor.ts';
import { hasKeywords, partsAtCommas, sqlCursor } from './sqlCursor.ts';
import type { SqlStatement } from './sqlStatements.ts';
import { readSqlStatements, sqlText } from './sqlStatements.ts';

/** Tables that the script made, by name in small letters: the name as written where it surely was not there before. */
type Created = Map<string, string | undefined>;

/** What a script of SQL does, in its order. Throws UnreadableConfiguration for quotes and comments that do not end. */
export function sqlOperations(script: string): readonly Operation[] {
  const created: Created = new Map();
  return readSqlStatements(script).flatMap((statement) => changesOf(statement, created));
}

function runs(statement: SqlStatement): Operation {
  const isGrave =
    statement[0]?.keyword === 'MERGE' &&
    (hasKeywords(statement, 'THEN', 'DELETE') || hasKeywords(statement, 'THEN', 'UPDATE'));
  const text = `runs ${sqlText(statement).replace(/\s+/g, ' ')}`;
  return operation(statement[0]?.line ?? 1, text, isGrave ? danger.dataGone : undefined);
}

/** What opens and closes transactions, sets parameters of the session or only speaks changes nothing that lasts. */
const silent = /^(?:BEGIN|COMMIT|END|START|SET|SHOW|USE|PRAGMA|ANALYZE|EXPLAIN|PRINT|SAVEPOINT|RELEASE)$/;

function statementOperations(statement: SqlStatement, created: Created): readonly Operation[] | undefined {
  const cursor = sqlCursor(statement);
  const line = cursor.line();
  const verb = cursor.next()?.keyword ?? '';
  if (silent.test(verb)) return [];
  switch (verb) {
    case 'CREATE':
      return creates(cursor, line, created);
    case 'DROP':
      return drops(cursor, line, created);
    case 'ALTER':
      return cursor.take('TABLE') ? alterTable(cursor) : undefined;
    case 'RENAME':
      return cursor.take('TABLE') ? [operation(line, `renames table ${sqlText(cursor.rest())}`)] : undefined;
    case 'TRUNCATE':
      cursor.take('TABLE');
      cursor.take('ONLY');
      return [truncates(cursor.name(), line, created)];
    case 'DELETE':
      cursor.take('FROM');
      cursor.take('ONLY');
      return [rowsOperation('deletes', cursor, line, created)];
    case 'UPDATE':
      cursor.take('ONLY');
      return [rowsOperation('updates', cursor, line, created)];
    case 'INSERT':
    case 'REPLACE':
      cursor.take('IGNORE');
      cursor.take('INTO');
      return [operation(line, `adds rows to ${cursor.name()}`)];
    case 'DO':
      return someOrNone(bodyOperations(statement, created));
    case 'WITH':
      return someOrNone(partOperations(statement, created));
    default:
      return undefined;
  }
}

function someOrNone(found: readonly Operation[]): readonly Operation[] | undefined {
  return found.length === 0 ? undefined : found;
}

/** What a statement of a block begins with that changes something. */
const changing = /^(?:CREATE|DROP|ALTER|RENAME|TRUNCATE|DELETE|UPDATE|INSERT|MERGE|WITH|EXECUTE)$/;

/** What an anonymous block of PL/pgSQL does, whatever it does it under; what it computes is not told. */
function bodyOperations(statement: SqlStatement, created: Created): readonly Operation[] {
  const body = statement.filter(({ kind }) => kind === 'string').sort((a, b) => b.text.length - a.text.length)[0];
  if (body === undefined) return [];
  const found = statementsIn(body.text).flatMap((inner): readonly Operation[] => {
    const from = inner.findIndex(
      ({ keyword }, at) =>
        changing.test(keyword) && (at === 0 || /^(?:BEGIN|THEN|ELSE|LOOP)$/.test(inner[at - 1]?.keyword ?? '')),
    );
    if (from < 0) return [];
    const part = inner.slice(from);
    return part[0]?.keyword === 'EXECUTE' ? executes(part, created) : changesOf(part, created);
  });
  return movedBy(body.line - 1, found);
}

/** `EXECUTE 'DROP TABLE a'`; of a text that is put together only the kind can be told. */
function executes(statement: SqlStatement, created: Created): readonly Operation[] {
  const script = statement.find(({ kind }) => kind === 'string');
  if (script !== undefined && statement.length === 2) {
    const found = statementsIn(script.text).flatMap((inner) => changesOf(inner, created));
    return movedBy(script.line - 1, found);
  }
  const isGrave = /\b(?:DROP|DELETE|TRUNCATE|UPDATE)\b/i.test(script?.text ?? '');
  return [operation(statement[0]?.line ?? 1, `runs ${sqlText(statement)}`, isGrave ? danger.dataGone : undefined)];
}

function changesOf(statement: SqlStatement, created: Created): readonly Operation[] {
  return statementOperations(statement, created) ?? [runs(statement)];
}

/** A body may be of another language than SQL: then it has no statements. */
function statementsIn(body: string): readonly SqlStatement[] {
  try {
    return readSqlStatements(body);
  } catch (error) {
    if (error instanceof UnreadableConfiguration) return [];
    throw error;
  }
}

function movedBy(lines: number, operations: readonly Operation[]): readonly Operation[] {
  return operations.map((one) => ({ ...one, line: one.line + lines }));
}

/** What the parts of a `WITH` change, and the statement behind them. */
function partOperations(statement: SqlStatement, created: Created): readonly Operation[] {
  const found: Operation[] = [];
  for (let at = 1; at < statement.length; at++) {
    const follows = /^[()]$/.test(statement[at - 1]?.keyword ?? '') && statement[at + 1]?.keyword !== '(';
    if (!follows || !/^(?:DELETE|UPDATE|INSERT|MERGE)$/.test(statement[at]?.keyword ?? '')) continue;
    const part = untilClose(statement, at);
    found.push(...changesOf(part, created));
    // On behind the part, so that hostile text costs no more than long text.
    at += part.length - 1;
  }
  return found;
}

/** The tokens from `from` up to the parenthesis that closes what is open around them. */
function untilClose(tokens: SqlStatement, from: number): SqlStatement {
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at++) {
    if (tokens[at]?.keyword === '(') depth++;
    if (tokens[at]?.keyword === ')' && --depth < 0) break;
  }
  return tokens.slice(from, at);
}

function isOwn(table: string, created: Created): boolean {
  return created.get(table.toLowerCase()) === table;
}

function truncates(table: string, line: number, created: Created): Operation {
  return operation(line, `deletes all rows of ${table}`, isOwn(table, created) ? undefined : danger.dataGone);
}

function rowsOperation(verb: 'deletes' | 'updates', cursor: SqlCursor, line: number, created: Created): Operation {
  const table = cursor.name();
  const isWhole = !hasKeywords(cursor.rest(), 'WHERE');
  const text = `${verb} ${isWhole ? 'all ' : ''}rows of ${table}`;
  if (isOwn(table, created)) return operation(line, text);
  return operation(line, text, danger.dataGone, isWhole ? danger.allRows : undefined);
}

function creates(cursor: SqlCursor, line: number, created: Created): readonly Operation[] {
  cursor.take('OR', 'REPLACE');
  const isUnique = cursor.take('UNIQUE');
  let isTemporary = false;
  while (
    /^(?:TEMP|TEMPORARY|UNLOGGED|GLOBAL|LOCAL|MATERIALIZED|CLUSTERED|NONCLUSTERED|FULLTEXT|SPATIAL|EXTERNAL|FOREIGN|RECURSIVE)$/.test(
      cursor.peek(),
    )
  )
    isTemporary = cursor.next()?.keyword.startsWith('TEMP') === true || isTemporary;
  if (cursor.take('TABLE')) {
    const mayExist = cursor.take('IF', 'NOT', 'EXISTS') && !isTemporary;
    const table = cursor.name();
    created.set(table.toLowerCase(), mayExist ? undefined : table);
    return [operation(line, `creates table ${table}`)];
  }
  if (cursor.take('INDEX')) return [createsIndex(cursor, line, isUnique, created)];
  const kind = cursor.next()?.text.toLowerCase() ?? '';
  cursor.take('IF', 'NOT', 'EXISTS');
  return [operation(line, `creates ${kind} ${cursor.name()}`.trim())];
}

function createsIndex(cursor: SqlCursor, line: number, isUnique: boolean, created: Created): Operation {
  const isConcurrent = cursor.take('CONCURRENTLY');
  cursor.take('IF', 'NOT', 'EXISTS');
  const name = cursor.peek() === 'ON' ? '' : ` ${cursor.name()}`;
  cursor.take('ON');
  cursor.take('ONLY');
  const table = cursor.name();
  const locks = !isConcurrent && !created.has(table.toLowerCase());
  const columns = sqlText(cursor.rest());
  return operation(
    line,
    `creates ${isUnique ? 'unique ' : ''}index${name} on ${table} ${columns}`.trim(),
    locks ? danger.indexLocks : undefined,
  );
}

function drops(cursor: SqlCursor, line: number, created: Created): readonly Operation[] {
  cursor.take('MATERIALIZED');
  const kind = cursor.next()?.text.toLowerCase() ?? '';
  cursor.take('CONCURRENTLY');
  cursor.take('IF', 'EXISTS');
  const isData = /^(?:table|schema|database|tablespace)$/.test(kind);
  return partsAtCommas(cursor.rest()).map((part) => {
    const named = sqlCursor(part);
    const cascades = hasKeywords(part, 'CASCADE');
    const name = named.name();
    return operation(
      part[0]?.line ?? line,
      `drops ${kind} ${name}`,
      isData && !(kind === 'table' && isOwn(name, created)) ? danger.dataGone : undefined,
      cascades ? 'with what depends on it' : undefined,
    );
  });
}
