import type { Call } from './calls.ts';
import { argumentsAt, plainArgument, readCalls, split } from './calls.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import { sqlOperations } from './sqlOperations.ts';

/** What the upgrade of a revision of Alembic does (alembic.sqlalchemy.org, Operation Reference). */
export function alembicOperations(text: string): readonly Operation[] {
  const upgrade = upgradeOf(text);
  let table: string | undefined;
  const created = new Set<string>();
  return readCalls(upgrade.text, (name) => wanted.test(name)).flatMap((call) => {
    if (call.name === 'op.batch_alter_table') table = plainArgument(call.args[0] ?? call.named.get('table_name'));
    const at = { ...call, line: call.line + upgrade.line - 1 };
    return operationsOf(at, call.name.startsWith('batch') ? table : undefined, created);
  });
}

/** Operations, and SQL that a connection is given: `op.get_bind().execute(…)`. */
const wanted = /^(?:op|batch_op|batch)\.\w{1,60}$|^(?:[\w.]{1,80}\.)?(?:execute|exec_driver_sql)$/;

/** The parameters of operations, in their order. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  create_table: ['table_name'],
  drop_table: ['table_name'],
  rename_table: ['old_table_name', 'new_table_name'],
  add_column: ['table_name', 'column'],
  drop_column: ['table_name', 'column_name'],
  alter_column: ['table_name', 'column_name'],
  create_index: ['index_name', 'table_name', 'columns'],
  drop_index: ['index_name', 'table_name'],
  create_foreign_key: ['constraint_name', 'source_table'],
  create_check_constraint: ['constraint_name', 'table_name'],
  create_unique_constraint: ['constraint_name', 'table_name'],
  create_primary_key: ['constraint_name', 'table_name'],
  drop_constraint: ['constraint_name', 'table_name'],
  bulk_insert: ['table'],
  execute: ['sqltext'],
};

/** The arguments of a call, given by position or by name; those of a batch have its table in front. */
function argumentsOf({ args, named }: Call, method: string, batchTable: string | undefined): readonly string[] {
  const names = (parameters[method] ?? []).filter(
    (name) => batchTable === undefined || !/^(?:source_)?table/.test(name),
  );
  const given = names.map((name, at) => args[at] ?? named.get(name) ?? '');
  return [...(batchTable === undefined ? [] : [`'${batchTable}'`]), ...given, ...args.slice(names.length)];
}

