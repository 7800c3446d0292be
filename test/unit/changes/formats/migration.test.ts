import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { migration } from '../../../../src/changes/configuration/formats/migration.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const notNull = 'not null without a default: fails where rows exist';
const locks = 'not concurrently: in PostgreSQL writes wait while it builds';
const rewrites = 'may rewrite and lock the table';
const oldName = 'code that still uses the old name fails';
const stay = 'databases that ran it stay as they are';

/** What one new SQL migration, number 042, does. */
const sql: readonly (readonly [title: string, script: string, told: readonly string[]])[] = [
  ['drops a column', 'ALTER TABLE users DROP COLUMN email;', ['drops column users.email (irreversible)']],
  [
    'drops a column of a quoted table',
    'alter table if exists only "public"."Users" drop "email" cascade',
    ['drops column public.Users.email (irreversible)'],
  ],
  [
    'drops several',
    'ALTER TABLE users DROP COLUMN a, DROP COLUMN IF EXISTS b;',
    ['drops column users.a (irreversible)', 'drops column users.b (irreversible)'],
  ],
  [
    'drops a table',
    'DROP TABLE IF EXISTS carts, `old carts` CASCADE;',
    ['drops table carts (irreversible)', 'drops table old carts (irreversible, with what depends on it)'],
  ],
  ['adds a column', 'ALTER TABLE users ADD COLUMN age integer;', ['adds column users.age integer']],
  [
    'adds a column that is not null',
    'ALTER TABLE users ADD age int NOT NULL;',
    [`adds column users.age int NOT NULL (${notNull})`],
  ],
  [
    'adds a column that is not null, with a default',
    "ALTER TABLE users ADD COLUMN role text NOT NULL DEFAULT 'user';",
    ["adds column users.role text NOT NULL DEFAULT 'user'"],
  ],
  [
    'adds columns as MySQL does',
    'ALTER TABLE users ADD (a int, b int NOT NULL), ADD INDEX by_a (a);',
    ['adds column users.a int', `adds column users.b int NOT NULL (${notNull})`, 'adds to table users: INDEX by_a(a)'],
  ],
  [
    'changes a type',
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2);',
    [`changes type of column orders.total to numeric(12, 2) (${rewrites})`],
  ],
  [
    'changes a type as MySQL does',
    'ALTER TABLE `orders` MODIFY COLUMN `total` DECIMAL(12,2) NOT NULL;',
    [`changes type of column orders.total to DECIMAL(12, 2) NOT NULL (${rewrites})`],
  ],
  [
    'changes a type as SQL Server does',
    'ALTER TABLE [dbo].[orders] ALTER COLUMN [total] bigint\nGO\nUPDATE [dbo].[orders] SET a = 1\nGO\n',
    [
      `changes type of column dbo.orders.total to bigint (${rewrites})`,
      'updates all rows of dbo.orders (irreversible, every row, no WHERE)',
    ],
  ],
  [
    'forbids null',
    'ALTER TABLE users ALTER email SET NOT NULL;',
    ['makes column users.email not null (fails where a row holds null)'],
  ],
  [
    'renames',
    'ALTER TABLE users RENAME COLUMN mail TO email; ALTER TABLE a RENAME TO b;',
    [`renames column users.mail to email (${oldName})`, `renames table a to b (${oldName})`],
  ],
  ['indexes', 'CREATE INDEX by_email ON users (email);', [`creates index by_email on users (email) (${locks})`]],
  [
    'indexes concurrently',
    'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS by_email ON users USING btree(lower(email));',
    ['creates unique index by_email on users USING btree(lower(email))'],
  ],
  [
    'indexes a table of its own',
    'CREATE TABLE IF NOT EXISTS t (id bigserial primary key, note text not null);\nCREATE INDEX ON t (note);',
    ['creates table t', 'creates index on t (note)'],
  ],
  [
    'adds a foreign key',
    'ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES b (id);',
    ['adds to table a: CONSTRAINT fk FOREIGN KEY (b) REFERENCES b(id) (checks every row)'],
  ],
  [
    'adds a foreign key that is checked later',
    'ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES b (id) NOT VALID;',
    ['adds to table a: CONSTRAINT fk FOREIGN KEY (b) REFERENCES b(id) NOT VALID'],
  ],
  [
    'deletes rows',
    "DELETE FROM users WHERE name = 'it''s; DROP TABLE x'; DELETE FROM carts;",
    ['deletes rows of users (irreversible)', 'deletes all rows of carts (irreversible, every row, no WHERE)'],
  ],
  [
    'changes rows',
    'UPDATE users SET a = 1 WHERE b; TRUNCATE TABLE logs; INSERT INTO roles VALUES (1);',
    ['updates rows of users (irreversible)', 'deletes all rows of logs (irreversible)', 'adds rows to roles'],
  ],
  [
    'hides statements in comments and strings',
    "-- DROP TABLE a;\n/* DROP TABLE b; /* nested */ */\nINSERT INTO c VALUES ('; DROP TABLE d;', 'it\\'s');",
    ['adds rows to c'],
  ],
  [
    'has a body in dollar quotes',
    'CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $body$\nBEGIN DELETE FROM x; END;\n$body$ LANGUAGE plpgsql;\nDROP INDEX CONCURRENTLY by_a;',
    ['creates function f', 'drops index by_a'],
  ],
  [
    'has a body between BEGIN and END',
    'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN IF x THEN DELETE FROM b; END IF; UPDATE c SET d = 1; END; DROP VIEW v;',
    ['creates trigger t', 'drops view v'],
  ],
  [
    'chooses its delimiter',
    'DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM a; END//\nDELIMITER ;\nDROP TABLE b;',
    ['creates procedure p', 'drops table b (irreversible)'],
  ],
  [
    'is in a transaction',
    'BEGIN;\nSET lock_timeout = 1;\nALTER TYPE mood ADD VALUE $$it$$;\nCOMMIT;',
    ["runs ALTER TYPE mood ADD VALUE 'it'"],
  ],
  [
    'holds both ways',
    '-- +goose Up\nALTER TABLE a ADD b int;\n-- +goose Down\nALTER TABLE a DROP COLUMN b;\n',
    ['adds column a.b int'],
  ],
  ['does nothing', '-- nothing yet\n', ['added (nothing in it that Mayday knows)']],
];

