import { argumentsAt, plainArgument, split } from './calls.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import type { RailsLine } from './railsLines.ts';
import { railsLines } from './railsLines.ts';
import { sqlOperations } from './sqlOperations.ts';

interface Block {
  readonly table: string;
  readonly isNew: boolean;
  readonly indent: number;
  readonly variable: string;
}

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly named: ReadonlyMap<string, string>;
  readonly line: RailsLine;
  /** False where a variable says which table it is. */
  readonly isLiteral: boolean;
}

/** What a migration of Rails does on the way up (guides.rubyonrails.org, Active Record Migrations). */
export function railsOperations(text: string): readonly Operation[] {
  const created = new Set<string>();
  let block: Block | undefined;
  return railsLines(text).flatMap((line) => {
    if (block !== undefined && line.text === 'end' && line.indent <= block.indent) {
      block = undefined;
      return [];
    }
    const command = commandOf(line);
    const table = tableOf(command);
    const opened = /^(create_table|change_table|create_join_table)\b.*\bdo \|(\w+)\|$/.exec(line.text);
    if (command.name === 'create_table' || command.name === 'create_join_table') created.add(table);
    if (opened !== null)
      block = { table, isNew: opened[1] !== 'change_table', indent: line.indent, variable: opened[2] ?? 't' };
    else if (block !== undefined && command.name.startsWith(`${block.variable}.`))
      return block.isNew ? [] : inBlock(block, command);
    return operationsOf(command, created);
  });
}

