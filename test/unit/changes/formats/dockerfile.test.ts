import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dockerfile } from '../../../../src/changes/configuration/formats/dockerfile.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const service = `# syntax=docker/dockerfile:1
FROM node:20.11 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci \\
    # only what runs
    --omit=dev && \\

    npm cache clean --force
COPY . .

FROM node:20.11
ENV NODE_ENV=production PORT=8080
EXPOSE 8080/tcp
USER node
HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost:8080/healthz
CMD ["node", "dist/server.js"]
`;

const cases: readonly (readonly [
  title: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
])[] = [
  ['the same file', service, service, []],
  [
    'another base image of one stage',
    service,
    service.replace('node:20.11\nENV', 'node:22.1\nENV'),
    ['image node: 20.11 → 22.1'],
  ],
  [
    'the base image of every stage',
    service,
    service.replaceAll('20.11', '22.1'),
    ['image node: 20.11 → 22.1 (stage build)', 'image node: 20.11 → 22.1'],
  ],
  [
    'a digest instead of a tag',
    'FROM nginx:1.27\n',
    'FROM nginx:1.27@sha256:0f1e\n',
    ['image nginx: 1.27 → 1.27@sha256:0f1e'],
  ],
  [
    'another image',
    'FROM node:20\n',
    'FROM gcr.io/distroless/nodejs20-debian12:nonroot\n',
    ['image: node:20 → gcr.io/distroless/nodejs20-debian12:nonroot'],
  ],
  [
    'a registry with a port and no tag',
    'FROM reg.example.org:5000/base\n',
    'FROM reg.example.org:5000/base:2\n',
    ['image reg.example.org:5000/base: no tag → 2'],
  ],
  [
    'a version in an ARG',
    'ARG NODE=20\nFROM node:${NODE}-slim\n',
    'ARG NODE=22\nFROM node:${NODE}-slim\n',
    ['image node: 20-slim → 22-slim (by arg NODE)', 'arg NODE: 20 → 22'],
  ],
  ['ENV, one of several', service, service.replace('PORT=8080', 'PORT=9090'), ['env PORT: 8080 → 9090']],
  ['ENV in its old form is the same', 'FROM a\nENV PATH_X /opt/a b\n', 'FROM a\nENV PATH_X="/opt/a b"\n', []],
  ['ENV gone', service, service.replace(' PORT=8080', ''), ['env PORT removed (was 8080)']],
  ['ENV set twice counts once', 'FROM a\nENV A=1\n', 'FROM a\nENV A=0\nENV A=1\n', []],
  ['a port', service, service.replace('EXPOSE 8080/tcp', 'EXPOSE 8080 9229'), ['port 9229 added']],
  [
    'the command',
    service,
    service.replace('dist/server.js', 'dist/main.js'),
    ['CMD: ["node", "dist/server.js"] → ["node", "dist/main.js"]'],
  ],
  [
    'an exec form made a shell form',
    service,
    service.replace('CMD ["node", "dist/server.js"]', 'CMD node dist/server.js'),
    ['CMD: ["node", "dist/server.js"] → node dist/server.js'],
  ],
  ['the user gone', service, service.replace('USER node\n', ''), ['USER removed (was node)']],
  ['the health check', service, service.replace('--interval=30s', '--interval=5s'), ['healthcheck interval: 30s → 5s']],
  [
    'no health check any more',
    service,
    service.replace(/HEALTHCHECK.*/, 'HEALTHCHECK NONE'),
    [
      'healthcheck command: curl -f http://localhost:8080/healthz → NONE',
      'healthcheck interval removed (was 30s)',
      'healthcheck timeout removed (was 3s)',
    ],
  ],
  [
    'a RUN line as a line',
    service,
    service.replace('--omit=dev', '--include=dev'),
    [
      'RUN: npm ci --omit=dev && npm cache clean --force → npm ci --include=dev && npm cache clean --force (stage build)',
    ],
  ],
  [
    'comments, empty lines, continuation and spaces',
    service,
    service
      .replace('    # only what runs\n', '')
      .replace('\\\n\n    npm', 'npm')
      .replace('WORKDIR /app', '\n\n# here\nWORKDIR   /app'),
    [],
  ],
  ['lower case and CR LF', service, service.replaceAll('RUN', 'run').replaceAll('\n', '\r\n'), []],
  [
    'another order of steps',
    'FROM a\nRUN one\nRUN two\n',
    'FROM a\nRUN two\nRUN one\n',
    ['steps run in another order'],
  ],
  [
    'a here-document',
    'FROM a\nRUN <<EOF\necho 1\nFROM b\nEOF\nUSER x\n',
    'FROM a\nRUN <<EOF\necho 2\nFROM b\nEOF\nUSER x\n',
    ['RUN: echo 1 → echo 2'],
  ],
  [
    'a stage more',
    service,
    service.replace('FROM node:20.11\nENV', 'FROM scratch AS tools\nRUN x\nFROM node:20.11\nENV'),
    ['image scratch added (stage tools)'],
  ],
  [
    'another platform',
    'FROM a:1\n',
    'FROM --platform=linux/amd64 a:1\n',
    ['platform of image a: as built → linux/amd64'],
  ],
  ['a backtick as escape', '# escape=`\nFROM a\nRUN dir `\n  c:\\\n', '# escape=`\nFROM a\nRUN dir c:\\\n', []],
  ['a new file', undefined, 'FROM a:1\nRUN y\nUSER x\n', ['image a added: 1', 'USER added: x']],
  ['a removed file', 'FROM a:1\n', undefined, ['image a removed (was 1)']],
  ['no instruction', service, 'FROM a\nhello world\n', ['line 2: no instruction of a Dockerfile']],
  ['a conflict', service, '<<<<<<< HEAD\nFROM a\n', ['line 1: no instruction of a Dockerfile']],
  ['no FROM', service, 'USER x\n', ['line 1: no FROM']],
  ['a here-document without an end', service, 'FROM a\nRUN <<EOF\nx\n', ['line 2: the here-document EOF does not end']],
  ['an instruction alone', service, 'FROM a\nUSER\n', ['line 2: USER without an argument']],
];

describe('dockerfile', () => {
  it.each(cases)('%s', (_title, before, after, told) => {
    expect(toldDifferences(dockerfile, before, after)).toEqual(told);
  });

  it.each([
    ['Dockerfile', true],
    ['services/pay/Dockerfile.prod', true],
    ['build/api.dockerfile', true],
    ['Containerfile', true],
    ['Dockerfile.md', false],
    ['docs/Dockerfiles/readme', false],
    ['.dockerignore', false],
  ])('fits %s: %s', (path, fits) => {
    expectFit(dockerfile, path, undefined, fits);
  });

  it('reads or refuses whatever is in the file', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('FROM a', 'RUN ', '<<E', '\\', '\n', '"', '=', ' ', '#', '${', '[', 'ENV A'), {
          maxLength: 60,
        }),
        (parts) => {
          toldDifferences(dockerfile, 'FROM a\n', parts.join(''));
        },
      ),
    );
    toldDifferences(dockerfile, undefined, `FROM a\nRUN ${'<<A'.repeat(20_000)}`);
    toldDifferences(dockerfile, undefined, `FROM a\nENV ${'a= '.repeat(50_000)}`);
    toldDifferences(dockerfile, undefined, `FROM ${'${A'.repeat(50_000)}`);
  }, 30_000);
});
