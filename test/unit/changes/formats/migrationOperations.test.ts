import { describe, expect, it } from 'vitest';
import { migration } from '../../../../src/changes/configuration/formats/migration.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

// Ways to write an operation that once were missed, told as their opposite, or called irreversible without need.

type Case = readonly [body: string, told: readonly string[]];

const sql: readonly Case[] = [
  [
    `DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM users) THEN
    ALTER TABLE users DROP COLUMN email;
  END IF;
  UPDATE users SET age = CASE WHEN old THEN 1 ELSE 2 END WHERE x;
  EXECUTE 'TRUNCATE carts';
  EXECUTE format('DROP TABLE %I', name);
END $$;`,
    [
      'drops column users.email (irreversible)',
      'updates rows of users (irreversible)',
      'deletes all rows of carts (irreversible)',
      "runs EXECUTE format('DROP TABLE %I', name) (irreversible)",
    ],
  ],
  [`DO LANGUAGE plpython3u $$ x = "it's" $$;`, [`runs DO LANGUAGE plpython3u ' x = "it's" '`]],
  [
    'WITH gone AS (DELETE FROM a WHERE old RETURNING *) INSERT INTO b SELECT * FROM gone',
    ['deletes rows of a (irreversible)', 'adds rows to b'],
  ],
  ['WITH c AS (SELECT 1) UPDATE d SET e = 1', ['updates all rows of d (irreversible, every row, no WHERE)']],
  [
    'WITH a AS (SELECT replace(b, c, d) FROM e) SELECT * FROM a FOR UPDATE',
    ['runs WITH a AS (SELECT replace(b, c, d) FROM e) SELECT * FROM a FOR UPDATE'],
  ],
  [
    'MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE',
    ['runs MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE (irreversible)'],
  ],
  [
    'MERGE INTO a USING b ON c WHEN NOT MATCHED THEN INSERT VALUES (1)',
    ['runs MERGE INTO a USING b ON c WHEN NOT MATCHED THEN INSERT VALUES (1)'],
  ],
  [
    'CREATE TEMP TABLE t (id int); UPDATE t SET id = 1; DELETE FROM t; TRUNCATE t; DROP TABLE t;',
    ['creates table t', 'updates all rows of t', 'deletes all rows of t', 'deletes all rows of t', 'drops table t'],
  ],
  [
    'CREATE TABLE IF NOT EXISTS a (id int); DROP TABLE a; CREATE TABLE "B" (id int); DROP TABLE b;',
    ['creates table a', 'drops table a (irreversible)', 'creates table B', 'drops table b (irreversible)'],
  ],
  ['DROP TABLE a; CREATE TABLE a (id int);', ['drops table a (irreversible)', 'creates table a']],
];

const rails: readonly Case[] = [
  ['safety_assured { remove_column :users, :email, :string }', ['drops column users.email (irreversible)']],
  [
    'safety_assured { remove_column :users, :a; remove_column :users, :b, default: {} }',
    ['drops column users.a (irreversible)', 'drops column users.b (irreversible)'],
  ],
  [
    'safety_assured {\n  remove_column :users, :a\n  remove_column :users, :b\n}',
    ['drops column users.a (irreversible)', 'drops column users.b (irreversible)'],
  ],
  ['up_only { execute "DELETE FROM q" }', ['deletes all rows of q (irreversible, every row, no WHERE)']],
  ['up_only { execute <<~SQL }\n  DROP TABLE q;\nSQL\n', ['drops table q (irreversible)']],
  ['say_with_time("x") { drop_table :a, :b }', ['drops table a (irreversible)', 'drops table b (irreversible)']],
  ['reversible { |dir| dir.up { drop_table :a }; dir.down { drop_table :b } }', ['drops table a (irreversible)']],
  [
    'change_table(:users) { |t| t.remove :email }\nremove_column :a, :b',
    ['drops column users.email (irreversible)', 'drops column a.b (irreversible)'],
  ],
  ['change_table(:users) { |t|\n  t.remove :email\n}\nt.remove :x', ['drops column users.email (irreversible)']],
  ['drop_table(:a) { |t| t.string :b }', ['drops table a (irreversible)']],
  [
    `change_table :users do |t|
  t.remove_references :org, :plan
  t.remove_belongs_to :team
  t.remove_timestamps
  t.remove_index :x
  t.change_null :y, false
  t.rename_index :a, :b
  t.citext :z
end`,
    [
      'drops column users.org_id (irreversible)',
      'drops column users.plan_id (irreversible)',
      'drops column users.team_id (irreversible)',
      'drops columns users.created_at and updated_at (irreversible)',
      'drops index of users (x)',
      'makes column users.y not null (fails where a row holds null)',
      'alters table users: t.rename_index :a, :b',
      'adds column users.z citext',
    ],
  ],
  ['drop_join_table :users, :roles', ['drops table roles_users (irreversible)']],
  ['drop_join_table :users, :roles, table_name: :grants', ['drops table grants (irreversible)']],
  ['create_join_table :users, :roles', ['creates table roles_users']],
  ['connection.execute("DROP TABLE x")', ['drops table x (irreversible)']],
  ['ActiveRecord::Base.connection.execute("DROP TABLE x")', ['drops table x (irreversible)']],
  ['add_column :a, :b, :jsonb, default: {}', ['adds column a.b jsonb']],
  [
    'User.find_each { |user| user.update!(a: 1) }',
    ['changes data: User.find_each { |user| user.update!(a: 1) } (irreversible)'],
  ],
];