function commandOf(line: RailsLine): Command {
  const called = /^[A-Za-z_][\w.:]*[!?]?/.exec(line.text)?.[0] ?? '';
  const rest = line.text
    .slice(called.length)
    .replace(/(?<!\s)\s+(?:do(?: \|[^|]*\|)?|if .*|unless .*)$/, '')
    .trim();
  const inside = rest.startsWith('(') ? rest.slice(1) : rest;
  const { args, named } = split(argumentsAt(inside, 0).parts);
  const isLiteral = /^[:"'[{]/.test(args[0] ?? ':');
  const name = called.replace(/^(?:[\w.:]{1,80}[.:])?connection\.(?:execute|exec_(?:query|update|delete))$/, 'execute');
  return { name, args: args.map(plainArgument), named, line, isLiteral };
}

/** The table of a command; one that joins two is called after both, in the order of the alphabet. */
function tableOf({ name, args, named }: Command): string {
  const [first = '', second = ''] = args;
  if (!name.endsWith('_join_table')) return first;
  return plainArgument(named.get('table_name') ?? [first, second].sort().join('_'));
}

function operationsOf(command: Command, created: ReadonlySet<string>): readonly Operation[] {
  const { name, args, named, isLiteral } = command;
  const { line, document, text } = command.line;
  const [table = '', second = '', third = ''] = args;
  if (!isLiteral && schemaCommand.test(name)) return [operation(line, `runs ${text}`)];
  const columns = second.replace(/^\[|\]$/g, '').replaceAll(':', '');
  switch (name) {
    case 'create_table':
    case 'create_join_table':
      return [operation(line, `creates table ${tableOf(command)}`)];
    case 'drop_table':
      return args.map((one) => operation(line, `drops table ${one}`, danger.dataGone));
    case 'drop_join_table':
      return [operation(line, `drops table ${tableOf(command)}`, danger.dataGone)];
    case 'rename_table':
      return [operation(line, `renames table ${table} to ${second}`)];
    case 'add_column':
      return [
        operation(
          line,
          `adds column ${table}.${second} ${third}`.trim(),
          lacksDefault(named) && !created.has(table) ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    case 'add_reference':
    case 'add_belongs_to':
      return [
        operation(
          line,
          `adds column ${table}.${second}_id`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    case 'add_timestamps':
      return [
        operation(
          line,
          `adds columns ${table}.created_at and updated_at`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    case 'remove_column':
      return [operation(line, `drops column ${table}.${second}`, danger.dataGone)];
    case 'remove_columns':
      return args.slice(1).map((column) => operation(line, `drops column ${table}.${column}`, danger.dataGone));
    case 'remove_reference':
    case 'remove_belongs_to':
      return [operation(line, `drops column ${table}.${second}_id`, danger.dataGone)];
    case 'remove_timestamps':
      return [operation(line, `drops columns ${table}.created_at and updated_at`, danger.dataGone)];
    case 'rename_column':
      return [operation(line, `renames column ${table}.${second} to ${third}`)];
    case 'change_column':
      return [operation(line, `changes type of column ${table}.${second} to ${third}`, danger.rewritesTable)];
    case 'change_column_null':
      return [
        third === 'false'
          ? operation(line, `makes column ${table}.${second} not null`, danger.becomesNotNull)
          : operation(line, `lets column ${table}.${second} be null`),
      ];
    case 'change_column_default':
      return [
        operation(line, `sets default of column ${table}.${second} to ${plainArgument(named.get('to') ?? third)}`),
      ];
    case 'add_index': {
      const isConcurrent = named.get('algorithm') === ':concurrently' || created.has(table);
      const kind = named.get('unique') === 'true' ? 'unique index' : 'index';
      return [
        operation(line, `creates ${kind} on ${table} (${columns})`, isConcurrent ? undefined : danger.indexLocks),
      ];
    }
    case 'remove_index':
      return [
        operation(
          line,
          `drops index of ${table} (${columns === '' ? plainArgument(named.get('column') ?? named.get('name')) : columns})`,
        ),
      ];
    case 'add_foreign_key':
      return [
        operation(
          line,
          `adds foreign key from ${table} to ${second}`,
          named.get('validate') === 'false' ? undefined : 'checks every row',
        ),
      ];
    case 'remove_foreign_key':
      return [operation(line, `drops foreign key from ${table} to ${second}`)];
    case 'change_table':
      return [];
    case 'execute':
      return document === undefined ? runsSql(table, line) : runsSql(document, line + 1);
    default:
      return schemaCommand.test(name) ? [operation(line, `runs ${text}`)] : dataOperation(text, line);
  }
}

function runsSql(script: string, line: number): readonly Operation[] {
  return sqlOperations(script).map((found) => ({ ...found, line: line + found.line - 1 }));
}

const schemaCommand = /^(?:add|change|create|drop|remove|rename|validate|enable|disable)_\w{1,60}$/;

function dataOperation(text: string, line: number): readonly Operation[] {
  const found =
    /\.(update_all|delete_all|destroy_all|insert_all|upsert_all|update_columns?|update!?|destroy!?|delete|create!?|save!?)(?![\w?])/.exec(
      text,
    )?.[1];
  if (found === undefined) return [];
  return [operation(line, `changes data: ${text}`, /^(?:insert|create)/.test(found) ? undefined : danger.dataGone)];
}

function lacksDefault(named: ReadonlyMap<string, string>): boolean {
  return named.get('null') === 'false' && !named.has('default');
}

/** What `t.…` of a table does that has a command of its own. */
const commandOfVerb: Readonly<Record<string, string>> = {
  remove_index: 'remove_index',
  remove_timestamps: 'remove_timestamps',
  remove_foreign_key: 'remove_foreign_key',
  foreign_key: 'add_foreign_key',
  change_null: 'change_column_null',
  change_default: 'change_column_default',
};

function inBlock({ table }: Block, command: Command): readonly Operation[] {
  const { name, args, named } = command;
  const { line } = command.line;
  const verb = name.slice(name.indexOf('.') + 1);
  const [first = '', second = ''] = args;
  const own = commandOfVerb[verb];
  if (own !== undefined)
    return operationsOf({ ...command, name: own, args: [table, ...args], isLiteral: true }, new Set());
  switch (verb) {
    case 'remove':
      return args.map((column) => operation(line, `drops column ${table}.${column}`, danger.dataGone));
    case 'remove_references':
    case 'remove_belongs_to':
      return args.map((one) => operation(line, `drops column ${table}.${one}_id`, danger.dataGone));
    case 'rename':
      return [operation(line, `renames column ${table}.${first} to ${second}`)];
    case 'change':
      return [operation(line, `changes type of column ${table}.${first} to ${second}`, danger.rewritesTable)];
    case 'index':
      return [
        operation(
          line,
          `creates index on ${table} (${first.replace(/^\[|\]$/g, '').replaceAll(':', '')})`,
          named.get('algorithm') === ':concurrently' ? undefined : danger.indexLocks,
        ),
      ];
    case 'column':
      return [
        operation(
          line,
          `adds column ${table}.${first} ${second}`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    case 'timestamps':
      return [operation(line, `adds columns ${table}.created_at and updated_at`)];
    case 'references':
    case 'belongs_to':
      return args.map((one) =>
        operation(
          line,
          `adds column ${table}.${one}_id`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      );
    default:
      // What is no type of a column: `t.rename_index`, `t.check_constraint`.
      if (/^(?:add|change|drop|remove|rename|validate)_|constraint$/.test(verb))
        return [operation(line, `alters table ${table}: ${command.line.text}`)];
      return args.map((column) =>
        operation(
          line,
          `adds column ${table}.${column} ${verb}`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      );
  }
}
