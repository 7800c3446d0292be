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
  return readCalls(upgrade.text, (name) => /^(?:op|batch_op|batch)\.\w{1,60}$/.test(name)).flatMap((call) => {
    if (call.name === 'op.batch_alter_table') table = plainArgument(call.args[0]);
    const at = { ...call, line: call.line + upgrade.line - 1 };
    return operationsOf(at, call.name.startsWith('op.') ? undefined : table, created);
  });
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
  const args = batchTable === undefined ? call.args : [`'${batchTable}'`, ...call.args];
  const [first = '', second = '', third = ''] = args.map(plainName);
  switch (call.name.slice(call.name.indexOf('.') + 1)) {
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
      const kind = call.name.slice(call.name.indexOf('create_') + 'create_'.length).replaceAll('_', ' ');
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
      return runsSql(call.args[0] ?? '', line);
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
  const inner = /^(?:sa\.)?text\(([\s\S]*)\)$/.exec(code)?.[1] ?? code;
  const script = plainArgument(inner);
  if (script === inner.trim().replace(/\s+/g, ' ')) return [operation(line, `runs SQL: ${script}`)];
  return sqlOperations(script).map((found) => ({ ...found, line: line + found.line - 1 }));
}