const rails = `class ChangeUsers < ActiveRecord::Migration[7.1]
  disable_ddl_transaction!

  def up
    remove_column :users, :email, :string # not used
    add_column :users, :age, :integer,
               null: false
    add_column :users, :role, :string, null: false, default: "user"
    add_index :users, [:role, :age], algorithm: :concurrently
    add_index :users, :role, unique: true
    change_table :orders, bulk: true do |t|
      t.remove :note, :hint
      t.string :state, null: false
      t.rename :sum, :total
    end
    create_table :carts do |t|
      t.string :name, null: false
    end
    add_index :carts, :name
    change_column_null(:users, :name, false)
    execute <<~SQL
      UPDATE users
      SET role = 'user';
    SQL
    User.where(role: nil).update_all(role: "user")
    tables.each do |table|
      add_index(table, columns, **options)
    end
    create_virtual_table :texts, :fts5, ["title"]
    User.create!(name: "System")
    return if User.none?
  end

  def down
    drop_table :carts
  end
end
`;

const django = `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("users", "0041_x")]
    operations = [
        migrations.RemoveField(model_name="User", name="email"),
        migrations.AddField("user", "age", models.IntegerField()),
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.CharField(max_length=10, default="user"),  # DeleteModel("x")
        ),
        migrations.AlterField(model_name='user', name='name', field=models.TextField(null=True)),
        migrations.AddField('user', 'note', models.TextField(blank=True)),
        migrations.RenameField('user', 'mail', 'address'),
        migrations.CreateModel(name="Cart", fields=[("id", models.AutoField(primary_key=True))]),
        migrations.AddIndex("cart", models.Index(fields=["id"], name="by_id")),
        migrations.DeleteModel(name="Basket"),
        migrations.RunSQL("""
            DELETE FROM users_old;
        """),
        migrations.RunSQL(["DROP INDEX a", ("DROP INDEX b", None)]),
        RemoveFieldFromState(model_name="User", name="note"),
        migrations.RunPython(fill_roles, migrations.RunPython.noop),
    ]
`;

const alembic = `"""Change users"""
from alembic import op
import sqlalchemy as sa

revision = "3f2a1b9c8d7e"

def upgrade() -> None:
    op.drop_column("users", "email")
    op.add_column('users', sa.Column('age', sa.Integer(), nullable=False))
    op.alter_column("users", "name", existing_type=sa.String(), nullable=False)
    op.create_index(op.f("by_age"), "users", ["age"])
    op.create_table("carts", sa.Column("id", sa.Integer()))
    op.create_index("by_id", "carts", ["id"])
    op.create_foreign_key(None, "carts", "users", ["id"], ["id"])
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_column("note")
    op.execute(sa.text("UPDATE users SET age = 1"))

def downgrade() -> None:
    op.drop_table("users")
`;

