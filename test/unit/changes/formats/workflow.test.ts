import { describe, expect, it } from 'vitest';
import { workflow } from '../../../../src/changes/configuration/formats/workflow.ts';
import { edited } from '../../../support/builders/editedText.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const github = `name: deploy
on:
  push:
    branches: [main]
env:
  NODE_ENV: production
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci
      - name: Test
        run: |
          npm run lint
          npm test
        env:
          CI: 1
  deploy:
    needs: build
    runs-on: ubuntu-22.04
    environment:
      name: staging
    container:
      image: alpine:3.19
    steps:
      - id: aws
        name: Log in
        uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ secrets.ROLE }}
      - run: ./deploy.sh
`;

const gitlab = `image: node:20
stages: [test, deploy]
variables:
  DEPLOY_URL: https://example.org
test:
  stage: test
  script:
    - npm ci
    - npm test
deploy:
  stage: deploy
  image: alpine:3.19
  variables:
    REGION: eu
  script:
    - ./deploy.sh
  only: [main]
`;

const circle = `version: 2.1
orbs:
  node: circleci/node@5.1.0
jobs:
  build:
    docker:
      - image: cimg/node:20.10
    environment:
      NODE_ENV: test
    steps:
      - checkout
      - run: npm ci
`;

const azure = `trigger: [main]
pool:
  vmImage: ubuntu-22.04
variables:
  - name: environment
    value: staging
steps:
  - task: NodeTool@0
    inputs:
      versionSpec: 20.x
  - script: npm ci
    displayName: Install