const alembic: readonly Case[] = [
  ["op.drop_column(table_name='u', column_name='v')", ['drops column u.v (irreversible)']],
  ["op.drop_column('u', column_name='v', schema='s')", ['drops column u.v (irreversible)']],
  ["op.drop_table(table_name='u')", ['drops table u (irreversible)']],
  ["op.add_column(table_name='u', column=sa.Column('x', sa.Integer()))", ['adds column u.x sa.Integer()']],
  ["op.drop_constraint('c', table_name='u', type_='unique')", ['drops constraint c of table u']],
  ["op.rename_table(old_table_name='u', new_table_name='v')", ['renames table u to v']],
  [
    "with op.batch_alter_table('u') as batch_op:\n        batch_op.drop_column(column_name='v')\n    op.get_bind().execute('DROP TABLE w')",
    ['drops column u.v (irreversible)', 'drops table w (irreversible)'],
  ],
  ['conn.execute(sa.text("TRUNCATE y"))', ['deletes all rows of y (irreversible)']],
  ['conn.execute(sa.text("DELETE FROM y WHERE a = :a").bindparams(a=1))', ['deletes rows of y (irreversible)']],
  ['op.execute(sqltext="DROP TABLE y")', ['drops table y (irreversible)']],
  ['conn.execute(users.delete())', ['runs SQL: users.delete() (irreversible)']],
  ["conn.execute(sa.select(users))\n    op.drop_table('u')", ['drops table u (irreversible)']],
];

const django: readonly Case[] = [
  [
    "SeparateDatabaseAndState(state_operations=[DeleteModel('Foo'), RemoveField('order', 'z')])",
    ['changes what Django holds of its models, not the database'],
  ],
  [
    "SeparateDatabaseAndState(database_operations=[DeleteModel('A')], state_operations=[DeleteModel('B')]), DeleteModel('C')",
    ['drops table a (irreversible)', 'drops table c (irreversible)'],
  ],
  [
    "SeparateDatabaseAndState(state_operations=[DeleteModel('A')], database_operations=[DeleteModel('A')])",
    ['drops table a (irreversible)'],
  ],
  [
    "migrations.SeparateDatabaseAndState([RunSQL('DROP TABLE b')], [DeleteModel('B')])",
    ['drops table b (irreversible)'],
  ],
];

const kinds: readonly (readonly [path: string, wrap: (body: string) => string, cases: readonly Case[]])[] = [
  ['migrations/042_a.sql', (body) => body, sql],
  [
    'db/migrate/042_a.rb',
    (body) => `class A < ActiveRecord::Migration[8.0]\n  def change\n${body}\n  end\nend\n`,
    rails,
  ],
  [
    'alembic/versions/042_a.py',
    (body) => `from alembic import op\nimport sqlalchemy as sa\n\ndef upgrade():\n    ${body}\n`,
    alembic,
  ],
  [
    'shop/migrations/0042_a.py',
    (body) => `class Migration(migrations.Migration):\n    operations = [${body}]\n`,
    django,
  ],
];

describe.each(kinds)('%s', (path, wrap, cases) => {
  it.each(cases)('%s', (body, told) => {
    const does = toldDifferences(migration, undefined, wrap(body), { path });
    expect(does.map((one) => one.replace(/^migration 0?042 /, ''))).toEqual(told);
  });
});