const knex = `exports.up = async (knex) => {
  await knex.schema.alterTable('users', (t) => {
    t.dropColumn('email');
    t.integer('age').notNullable();
    t.string('role').notNullable().defaultTo('user');
    t.text('name').alter();
  });
  await knex.schema.createTable('carts', (t) => t.string('name').notNullable());
  await knex.raw('DELETE FROM old_users');
};
exports.down = async (knex) => knex.schema.dropTable('carts');
`;

const sequelize = `module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.removeColumn('users', 'email');
    await queryInterface.addColumn('users', 'age', { type: Sequelize.INTEGER, allowNull: false });
    await queryInterface.addIndex('users', ['age']);
  },
  async down(queryInterface) {
    await queryInterface.dropTable('users');
  },
};
`;

const typeorm = `export class AddAge1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`ALTER TABLE "user" DROP COLUMN "email"\`);
  }
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE "user"\`);
  }
}
`;

const schema = `// of the shop
model User {
  id    Int     @id @default(autoincrement())
  email String  @unique // the address
  @@index([email])
}
`;

const frameworks: readonly (readonly [path: string, text: string, told: readonly string[]])[] = [
  [
    'db/migrate/20261123101500_change_users.rb',
    rails,
    [
      'migration 20261123101500 drops column users.email (irreversible)',
      `migration 20261123101500 adds column users.age integer (${notNull})`,
      'migration 20261123101500 adds column users.role string',
      'migration 20261123101500 creates index on users (role, age)',
      `migration 20261123101500 creates unique index on users (role) (${locks})`,
      'migration 20261123101500 drops column orders.note (irreversible)',
      'migration 20261123101500 drops column orders.hint (irreversible)',
      `migration 20261123101500 adds column orders.state string (${notNull})`,
      'migration 20261123101500 renames column orders.sum to total',
      'migration 20261123101500 creates table carts',
      'migration 20261123101500 creates index on carts (name)',
      'migration 20261123101500 makes column users.name not null (fails where a row holds null)',
      'migration 20261123101500 updates all rows of users (irreversible, every row, no WHERE)',
      'migration 20261123101500 changes data: User.where(role: nil).update_all(role: "user") (irreversible)',
      'migration 20261123101500 runs add_index(table, columns, **options)',
      'migration 20261123101500 runs create_virtual_table :texts, :fts5, ["title"]',
      'migration 20261123101500 changes data: User.create!(name: "System")',
    ],
  ],
  [
    'shop/users/migrations/0042_change_user.py',
    django,
    [
      'migration 0042 drops column user.email (irreversible)',
      `migration 0042 adds column user.age models.IntegerField() (${notNull})`,
      'migration 0042 adds column user.role models.CharField(max_length=10, default="user")',
      `migration 0042 changes column user.name to models.TextField(null=True) (${rewrites})`,
      'migration 0042 adds column user.note models.TextField(blank=True)',
      'migration 0042 renames column user.mail to address',
      'migration 0042 creates table cart',
      'migration 0042 creates index on cart: models.Index(fields=["id"], name="by_id")',
      'migration 0042 drops table basket (irreversible)',
      'migration 0042 deletes all rows of users_old (irreversible, every row, no WHERE)',
      'migration 0042 drops index a',
      'migration 0042 drops index b',
      'migration 0042 runs RemoveFieldFromState on user.note',
      'migration 0042 runs fill_roles over the data',
    ],
  ],
  [
    'alembic/versions/3f2a1b9c8d7e_change_users.py',
    alembic,
    [
      'migration 3f2a1b9c8d7e drops column users.email (irreversible)',
      `migration 3f2a1b9c8d7e adds column users.age sa.Integer() (${notNull})`,
      'migration 3f2a1b9c8d7e makes column users.name not null (fails where a row holds null)',
      `migration 3f2a1b9c8d7e creates index by_age on users (age) (${locks})`,
      'migration 3f2a1b9c8d7e creates table carts',
      'migration 3f2a1b9c8d7e creates index by_id on carts (id)',
      'migration 3f2a1b9c8d7e adds foreign key to table carts (checks every row)',
      'migration 3f2a1b9c8d7e drops column orders.note (irreversible)',
      'migration 3f2a1b9c8d7e updates all rows of users (irreversible, every row, no WHERE)',
    ],
  ],
  [
    'migrations/20261123_users.js',
    knex,
    [
      'migration 20261123 drops column users.email (irreversible)',
      `migration 20261123 adds column users.age integer (${notNull})`,
      'migration 20261123 adds column users.role string',
      `migration 20261123 changes type of column users.name to text (${rewrites})`,
      'migration 20261123 creates table carts',
      'migration 20261123 deletes all rows of old_users (irreversible, every row, no WHERE)',
    ],
  ],
  [
    'migrations/20261123-users.js',
    sequelize,
    [
      'migration 20261123 drops column users.email (irreversible)',
      `migration 20261123 adds column users.age Sequelize.INTEGER (${notNull})`,
      `migration 20261123 creates index on users (age) (${locks})`,
    ],
  ],
  [
    'src/migrations/1700000000000-AddAge.ts',
    typeorm,
    ['migration 1700000000000 drops column user.email (irreversible)'],
  ],
  [
    'db/V42__drop_email.sql',
    'ALTER TABLE users DROP COLUMN email;',
    ['migration V42 drops column users.email (irreversible)'],
  ],
  [
    'prisma/migrations/20261123101500_drop/migration.sql',
    '-- AlterTable\nALTER TABLE "User" DROP COLUMN "email";',
    ['migration 20261123101500 drops column User.email (irreversible)'],
  ],
  [
    'migrations/042_users.down.sql',
    'DROP TABLE users;',
    ['way back of migration 042 drops table users (irreversible)'],
  ],
  [
    'prisma/schema.prisma',
    schema,
    [
      'model User added',
      'model User.id added: Int @id @default(autoincrement())',
      'model User.email added: String @unique',
      'model User @@index([email]) added',
    ],
  ],
];