`;

type Case = readonly [
  title: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
];
const at = '.github/workflows/deploy.yml';
const sha = 'b4ffde65f46336ab88eb53be808477a3936bae11';

const cases: readonly Case[] = [
  [
    'one of several steps that use the same',
    at,
    ...edited(
      `${github}      - uses: actions/checkout@v4\n      - uses: actions/checkout@v4\n`,
      'checkout@v4\n      - uses: actions/checkout@v4\n',
      'checkout@v4\n      - uses: actions/checkout@v5\n',
    ),
    ['uses actions/checkout: v4 → v5 (job deploy)'],
  ],
  ['the same', at, github, github, []],
  ['an action', at, ...edited(github, 'checkout@v4', 'checkout@v5'), ['uses actions/checkout: v4 → v5 (job build)']],
  [
    'an action pinned to a commit',
    at,
    ...edited(github, 'checkout@v4', `checkout@${sha} # v4.1.1`),
    ['uses actions/checkout: v4 → b4ffde65f463 (job build)'],
  ],
  [
    'another action in a step with an id',
    at,
    ...edited(github, 'aws-actions/configure-aws-credentials@v4', 'acme/login@v1'),
    ['uses: aws-actions/configure-aws-credentials@v4 → acme/login@v1 (job deploy)'],
  ],
  [
    'an input of a step',
    at,
    ...edited(github, 'node-version: 20', 'node-version: 22'),
    ['actions/setup-node with.node-version: 20 → 22 (job build)'],
  ],
  [
    'a variable of all',
    at,
    ...edited(github, 'NODE_ENV: production', 'NODE_ENV: test'),
    ['env NODE_ENV: production → test'],
  ],
  ['a variable of a step', at, ...edited(github, 'CI: 1', 'CI: 0'), ['env CI: 1 → 0 (job build, step Test)']],
  [
    'variables that came',
    at,
    ...edited(github, '    needs: build\n', '    needs: build\n    env:\n      REGION: eu\n'),
    ['env REGION added: eu (job deploy)'],
  ],
  [
    'a line of a script',
    at,
    ...edited(github, 'npm test', 'npm test -- --bail'),
    ['Test run: npm test → npm test -- --bail (line 2 of 2) (job build)'.replace(') (', ', ')],
  ],
  [
    'a step that went',
    at,
    ...edited(github, '      - run: npm ci\n', ''),
    ['step npm ci removed (was {run: npm ci}) (job build)'],
  ],
  [
    'a step that came between',
    at,
    ...edited(github, '      - run: npm ci\n', '      - run: npm ci\n      - run: npm audit\n'),
    ['step npm audit added: {run: npm audit} (job build)'],
  ],
  [
    'an environment',
    at,
    ...edited(github, 'name: staging', 'name: production'),
    ['environment.name: staging → production (job deploy)'],
  ],
  ['an image of a container', at, ...edited(github, 'alpine:3.19', 'alpine:3.20'), ['image: 3.19 → 3.20 (job deploy)']],
  [
    'a machine',
    at,
    ...edited(github, 'ubuntu-22.04\n    steps', 'ubuntu-24.04\n    steps'),
    ['runs-on: ubuntu-22.04 → ubuntu-24.04 (job build)'],
  ],
  ['a trigger', at, ...edited(github, '[main]', '[main, release]'), ['on.push.branches[] added: release']],
  ['permissions', at, ...edited(github, 'contents: read', 'contents: write'), ['permissions.contents: read → write']],
  [
    'a job that went',
    at,
    github,
    github.slice(0, github.indexOf('  deploy:\n    needs')),
    ['jobs.deploy removed (was 5 keys)'],
  ],
  [
    'comments, order, quotes',
    at,
    ...edited(
      github,
      '    needs: build\n    runs-on: ubuntu-22.04\n',
      "    # where\n    runs-on: 'ubuntu-22.04'\n    needs: build\n",
    ),
    [],
  ],
  [
    'a new workflow',
    at,
    undefined,
    'name: x\njobs:\n  a:\n    runs-on: self-hosted\n',
    ['name added: x', 'jobs.a added: {runs-on: self-hosted}'],
  ],
  ['what does not parse', at, github, `${github}     - x\n`, ['line 38: ']],
  ['GitLab: the image of all', '.gitlab-ci.yml', ...edited(gitlab, 'node:20', 'node:22'), ['image: 20 → 22']],
  [
    'GitLab: the image of a job',
    '.gitlab-ci.yml',
    ...edited(gitlab, 'alpine:3.19', 'alpine:3.20'),
    ['image: 3.19 → 3.20 (job deploy)'],
  ],
  [
    'GitLab: a variable',
    '.gitlab-ci.yml',
    ...edited(gitlab, 'REGION: eu', 'REGION: us'),
    ['env REGION: eu → us (job deploy)'],
  ],
  [
    'GitLab: a variable of all that went',
    '.gitlab-ci.yml',
    ...edited(gitlab, 'variables:\n  DEPLOY_URL: https://example.org\n', ''),
    ['env DEPLOY_URL removed (was https://example.org)'],
  ],
  [
    'GitLab: a line of a script',
    '.gitlab-ci.yml',
    ...edited(gitlab, '- ./deploy.sh', '- ./deploy.sh --force'),
    ['deploy.script[0]: ./deploy.sh → ./deploy.sh --force'],
  ],
  [
    'GitLab: the order of a script',
    '.gitlab-ci.yml',
    ...edited(gitlab, '- npm ci\n    - npm test', '- npm test\n    - npm ci'),
    ['test.script[0]: npm ci → npm test', 'test.script[1]: npm test → npm ci'],
  ],
  [
    'GitLab: the order of stages',
    '.gitlab-ci.yml',
    ...edited(gitlab, '[test, deploy]', '[deploy, test]'),
    ['stages[0]: test → deploy', 'stages[1]: deploy → test'],
  ],
  [
    'CircleCI: an orb',
    '.circleci/config.yml',
    ...edited(circle, 'node@5.1.0', 'node@5.2.0'),
    ['orb node: circleci/node@5.1.0 → circleci/node@5.2.0'],
  ],
  [
    'CircleCI: an image',
    '.circleci/config.yml',
    ...edited(circle, '20.10', '20.11'),
    ['image: 20.10 → 20.11 (job build)'],
  ],
  [
    'CircleCI: a variable',
    '.circleci/config.yml',
    ...edited(circle, 'NODE_ENV: test', 'NODE_ENV: production'),
    ['env NODE_ENV: test → production (job build)'],
  ],
  [
    'Azure: a task',
    'azure-pipelines.yml',
    ...edited(azure, 'NodeTool@0', 'NodeTool@1'),
    ['NodeTool task: NodeTool@0 → NodeTool@1'],
  ],
  [
    'Azure: a variable',
    'azure-pipelines.yml',
    ...edited(azure, 'value: staging', 'value: production'),
    ['env environment: staging → production'],
  ],
  [
    'Azure: a script',
    'azure-pipelines.yml',
    ...edited(azure, 'script: npm ci', 'script: npm install'),
    ['Install script: npm ci → npm install'],
  ],
  ['Jenkins', 'Jenkinsfile', 'pipeline {}', 'pipeline { agent any }', ['line 1: a Jenkinsfile is a program']],
];

describe('CI/CD workflows', () => {
  it.each(cases)('%s', (_, path, before, after, told) => {
    const actual = toldDifferences(workflow, before, after, { path });
    expect(
      actual.map((text, index) => (told[index]?.endsWith(': ') ? text.slice(0, told[index].length) : text)),
    ).toEqual(told);
  });

  it.each([
    ['.github/workflows/ci.yml', true],
    ['.github/actions/setup/action.yml', true],
    ['.gitlab-ci.yml', true],
    ['ci/.gitlab-ci.deploy.yml', true],
    ['.circleci/config.yml', true],
    ['azure-pipelines.yml', true],
    ['bitbucket-pipelines.yml', true],
    ['Jenkinsfile', true],
    ['cloudbuild.yaml', true],
    ['.github/dependabot.yml', false],
    ['.github/ISSUE_TEMPLATE/bug.yml', false],
    ['config/workflow.yml', false],
    ['transaction.yml', false],
  ])('%s', (path, fits) => {
    expectFit(workflow, path, undefined, fits);
  });
});
