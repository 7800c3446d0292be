import { alterTable } from './alterTable.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import type { SqlCursor } from './sqlCursor.ts';
import { hasKeywords, partsAtCommas, sqlCursor } from './sqlCursor.ts';
import type { SqlStatement } from './sqlStatements.ts';
import { readSqlStatements, sqlText } from './sqlStatements.ts';

/** What a script of SQL does, in its order. Throws UnreadableConfiguration for quotes and comments that do not end. */
export function sqlOperations(script: string): readonly Operation[] {
  const created = new Set<string>();
  return readSqlStatements(script).flatMap((statement) => {
    const found = statementOperations(statement, created);
    return found ?? [operation(statement[0]?.line ?? 1, `runs ${sqlText(statement).replace(/\s+/g, ' ')}`)];
  });
}

/** What opens and closes transactions, sets parameters of the session or only speaks changes nothing that lasts. */
const silent = /^(?:BEGIN|COMMIT|END|START|SET|SHOW|USE|PRAGMA|ANALYZE|EXPLAIN|PRINT|SAVEPOINT|RELEASE)$/;

function statementOperations(statement: SqlStatement, created: Set<string>): readonly Operation[] | undefined {
  const cursor = sqlCursor(statement);
  const line = cursor.line();
  const verb = cursor.next()?.keyword ?? '';
  if (silent.test(verb)) return [];
  switch (verb) {
    case 'CREATE':
      return creates(cursor, line, created);
    case 'DROP':
      return drops(cursor, line);
    case 'ALTER':
      return cursor.take('TABLE') ? alterTable(cursor) : undefined;
    case 'RENAME':
      return cursor.take('TABLE') ? [operation(line, `renames table ${sqlText(cursor.rest())}`)] : undefined;
    case 'TRUNCATE':
      cursor.take('TABLE');
      cursor.take('ONLY');
      return [operation(line, `deletes all rows of ${cursor.name()}`, danger.dataGone)];
    case 'DELETE':
      cursor.take('FROM');
      cursor.take('ONLY');
      return [rowsOperation('deletes', cursor, line)];
    case 'UPDATE':
      cursor.take('ONLY');
      return [rowsOperation('updates', cursor, line)];
    case 'INSERT':
    case 'REPLACE':
      cursor.take('IGNORE');
      cursor.take('INTO');
      return [operation(line, `adds rows to ${cursor.name()}`)];
    default:
      return undefined;
  }
}

function rowsOperation(verb: 'deletes' | 'updates', cursor: SqlCursor, line: number): Operation {
  const table = cursor.name();
  const isWhole = !hasKeywords(cursor.rest(), 'WHERE');
  return operation(
    line,
    `${verb} ${isWhole ? 'all ' : ''}rows of ${table}`,
    danger.dataGone,
    isWhole ? danger.allRows : undefined,
  );
}

function creates(cursor: SqlCursor, line: number, created: Set<string>): readonly Operation[] {
  cursor.take('OR', 'REPLACE');
  const isUnique = cursor.take('UNIQUE');
  while (
    /^(?:TEMP|TEMPORARY|UNLOGGED|GLOBAL|LOCAL|MATERIALIZED|CLUSTERED|NONCLUSTERED|FULLTEXT|SPATIAL|EXTERNAL|FOREIGN|RECURSIVE)$/.test(
      cursor.peek(),
    )
  )
    cursor.next();
  if (cursor.take('TABLE')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    const table = cursor.name();
    created.add(table.toLowerCase());
    return [operation(line, `creates table ${table}`)];
  }
  if (cursor.take('INDEX')) return [createsIndex(cursor, line, isUnique, created)];
  const kind = cursor.next()?.text.toLowerCase() ?? '';
  cursor.take('IF', 'NOT', 'EXISTS');
  return [operation(line, `creates ${kind} ${cursor.name()}`.trim())];
}

function createsIndex(cursor: SqlCursor, line: number, isUnique: boolean, created: Set<string>): Operation {
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

function drops(cursor: SqlCursor, line: number): readonly Operation[] {
  cursor.take('MATERIALIZED');
  const kind = cursor.next()?.text.toLowerCase() ?? '';
  cursor.take('CONCURRENTLY');
  cursor.take('IF', 'EXISTS');
  const isData = /^(?:table|schema|database|tablespace)$/.test(kind);
  return partsAtCommas(cursor.rest()).map((part) => {
    const named = sqlCursor(part);
    const cascades = hasKeywords(part, 'CASCADE');
    return operation(
      part[0]?.line ?? line,
      `drops ${kind} ${named.name()}`,
      isData ? danger.dataGone : undefined,
      cascades ? 'with what depends on it' : undefined,
    );
  });
}
