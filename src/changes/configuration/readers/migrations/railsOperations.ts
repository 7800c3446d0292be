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
    const [table = ''] = command.args;
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
  const name = /^[A-Za-z_][\w.:]*[!?]?/.exec(line.text)?.[0] ?? '';
  const rest = line.text
    .slice(name.length)
    .replace(/(?<!\s)\s+(?:do(?: \|[^|]*\|)?|if .*|unless .*)$/, '')
    .trim();
  const inside = rest.startsWith('(') ? rest.slice(1) : rest;
  const { args, named } = split(argumentsAt(inside, 0).parts);
  const isLiteral = /^[:"'[{]/.test(args[0] ?? ':');
  return { name, args: args.map(plainArgument), named, line, isLiteral };
}

function operationsOf(
  { name, args, named, isLiteral, line: { line, document, text } }: Command,
  created: ReadonlySet<string>,
): readonly Operation[] {
  const [table = '', second = '', third = ''] = args;
  if (!isLiteral && schemaCommand.test(name)) return [operation(line, `runs ${text}`)];
  const columns = second.replace(/^\[|\]$/g, '').replaceAll(':', '');
  switch (name) {
    case 'create_table':
    case 'create_join_table':
      return [operation(line, `creates table ${table}`)];
    case 'drop_table':
    case 'drop_join_table':
      return [operation(line, `drops table ${table}`, danger.dataGone)];
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

function inBlock({ table }: Block, { name, args, named, line: { line } }: Command): readonly Operation[] {
  const verb = name.slice(name.indexOf('.') + 1);
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'remove':
      return args.map((column) => operation(line, `drops column ${table}.${column}`, danger.dataGone));
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
      return args.map((column) =>
        operation(
          line,
          `adds column ${table}.${column} ${verb}`,
          lacksDefault(named) ? danger.notNullWithoutDefault : undefined,
        ),
      );
  }
}
