import { describe, expect, it } from 'vitest';
import { structuredData } from '../../../../src/changes/configuration/formats/structuredData.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const rules = `groups:
  - name: shop
    rules:
      - alert: Slow
        expr: latency > 1
        for: 5m
      - record: requests
        expr: sum(rate(http_requests_total[5m]))
`;
const reorderedRules = `groups:
  - rules:
      - { record: requests, expr: 'sum(rate(http_requests_total[5m]))' }
      - { for: 5m, alert: Slow, expr: latency > 1 }
    name: shop
`;
const stack = {
  Resources: {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 30,
        Tags: [
          { Key: 'team', Value: 'shop' },
          { Key: 'stage', Value: 'prod' },
        ],
        KmsKey: { 'Fn::If': ['IsProd', 'prod', 'test'] },
      },
    },
  },
};
const cloudFormation = JSON.stringify(stack, null, 2);
const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 30
      Role: !If [IsProd, !GetAtt Prod.Arn, !GetAtt Test.Arn]
      Table: !Ref Orders
`;
const mysql = `# MySQL
[client]
port = 3306

[mysqld]
port            = 3306
skip-name-resolve
max_connections = 200 # of all
!includedir /etc/mysql/conf.d/
`;
const postgres = `# PostgreSQL
listen_addresses = '*'   # all
max_connections = 100
shared_buffers = 128MB
`;
const supervisor = '[program:api]\ncommand=/bin/api\nenvironment=A="1",\n  B="2"\n';

describe('structured data', () => {
  it.each<readonly [string, string, string | undefined, string | undefined, readonly string[]]>([
    ['keys in another order', 'services/api/limits.json', '{"a": 1, "b": [1]}', '{ "b": [1],\n "a": 1 }', []],
    ['a value', 'services/api/limits.json', '{"a": {"max": 10}}', '{"a": {"max": 1}}', ['a.max: 10 → 1']],
    ['YAML in another form', 'prometheus/rules.yml', rules, reorderedRules, []],
    [
      'a rule of Prometheus',
      'prometheus/rules.yml',
      rules,
      rules.replace('5m\n', '1m\n'),
      ['groups[shop].rules[Slow].for: 5m → 1m'],
    ],
    [
      'a template of CloudFormation, its tags in another order',
      'cloudformation.json',
      cloudFormation,
      JSON.stringify({
        Resources: {
          Queue: {
            ...stack.Resources.Queue,
            Properties: {
              ...stack.Resources.Queue.Properties,
              VisibilityTimeout: 3,
              Tags: stack.Resources.Queue.Properties.Tags.toReversed(),
            },
          },
        },
      }),
      ['Resources.Queue.Properties.VisibilityTimeout: 30 → 3'],
    ],
    [
      'the sides of a condition',
      'cloudformation.json',
      cloudFormation,
      cloudFormation.replace(/"prod",\s+"test"/, '"test", "prod"'),
      [
        'Resources.Queue.Properties.KmsKey.Fn::If[1]: prod → test',
        'Resources.Queue.Properties.KmsKey.Fn::If[2]: test → prod',
      ],
    ],
    [
      'a template of AWS SAM',
      'template.yaml',
      sam,
      sam.replace('Timeout: 30', 'Timeout: 3').replace('!Ref Orders', '!Ref Carts'),
      ['Resources.Pay.Properties.Timeout: 30 → 3', 'Resources.Pay.Properties.Table: !Ref Orders → !Ref Carts'],
    ],
    [
      'the sides of a condition of AWS SAM',
      'template.yaml',
      sam,
      sam.replace('Prod.', 'X.').replace('Test.', 'Prod.').replace('X.', 'Test.'),
      [
        'Resources.Pay.Properties.Role.!If[1]: !GetAtt Prod.Arn → !GetAtt Test.Arn',
        'Resources.Pay.Properties.Role.!If[2]: !GetAtt Test.Arn → !GetAtt Prod.Arn',
      ],
    ],
    [
      'sections in another order',
      'my.cnf',
      mysql,
      `[mysqld]${mysql.split('[mysqld]')[1] ?? ''}[client]\nport=3306`,
      [],
    ],
    ['MySQL', 'my.cnf', mysql, mysql.replace('200', '20'), ['mysqld.max_connections: 200 → 20']],
    [
      'a key alone',
      'my.cnf',
      mysql,
      mysql.replace('skip-name-resolve\n', ''),
      ['mysqld.skip-name-resolve removed (was null)'],
    ],
    ['PostgreSQL', 'db/postgresql.conf', postgres, postgres.replace('100', '10'), ['max_connections: 100 → 10']],
    [
      'Supervisor',
      'supervisord.conf',
      supervisor,
      supervisor.replace('/bin/api', '/bin/web'),
      ['program:api.command: /bin/api → /bin/web'],
    ],
    ['a new file', 'api.yml', undefined, 'a: 1\n', ['a added: 1']],
    ['what does not parse', 'api.yml', 'a: 1\n', 'a: [1\n', [expect.stringMatching(/^line \d+: /) as string]],
    ['what was INI', 'app.conf', postgres, 'listen on\n', ['line 1: neither a section nor key = value']],
  ])('%s', (_title, path, before, after, told) => {
    expect(toldDifferences(structuredData, before, after, { path })).toEqual(told);
  });

  it.each([
    ['services/api/limits.json', undefined, true],
    ['deploy/anything.yaml', undefined, true],
    ['api.yml', undefined, true],
    ['template.yaml', undefined, true],
    ['my.cnf', mysql, true],
    ['supervisord.conf', supervisor, true],
    ['postgresql.conf', postgres, true],
    ['wg0.conf', '[Peer]\nPublicKey = a\n[Peer]\nPublicKey = b\n', false],
    ['redis.conf', 'maxmemory 1gb\n', false],
    ['application.conf', 'play {\n  a = 1\n}\n', false],
    ['empty.conf', '# nothing\n', false],
    ['config/app.xml', '<a/>', false],
    ['tsconfig.json', undefined, false],
    ['test/fixtures/limits.json', undefined, false],
    ['src/index.ts', undefined, false],
  ])('fits %s', (path, text, fits) => {
    expectFit(structuredData, path, text, fits);
  });
});