/** The functions named `upgrade…`; `downgrade` is the way back. */
function upgradeOf(text: string): { readonly text: string; readonly line: number } {
  const start = /^(?:async )?def upgrade\w{0,60}\(/m.exec(text)?.index ?? 0;
  const down = /^(?:async )?def downgrade\w{0,60}\(/m.exec(text.slice(start))?.index;
  return {
    text: text.slice(start, down === undefined ? undefined : start + down),
    line: text.slice(0, start).split('\n').length,
  };
}

function operationsOf(call: Call, batchTable: string | undefined, created: Set<string>): readonly Operation[] {
  const { line, named } = call;
  const method = call.name.slice(call.name.lastIndexOf('.') + 1);
  const args = argumentsOf(call, method, batchTable);
  const [first = '', second = '', third = ''] = args.map(plainName);
  switch (method) {
    case 'create_table':
      created.add(first);
      return [operation(line, `creates table ${first}`)];
    case 'drop_table':
      return [operation(line, `drops table ${first}`, danger.dataGone)];
    case 'rename_table':
      return [operation(line, `renames table ${first} to ${second}`)];
    case 'add_column':
      return [addsColumn(line, first, args[1] ?? '')];
    case 'drop_column':
      return [operation(line, `drops column ${first}.${second}`, danger.dataGone)];
    case 'alter_column':
      return altersColumn(line, `${first}.${second}`, named);
    case 'create_index': {
      const [name, table] = batchTable === undefined ? [first, second] : [second, first];
      const isConcurrent = named.get('postgresql_concurrently') === 'True' || created.has(table);
      const kind = named.get('unique') === 'True' ? 'unique index' : 'index';
      return [
        operation(line, `creates ${kind} ${name} on ${table} ${third}`, isConcurrent ? undefined : danger.indexLocks),
      ];
    }
    case 'drop_index':
      return [operation(line, `drops index ${batchTable === undefined ? first : second}`)];
    case 'create_foreign_key':
    case 'create_check_constraint':
    case 'create_unique_constraint':
    case 'create_primary_key': {
      const kind = method.slice('create_'.length).replaceAll('_', ' ');
      const [name, table] = batchTable === undefined ? [first, second] : [second, first];
      return [
        operation(line, `adds ${kind}${name === 'None' ? '' : ` ${name}`} to table ${table}`, 'checks every row'),
      ];
    }
    case 'drop_constraint':
      return [
        operation(
          line,
          `drops constraint ${batchTable === undefined ? first : second} of table ${batchTable === undefined ? second : first}`,
        ),
      ];
    case 'bulk_insert':
      return [operation(line, `adds rows to ${first}`)];
    case 'execute':
    case 'exec_driver_sql':
      return runsSql(call.args[0] ?? named.get('sqltext') ?? named.get('statement') ?? '', line);
    default:
      return [];
  }
}

/** `op.f("name")` is `name`, and a list of columns is their names. */
function plainName(code: string): string {
  const wrapped = /^op\.f\(([^()]{1,200})\)$/.exec(code)?.[1];
  if (wrapped !== undefined) return plainArgument(wrapped);
  return code.startsWith('[') ? `(${argumentsAt(code, 1).parts.map(plainArgument).join(', ')})` : plainArgument(code);
}

function addsColumn(line: number, table: string, code: string): Operation {
  const open = code.indexOf('(');
  const { args, named } = split(argumentsAt(code, open + 1).parts);
  const lacksDefault = named.get('nullable') === 'False' && !named.has('server_default');
  const type = plainArgument(args[1]);
  return operation(
    line,
    `adds column ${table}.${plainArgument(args[0])} ${type}`,
    lacksDefault ? danger.notNullWithoutDefault : undefined,
  );
}

function altersColumn(line: number, column: string, named: ReadonlyMap<string, string>): readonly Operation[] {
  const found: Operation[] = [];
  const renamed = named.get('new_column_name');
  const type = named.get('type_');
  const fallback = named.get('server_default');
  if (renamed !== undefined) found.push(operation(line, `renames column ${column} to ${plainArgument(renamed)}`));
  if (type !== undefined)
    found.push(operation(line, `changes type of column ${column} to ${plainArgument(type)}`, danger.rewritesTable));
  if (named.get('nullable') === 'False')
    found.push(operation(line, `makes column ${column} not null`, danger.becomesNotNull));
  if (named.get('nullable') === 'True') found.push(operation(line, `lets column ${column} be null`));
  if (fallback !== undefined)
    found.push(operation(line, `sets default of column ${column} to ${plainArgument(fallback)}`));
  return found;
}

function runsSql(code: string, line: number): readonly Operation[] {
  const text = /^(?:\w{1,40}\.)?text\(/.exec(code)?.[0];
  const inner = text === undefined ? code : (argumentsAt(code, text.length).parts[0] ?? '');
  const script = plainArgument(inner);
  if (script === inner.trim().replace(/\s+/g, ' ')) return runsExpression(script, line);
  return sqlOperations(script).map((found) => ({ ...found, line: line + found.line - 1 }));
}

/** A statement that SQLAlchemy makes of an expression, `users.delete()`; what only reads is none of a migration's doing. */
function runsExpression(code: string, line: number): readonly Operation[] {
  const changes = /(?:^|\.)(delete|update)\(/.test(code);
  if (!changes && /(?:^|\.)select\(/.test(code)) return [];
  return [operation(line, `runs SQL: ${code}`, changes ? danger.dataGone : undefined)];
}