const addAge = 'ALTER TABLE users ADD age int;';

type Edit = readonly [title: string, path: string, before: string, after: string | undefined, told: readonly string[]];

const edits: readonly Edit[] = [
  ['the same', 'migrations/042_a.sql', addAge, addAge, []],
  [
    'comments, spaces and capitals',
    'migrations/042_a.sql',
    addAge,
    '-- of users\nALTER  TABLE users\n  ADD age int ;\n',
    [],
  ],
  [
    'only a comment, where a checksum guards it',
    'db/V42__a.sql',
    addAge,
    `-- of users\n${addAge}`,
    ['migration V42 was edited after it was added (only comments or spaces, but its checksum differs)'],
  ],
  [
    'another operation',
    'migrations/042_a.sql',
    addAge,
    'ALTER TABLE users DROP COLUMN email;',
    [
      `migration 042 was edited after it was added (${stay})`,
      'migration 042 now drops column users.email (irreversible)',
      'migration 042 no longer adds column users.age int',
    ],
  ],
  [
    'other values',
    'migrations/042_a.sql',
    'INSERT INTO a VALUES (1);',
    'INSERT INTO a VALUES (2);',
    ['migration 042 was edited after it was added (in what its operations do not tell)'],
  ],
  [
    'another order',
    'migrations/042_a.sql',
    'DROP VIEW a; DROP VIEW b;',
    'DROP VIEW b; DROP VIEW a;',
    ['migration 042 was edited after it was added (in another order)'],
  ],
  [
    'what may be edited',
    'db/R__views.sql',
    'DROP VIEW a;',
    'DROP VIEW b;',
    ['migration R__views now drops view b', 'migration R__views no longer drops view a'],
  ],
  [
    'removed',
    'migrations/042_a.sql',
    `${addAge} DROP TABLE b;`,
    undefined,
    [`migration 042 was removed, which adds column users.age int and 1 more (${stay})`],
  ],
  ['code, only other quotes', 'versions/3f2a1b9c8d7e_a.py', alembic, alembic.replaceAll(/'(\w+)'/g, '"$1"'), []],
  ['code, only a comment', 'shop/migrations/0042_a.py', django, `# here\n${django}`, []],
  [
    'code, another operation',
    'shop/migrations/0042_a.py',
    django,
    django.replace('        migrations.DeleteModel(name="Basket"),\n', ''),
    [`migration 0042 was edited after it was added (${stay})`, 'migration 0042 no longer drops table basket'],
  ],
  [
    'a field of a Prisma schema',
    'prisma/schema.prisma',
    schema,
    schema.replace('email String  @unique // the address', 'email String? @unique'),
    ['model User.email: String @unique → String? @unique'],
  ],
  ['an open quote', 'migrations/042_a.sql', addAge, "\nINSERT INTO a VALUES ('x);\n", ["line 2: ' does not end"]],
  ['an open comment', 'migrations/042_a.sql', addAge, '/* /* */ DROP TABLE a;', ['line 1: a comment does not end']],
  ['an open dollar quote', 'migrations/042_a.sql', addAge, 'DO $x$ begin', ['line 1: $x$ does not end']],
  [
    'a Prisma schema with an open block',
    'prisma/schema.prisma',
    schema,
    '\nmodel User {\n',
    ['line 2: model User does not close'],
  ],
  [
    'a Prisma schema that is none',
    'prisma/schema.prisma',
    schema,
    'modell User {\n',
    ['line 1: no block of a Prisma schema'],
  ],
];

