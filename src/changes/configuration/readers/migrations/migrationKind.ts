import { alembicOperations } from './alembicOperations.ts';
import { djangoOperations } from './djangoOperations.ts';
import type { Operation } from './operation.ts';
import { railsOperations } from './railsOperations.ts';
import { scriptOperations } from './scriptOperations.ts';
import { sqlOperations } from './sqlOperations.ts';
import { readSqlStatements, sqlText } from './sqlStatements.ts';
import { skipped } from './calls.ts';

/** A kind of migration, by the tool that runs it. */
export interface MigrationKind {
  /** By its path; by its content where the path only allows it. */
  fits(path: string, text: string | undefined): boolean;
  operations(text: string): readonly Operation[];
  /** The text without comments and spaces that mean nothing: equal ones do the same. */
  canonical(text: string): string;
}

const kinds: readonly MigrationKind[] = [
  {
    fits: (path) =>
      /\.sql$/i.test(path) &&
      (/(^|\/)(?:[\w-]*migrations?|migrate|flyway|changesets?|db\/changes|db\/versions)\//i.test(path) ||
        /(^|\/)(?:[VUB]\d[\d._]{0,40}__|R__|\d{3,17}[-_.])[^/]*$/.test(path) ||
        /\.(?:up|down)\.sql$/i.test(path)),
    operations: (text) => sqlOperations(wayUp(text)),
    canonical: (text) => readSqlStatements(text).map(sqlText).join(';'),
  },
  {
    fits: (path) => /(^|\/)db\/(?:\w+_)?migrate\/[^/]+\.rb$/.test(path),
    operations: railsOperations,
    canonical: canonicalCode,
  },
  {
    fits: (path, text) =>
      /(^|\/)migrations\/\d{4}_\w+\.py$/.test(path) && (text === undefined || /\bmigrations\.Migration\b/.test(text)),
    operations: djangoOperations,
    canonical: canonicalCode,
  },
  {
    fits: (path, text) =>
      /(^|\/)(?:versions|migrations|alembic)\/(?:[\w.-]+\/)*[\w.-]+\.py$/.test(path) &&
      text !== undefined &&
      /^(?:from alembic|import alembic)|\bop\.\w+\(/m.test(text) &&
      /\bdef upgrade/.test(text),
    operations: alembicOperations,
    canonical: canonicalCode,
  },
  {
    fits: (path, text) =>
      /(^|\/)migrations?\/[^/]+\.[cm]?[jt]s$/.test(path) &&
      text !== undefined &&
      /\b(?:knex|queryInterface|queryRunner)\b/.test(text),
    operations: scriptOperations,
    canonical: canonicalCode,
  },
];

/** The kind of migration that a file is; undefined for one that is none. */
export function migrationKind(path: string, text: string | undefined): MigrationKind | undefined {
  return kinds.find((kind) => kind.fits(path, text));
}

/** The part of a script that goes up: goose, sql-migrate, dbmate, node-pg-migrate and Liquibase write both into one file. */
function wayUp(script: string): string {
  const down =
    /^\s{0,20}--\s{0,20}(?:\+goose Down|\+migrate Down|migrate:down|Down Migration|@UNDO|\/\/@UNDO)\b.{0,200}$/im.exec(
      script,
    );
  const up = down === null ? script : script.slice(0, down.index);
  return up;
}

/** What people call a migration: `042`, `V42`, `20261123101500`, Alembic's revision, else the file's name. */
export function migrationName(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? path;
  const name = /^(?:migration|up|down)\.sql$/i.test(file) ? (parts.at(-2) ?? file) : file;
  const number =
    /^([VUB]\d[\d._]{0,40}?)__/.exec(name)?.[1] ??
    /^(\d{1,17})(?=[-_.])/.exec(name)?.[1] ??
    /^([0-9a-f]{8,40})_/.exec(name)?.[1];
  return number ?? name.replace(/\.[a-z]{2,4}$/, '');
}

/** True for what is run to go back: `042_users.down.sql`, `U42__users.sql`. */
export function isWayBack(path: string): boolean {
  return /(?:[._-]down\.sql|\/down\.sql)$|(^|\/)U\d[\d._]{0,40}__/i.test(path);
}

/** True for what is meant to be edited and run again: Flyway's `R__views.sql`. */
export function isRepeatable(path: string): boolean {
  return /(^|\/)R__[^/]*$/.test(path);
}

function canonicalCode(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const end = skipped(text, at);
    const isComment = end > at && !/["'`]/.test(text.charAt(at));
    if (end > at && !isComment) result += inDoubleQuotes(text.slice(at, end));
    else if (end === at && !/\s/.test(text.charAt(at))) result += text.charAt(at);
    if (end > at) at = end - 1;
  }
  return result;
}

/** Formatters change which quotes a string has. */
function inDoubleQuotes(string: string): string {
  return /^'[^'"\\\n]*'$/.test(string) ? `"${string.slice(1, -1)}"` : string;
}
