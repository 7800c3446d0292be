import type { Call } from './calls.ts';
import { argumentsAt, plainArgument, readCalls } from './calls.ts';
import type { Operation } from './operation.ts';
import { danger, operation } from './operation.ts';
import { sqlOperations } from './sqlOperations.ts';

/** What a migration of Django does (docs.djangoproject.com, Migration Operations). */
export function djangoOperations(text: string): readonly Operation[] {
  const calls = readCalls(text, (name) => /^(?:migrations\.)?(?:[A-Z]\w{2,60})$/.test(name));
  const created = new Set<string>();
  const states = calls.flatMap((call) => stateRange(text, call));
  const touches = calls.filter(({ start }) => !states.some((range) => range.from <= start && start < range.to));
  return touches.flatMap((call) => operationsOf(call, created));
}

/** Where a call lists what changes in Django's own view of the models and leaves the database alone. */
function stateRange(text: string, { name, args, named, start, end }: Call): readonly Range[] {
  if (!/^(?:migrations\.)?SeparateDatabaseAndState$/.test(name)) return [];
  const list = named.get('state_operations') ?? args[1];
  if (list === undefined) return [];
  const code = text.slice(start, end);
  const key = /\bstate_operations\s{0,9}=/.exec(code)?.index;
  const at = key === undefined ? code.lastIndexOf(list) : code.indexOf(list, key);
  return at < 0 ? [] : [{ from: start + at, to: start + at + list.length }];
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function operationsOf(call: Call, created: Set<string>): readonly Operation[] {
  const { line, named, args } = call;
  const get = (name: string, at: number): string => plainArgument(named.get(name) ?? args[at]);
  const model = get('model_name', 0).toLowerCase();
  const field = `${model}.${get('name', 1)}`;
  switch (call.name.replace('migrations.', '')) {
    case 'CreateModel':
      created.add(get('name', 0).toLowerCase());
      return [operation(line, `creates table ${get('name', 0).toLowerCase()}`)];
    case 'DeleteModel':
      return [operation(line, `drops table ${get('name', 0).toLowerCase()}`, danger.dataGone)];
    case 'RenameModel':
      return [
        operation(line, `renames table ${get('old_name', 0).toLowerCase()} to ${get('new_name', 1).toLowerCase()}`),
      ];
    case 'AddField':
      return [
        operation(
          line,
          `adds column ${field} ${get('field', 2)}`,
          !created.has(model) && needsDefault(get('field', 2)) ? danger.notNullWithoutDefault : undefined,
        ),
      ];
    case 'RemoveField':
      return [operation(line, `drops column ${field}`, danger.dataGone)];
    case 'AlterField':
      return [operation(line, `changes column ${field} to ${get('field', 2)}`, danger.rewritesTable)];
    case 'RenameField':
      return [operation(line, `renames column ${model}.${get('old_name', 1)} to ${get('new_name', 2)}`)];
    case 'AddIndex':
      return [
        operation(
          line,
          `creates index on ${model}: ${get('index', 1)}`,
          created.has(model) ? undefined : danger.indexLocks,
        ),
      ];
    case 'AddIndexConcurrently':
      return [operation(line, `creates index on ${model}: ${get('index', 1)}`)];
    case 'RemoveIndex':
    case 'RemoveIndexConcurrently':
      return [operation(line, `drops index ${get('name', 1)} of ${model}`)];
    case 'AddConstraint':
      return [operation(line, `adds to table ${model}: ${get('constraint', 1)}`, 'checks every row')];
    case 'RemoveConstraint':
      return [operation(line, `drops constraint ${get('name', 1)} of table ${model}`)];
    case 'AlterUniqueTogether':
    case 'AlterIndexTogether':
    case 'AlterModelTable':
      return [
        operation(
          line,
          `alters table ${get('name', 0).toLowerCase()}: ${call.name.replace('migrations.', '')} ${plainArgument([...named.values(), ...args].at(-1))}`,
        ),
      ];
    case 'SeparateDatabaseAndState':
      return named.has('database_operations') || args.length > 0
        ? []
        : [operation(line, 'changes what Django holds of its models, not the database')];
    case 'RunSQL':
      return runsSql(named.get('sql') ?? args[0] ?? '', line);
    case 'RunPython':
      return [
        operation(
          line,
          `runs ${get('code', 0)} over the data`,
          named.has('reverse_code') || args.length > 1 ? undefined : danger.dataGone,
        ),
      ];
    default:
      // A team's own operation: its name says what it does.
      return named.has('model_name') ? [operation(line, `runs ${call.name} on ${field}`)] : [];
  }
}

function needsDefault(field: string): boolean {
  if (!/^models\.\w+\(/.test(field)) return false;
  // Django fills texts that may be blank with empty ones.
  const isBlankText =
    /^models\.(?:Char|Text|Slug|URL|Email|File|FilePath|Image)Field\(/.test(field) &&
    /\bblank\s{0,9}=\s{0,9}True/.test(field);
  return !isBlankText && !/\bnull\s{0,9}=\s{0,9}True|\b(?:db_)?default\s{0,9}=|ManyToManyField|auto_now/.test(field);
}

function runsSql(code: string, line: number): readonly Operation[] {
  // A list of statements, each perhaps a pair with its parameters.
  const parts = code.startsWith('[') ? argumentsAt(code, 1).parts : [code];
  return parts.flatMap((part) => {
    const source = part.startsWith('(') ? (argumentsAt(part, 1).parts[0] ?? '') : part;
    const script = plainArgument(source);
    if (!/^[rbfu]{0,2}["']/i.test(source)) return [operation(line, `runs SQL: ${script}`)];
    return sqlOperations(script).map((found) => ({ ...found, line: line + found.line - 1 }));
  });
}
