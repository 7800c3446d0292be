import type { Call } from './calls.ts';
import { argumentsAt, plainArgument, readCalls, split } from './calls.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import { sqlOperations } from './sqlOperations.ts';

/** What a migration in JavaScript or TypeScript does on the way up: Knex, Sequelize, and SQL that TypeORM is given. */
export function scriptOperations(text: string): readonly Operation[] {
  const up = upOf(text);
  const calls = readCalls(up.text, (name) => /^(?:\w+\.){0,3}[a-z]\w{1,40}$/.test(name));
  const tables = calls.filter(({ name }) => /\b(?:alterTable|table|createTable|createTableIfNotExists)$/.test(name));
  return calls.flatMap((call) => {
    const around = tables.filter((table) => table !== call && table.start < call.start && call.end <= table.end).at(-1);
    const tail = up.text.slice(call.end, call.end + 300).split(/[;\n]\s*(?!\s*\.)/)[0] ?? '';
    return operationsOf({ ...call, line: call.line + up.line - 1 }, around, tail);
  });
}

function upOf(text: string): { readonly text: string; readonly line: number } {
  const up = /\bexports\.up\b|\bup\s{0,9}[:=(]|\bfunction\s{1,9}up\b/.exec(text)?.index ?? 0;
  const down = /\bexports\.down\b|\bdown\s{0,9}[:=(]|\bfunction\s{1,9}down\b/.exec(text.slice(up))?.index;
  return {
    text: text.slice(up, down === undefined ? undefined : up + down),
    line: text.slice(0, up).split('\n').length,
  };
}

function operationsOf(call: Call, around: Call | undefined, tail: string): readonly Operation[] {
  const method = call.name.slice(call.name.lastIndexOf('.') + 1);
  const [first = '', second = '', third = ''] = call.args.map(plainArgument);
  const { line } = call;
  if (/\.(?:query|raw)$/.test(call.name)) return runsSql(call.args[0] ?? '', line);
  if (call.name.startsWith('queryInterface.')) return sequelize(method, first, second, third, call);
  if (around !== undefined)
    return /create/i.test(around.name) ? [] : knexColumn(method, plainArgument(around.args[0]), call, tail);
  if (!/\bschema\b/.test(call.name) && !call.name.startsWith('schema.')) return [];
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
      return [operation(line, `creates table ${first}`)];
    case 'dropTable':
    case 'dropTableIfExists':
      return [operation(line, `drops table ${first}`, danger.dataGone)];
    case 'renameTable':
      return [operation(line, `renames table ${first} to ${second}`)];
    default:
      return [];
  }
}

const knexTypes =
  /^(?:increments|bigIncrements|integer|tinyint|smallint|mediumint|bigint|bigInteger|text|string|float|double|decimal|boolean|date|datetime|dateTime|time|timestamp|binary|enum|enu|json|jsonb|uuid|geometry|geography|point|specificType)$/;

function knexColumn(method: string, table: string, { args, line }: Call, tail: string): readonly Operation[] {
  const [first = '', second = ''] = args.map(plainArgument);
  if (method === 'dropColumn' || method === 'dropColumns')
    return args.map((column) => operation(line, `drops column ${table}.${plainArgument(column)}`, danger.dataGone));
  if (method === 'renameColumn') return [operation(line, `renames column ${table}.${first} to ${second}`)];
  if (method === 'index' || method === 'unique')
    return [
      operation(
        line,
        `creates ${method === 'index' ? 'index' : 'unique index'} on ${table} ${first}`,
        danger.indexLocks,
      ),
    ];
  if (method === 'dropIndex' || method === 'dropUnique' || method === 'dropForeign' || method === 'dropPrimary')
    return [operation(line, `drops ${method.slice(4).toLowerCase()} of table ${table} ${first}`.trim())];
  if (method === 'dropNullable')
    return [operation(line, `makes column ${table}.${first} not null`, danger.becomesNotNull)];
  if (method === 'setNullable') return [operation(line, `lets column ${table}.${first} be null`)];
  if (method === 'timestamps') return [operation(line, `adds columns ${table}.created_at and updated_at`)];
  if (!knexTypes.test(method)) return [];
  if (tail.includes('.alter('))
    return [operation(line, `changes type of column ${table}.${first} to ${method}`, danger.rewritesTable)];
  const lacksDefault = tail.includes('.notNullable(') && !tail.includes('.defaultTo(');
  return [
    operation(line, `adds column ${table}.${first} ${method}`, lacksDefault ? danger.notNullWithoutDefault : undefined),
  ];
}

function sequelize(method: string, first: string, second: string, third: string, { line }: Call): readonly Operation[] {
  switch (method) {
    case 'createTable':
      return [operation(line, `creates table ${first}`)];
    case 'dropTable':
      return [operation(line, `drops table ${first}`, danger.dataGone)];
    case 'renameTable':
      return [operation(line, `renames table ${first} to ${second}`)];
    case 'addColumn': {
      const options = split(argumentsAt(third.replace(/^\{/, ''), 0).parts).named;
      const lacksDefault = options.get('allowNull') === 'false' && !options.has('defaultValue');
      return [
        operation(
          line,
          `adds column ${first}.${second} ${options.get('type') ?? third}`,
          lacksDefault ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    }
    case 'removeColumn':
      return [operation(line, `drops column ${first}.${second}`, danger.dataGone)];
    case 'renameColumn':
      return [operation(line, `renames column ${first}.${second} to ${third}`)];
    case 'changeColumn':
      return [operation(line, `changes column ${first}.${second} to ${third}`, danger.rewritesTable)];
    case 'addIndex':
      return [
        operation(
          line,
          `creates index on ${first} ${columnsOf(second)}`,
          /concurrently\s{0,9}:\s{0,9}true/.test(`${second}${third}`) ? undefined : danger.indexLocks,
        ),
      ];
    case 'removeIndex':
    case 'removeConstraint':
      return [operation(line, `drops ${method.slice(6).toLowerCase()} ${columnsOf(second)} of table ${first}`)];
    case 'bulkDelete':
      return [operation(line, `deletes rows of ${first}`, danger.dataGone)];
    case 'bulkUpdate':
      return [operation(line, `updates rows of ${first}`, danger.dataGone)];
    case 'bulkInsert':
      return [operation(line, `adds rows to ${first}`)];
    default:
      return [];
  }
}

/** `['age', 'name']` as `(age, name)`; a name as it is. */
function columnsOf(code: string): string {
  return code.startsWith('[') ? `(${argumentsAt(code, 1).parts.map(plainArgument).join(', ')})` : code;
}

function runsSql(code: string, line: number): readonly Operation[] {
  const script = plainArgument(code);
  if (!/^["'`]/.test(code.trim())) return [operation(line, `runs SQL: ${script}`)];
  return sqlOperations(script).map((found) => ({ ...found, line: line + found.line - 1 }));
}