describe('migration', () => {
  it.each(sql)('042 %s', (_title, script, told) => {
    expect(toldDifferences(migration, undefined, script, { path: 'db/migrations/042_change.sql' })).toEqual(
      told.map((text) => `migration 042 ${text}`),
    );
  });

  it.each(frameworks)('%s', (path, text, told) => {
    expectFit(migration, path, text, true);
    expect(toldDifferences(migration, undefined, text, { path })).toEqual(told);
  });

  it.each(edits)('edited: %s', (_title, path, before, after, told) => {
    expect(toldDifferences(migration, before, after, { path })).toEqual(told);
  });

  it('counts what is too much, and never what cannot be undone', () => {
    const script = `${Array.from({ length: 100 }, (_none, at) => `CREATE TABLE t${at} (a int);`).join('\n')}DROP TABLE old;`;
    const told = toldDifferences(migration, undefined, script, { path: 'migrations/1_a.sql' });
    expect(told).toHaveLength(41);
    expect(told.at(-2)).toBe('migration 1 drops table old (irreversible)');
    expect(told.at(-1)).toBe('migration 1: 61 more operations');
  });

  it.each([
    ['queries/users.sql', 'SELECT 1', false],
    ['db/migrate/20260101_x.rb', undefined, true],
    ['shop/migrations/0001_initial.py', 'class Migration(migrations.Migration):', true],
    ['shop/migrations/__init__.py', '', false],
    ['app/versions/compare.py', 'def compare(): pass', false],
    ['src/migrations/readme.ts', 'export const a = 1;', false],
    ['backend/042_users.up.sql', undefined, true],
    ['migrations/versions/1975ea83b712_drop.py', 'from alembic import op\ndef upgrade():\n    pass\n', true],
    ['src/migration/1764-Drop.ts', 'await queryRunner.dropTable("users");', true],
  ])('fits %s', (path, text, fits) => {
    expectFit(migration, path, text, fits);
  });

  it('reads or refuses whatever is in the file', () => {
    const parts = fc.constantFrom(
      "'",
      '"',
      '`',
      '[',
      '$$',
      '/*',
      '*/',
      '--',
      '\n',
      ';',
      '(',
      ')',
      ',',
      '.',
      'ALTER TABLE a',
      'DROP',
      'ADD',
      'BEGIN',
      'END',
      'op.execute(',
      'def upgrade',
      'add_column ',
      'migrations.AddField(',
      '<<~SQL',
      '=',
    );
    const paths = fc.constantFrom(
      'migrations/1_a.sql',
      'db/migrate/1_a.rb',
      'a/migrations/0001_a.py',
      'versions/a.py',
      'prisma/schema.prisma',
    );
    fc.assert(
      fc.property(paths, fc.array(parts, { maxLength: 40 }), (path, text) => {
        toldDifferences(migration, undefined, text.join(' '), { path });
      }),
    );
    for (const path of ['migrations/1_a.sql', 'db/migrate/1_a.rb', 'a/migrations/0001_a.py', 'prisma/schema.prisma'])
      for (const hostile of [
        'migrations.AddField('.repeat(20_000),
        'ALTER TABLE a ADD b int, '.repeat(20_000),
        '('.repeat(200_000),
        "'\\".repeat(100_000),
        'a,\n'.repeat(50_000),
        '<<~SQL\n'.repeat(50_000),
        `add_column :a${' '.repeat(100_000)}x`,
      ])
        toldDifferences(migration, undefined, hostile, { path });
  }, 30_000);
});
