import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { entryDifferences, leftOf } from '../entryDifferences.ts';
import type { MigrationKind } from '../readers/migrations/migrationKind.ts';
import { isRepeatable, isWayBack, migrationKind, migrationName } from '../readers/migrations/migrationKind.ts';
import type { Operation } from '../readers/migrations/operation.ts';
import { readPrismaSchema } from '../readers/migrations/prismaSchema.ts';

/** Database migrations: SQL, Flyway, Prisma, Rails, Django, Alembic, Knex, Sequelize, TypeORM: what each does to the data. */
export const migration: ConfigurationFormat = {
  kind: 'migration',
  name: 'Database migration',
  fits: (path, text) => isPrismaSchema(path) || migrationKind(path, text) !== undefined,
  mayFit: (path) => scripts.test(path),
  differences,
};

/** Where scripts are that may be migrations of Alembic, Django, Knex, Sequelize or TypeORM. */
const scripts = /(?:^|\/)(?:versions|migrations?|alembic)\/.*\.(?:py|[cm]?[jt]s)$/;

/** More operations of one migration are only counted. */
const mostShown = 40;

function isPrismaSchema(path: string): boolean {
  return path.endsWith('.prisma');
}

function differences({ path, before, after }: FileVersions): readonly Difference[] {
  if (isPrismaSchema(path))
    return entryDifferences(
      before === undefined ? [] : readPrismaSchema(before),
      after === undefined ? [] : readPrismaSchema(after),
    );
  const kind = migrationKind(path, after ?? before);
  if (kind === undefined) return [];
  const label = `${isWayBack(path) ? 'way back of migration' : 'migration'} ${migrationName(path)}`;
  if (after === undefined) return [removed(label, kind, before ?? '')];
  const does = kind.operations(after);
  if (before === undefined) return added(label, does);
  return edited(label, path, kind, before, after, does);
}

function added(label: string, operations: readonly Operation[]): readonly Difference[] {
  if (operations.length === 0)
    return [{ kind: 'told', text: `${label} added`, note: 'nothing in it that Mayday knows', line: 1 }];
  return capped(
    label,
    operations.map((one) => told(`${label} ${one.text}`, one)),
  );
}

function removed(label: string, kind: MigrationKind, before: string): Difference {
  const [first, ...others] = kind.operations(before);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const did = first === undefined ? '' : `, which ${first.text}${more}`;
  return { kind: 'told', text: `${label} was removed${did}`, note: 'databases that ran it stay as they are', line: 1 };
}

function edited(
  label: string,
  path: string,
  kind: MigrationKind,
  before: string,
  after: string,
  does: readonly Operation[],
): readonly Difference[] {
  const keyed = (operations: readonly Operation[]) =>
    operations.map((one) => ({ ...one, key: one.text, value: one.note ?? '' }));
  const did = kind.operations(before);
  const left = leftOf(keyed(did), keyed(does));
  if (left.before.length + left.after.length === 0) return sameOperations(label, path, kind, did, does, before, after);
  const changes = [
    ...left.after.map((one) => told(`${label} now ${one.text}`, one)),
    ...left.before.map((one): Difference => ({ kind: 'told', text: `${label} no longer ${one.text}`, line: one.line })),
  ];
  return [...(isRepeatable(path) || isWayBack(path) ? [] : [wasEdited(label)]), ...capped(label, changes)];
}

function wasEdited(label: string, note = 'databases that ran it stay as they are'): Difference {
  return { kind: 'told', text: `${label} was edited after it was added`, note, line: 1 };
}

/** Flyway and Prisma refuse a migration whose bytes changed; to the others comments and spaces are nothing. */
function sameOperations(
  label: string,
  path: string,
  kind: MigrationKind,
  did: readonly Operation[],
  does: readonly Operation[],
  before: string,
  after: string,
): readonly Difference[] {
  if (isRepeatable(path)) return [];
  if (did.some((one, at) => one.text !== does[at]?.text)) return [wasEdited(label, 'in another order')];
  const hasChecksum = /(^|\/)V\d[^/]*__[^/]*\.sql$|(^|\/)migrations\/[^/]+\/migration\.sql$/.test(path);
  if (hasChecksum && before !== after) return [wasEdited(label, 'only comments or spaces, but its checksum differs')];
  return kind.canonical(before) === kind.canonical(after)
    ? []
    : [wasEdited(label, 'in what its operations do not tell')];
}

function told(text: string, { line, note }: Operation): Difference {
  return { kind: 'told', text, line, ...(note === undefined || note === '' ? {} : { note }) };
}

function capped(label: string, changes: readonly Difference[]): readonly Difference[] {
  if (changes.length <= mostShown) return changes;
  // What can't be undone is never among those that are only counted.
  const grave = changes.filter(({ note }) => note?.includes('irreversible') === true);
  const shown = new Set([...grave, ...changes].slice(0, mostShown));
  const rest = changes.length - shown.size;
  return [
    ...changes.filter((change) => shown.has(change)),
    { kind: 'told', text: `${label}: ${rest} more operations` },
  ];
}
