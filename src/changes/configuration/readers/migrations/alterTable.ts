import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import type { SqlCursor } from './sqlCursor.ts';
import { hasKeywords, partsAtCommas, sqlCursor } from './sqlCursor.ts';
import { sqlText } from './sqlStatements.ts';
import type { SqlToken } from './sqlTokens.ts';

/** What an `ALTER TABLE` does, one operation per action; `cursor` stands behind `TABLE`. */
export function alterTable(cursor: SqlCursor): readonly Operation[] {
  cursor.take('IF', 'EXISTS');
  cursor.take('ONLY');
  const table = cursor.name();
  let verb = '';
  return partsAtCommas(cursor.rest()).flatMap((part) => {
    const first = part[0]?.keyword ?? '';
    // Oracle and SQL Server name the verb once: `DROP COLUMN a, b`, `ADD a int, b int`.
    const isVerb =
      /^(?:ADD|DROP|ALTER|MODIFY|CHANGE|RENAME|SET|RESET|ENABLE|DISABLE|OWNER|VALIDATE|ATTACH|DETACH|CONVERT|ENGINE|COMMENT|AUTO_INCREMENT|ALGORITHM|LOCK|ORDER|INHERIT|WITH|REPLICA|FORCE|CLUSTER)$/.test(
        first,
      );
    if (isVerb) verb = first;
    return action(table, verb, sqlCursor(isVerb ? part.slice(1) : part), part);
  });
}

function action(table: string, verb: string, cursor: SqlCursor, part: readonly SqlToken[]): readonly Operation[] {
  const line = part[0]?.line ?? 1;
  switch (verb) {
    case 'ADD':
      return added(table, cursor, line);
    case 'DROP':
      return [dropped(table, cursor, line)];
    case 'ALTER':
    case 'MODIFY':
      return [altered(table, cursor, line)];
    case 'CHANGE': {
      cursor.take('COLUMN');
      const [from, to] = [cursor.name(), cursor.name()];
      const type = sqlText(cursor.rest());
      return [
        operation(
          line,
          from === to ? `changes column ${table}.${to} to ${type}` : `renames column ${table}.${from} to ${to} ${type}`,
          danger.rewritesTable,
        ),
      ];
    }
    case 'RENAME':
      return [renamed(table, cursor, line)];
    default:
      return [operation(line, `alters table ${table}: ${sqlText(part)}`)];
  }
}

function added(table: string, cursor: SqlCursor, line: number): readonly Operation[] {
  const text = (): string => sqlText(cursor.rest());
  switch (cursor.peek()) {
    case 'CONSTRAINT':
    case 'FOREIGN':
    case 'PRIMARY':
    case 'CHECK':
    case 'EXCLUDE': {
      const rest = cursor.rest();
      const checksRows = hasKeywords(rest, 'FOREIGN', 'KEY') || hasKeywords(rest, 'CHECK');
      return [
        operation(
          line,
          `adds to table ${table}: ${text()}`,
          checksRows && !hasKeywords(rest, 'NOT', 'VALID') ? 'checks every row' : undefined,
        ),
      ];
    }
    case 'UNIQUE':
    case 'INDEX':
    case 'KEY':
    case 'FULLTEXT':
    case 'SPATIAL':
    case 'PARTITION':
    case 'PERIOD':
    case 'PROJECTION':
    case 'STATISTICS':
      return [operation(line, `adds to table ${table}: ${text()}`)];
    case '(': {
      const inside = cursor.rest().slice(1, -1);
      return partsAtCommas(inside).flatMap((part) => added(table, sqlCursor(part), part[0]?.line ?? line));
    }
  }
  cursor.take('COLUMN');
  if (cursor.peek() === '(') return added(table, cursor, line);
  cursor.take('IF', 'NOT', 'EXISTS');
  const column = cursor.name();
  const definition = cursor.rest();
  return [
    operation(
      line,
      `adds column ${table}.${column} ${sqlText(definition)}`,
      lacksDefault(definition) ? danger.notNullWithoutDefault : undefined,
    ),
  ];
}

function lacksDefault(definition: readonly SqlToken[]): boolean {
  const fills = definition.some(({ keyword }) =>
    /^(?:DEFAULT|GENERATED|AS|IDENTITY|AUTO_INCREMENT|AUTOINCREMENT|(?:SMALL|BIG)?SERIAL)$/.test(keyword),
  );
  return hasKeywords(definition, 'NOT', 'NULL') && !fills;
}

function dropped(table: string, cursor: SqlCursor, line: number): Operation {
  for (const kind of ['CONSTRAINT', 'INDEX', 'KEY', 'PARTITION', 'CHECK', 'PROJECTION', 'STATISTICS'])
    if (cursor.take(kind)) {
      cursor.take('IF', 'EXISTS');
      return operation(
        line,
        `drops ${kind.toLowerCase()} ${cursor.name()} of table ${table}`,
        kind === 'PARTITION' ? danger.dataGone : undefined,
      );
    }
  if (cursor.take('PRIMARY', 'KEY')) return operation(line, `drops primary key of table ${table}`);
  if (cursor.take('FOREIGN', 'KEY')) return operation(line, `drops foreign key ${cursor.name()} of table ${table}`);
  cursor.take('COLUMN');
  cursor.take('IF', 'EXISTS');
  if (cursor.peek() === '(')
    return operation(line, `drops columns ${sqlText(cursor.rest())} of table ${table}`, danger.dataGone);
  return operation(line, `drops column ${table}.${cursor.name()}`, danger.dataGone);
}

function altered(table: string, cursor: SqlCursor, line: number): Operation {
  if (cursor.take('CONSTRAINT') || cursor.take('INDEX'))
    return operation(line, `alters table ${table}: ${sqlText(cursor.rest())}`);
  cursor.take('COLUMN');
  const column = `${table}.${cursor.name()}`;
  if (cursor.take('SET', 'NOT', 'NULL'))
    return operation(line, `makes column ${column} not null`, danger.becomesNotNull);
  if (cursor.take('DROP', 'NOT', 'NULL')) return operation(line, `lets column ${column} be null`);
  if (cursor.take('SET', 'DEFAULT'))
    return operation(line, `sets default of column ${column} to ${sqlText(cursor.rest())}`);
  if (cursor.take('DROP', 'DEFAULT')) return operation(line, `drops default of column ${column}`);
  const isType = cursor.take('SET', 'DATA', 'TYPE') || cursor.take('TYPE');
  if (!isType && /^(?:SET|DROP|ADD|RESTART)$/.test(cursor.peek()))
    return operation(line, `alters column ${column}: ${sqlText(cursor.rest())}`);
  return operation(line, `changes type of column ${column} to ${sqlText(cursor.rest())}`, danger.rewritesTable);
}

function renamed(table: string, cursor: SqlCursor, line: number): Operation {
  if (cursor.take('TO') || cursor.take('AS'))
    return operation(line, `renames table ${table} to ${cursor.name()}`, 'code that still uses the old name fails');
  for (const kind of ['CONSTRAINT', 'INDEX', 'KEY'])
    if (cursor.take(kind))
      return operation(line, `renames ${kind.toLowerCase()} of table ${table}: ${sqlText(cursor.rest())}`);
  cursor.take('COLUMN');
  const from = cursor.name();
  if (!cursor.take('TO'))
    return operation(line, `renames table ${table} to ${from}`, 'code that still uses the old name fails');
  return operation(
    line,
    `renames column ${table}.${from} to ${cursor.name()}`,
    'code that still uses the old name fails',
  );
}
