import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutsideEffect } from '../../../src/incident/useCase.ts';
import { createServices } from '../../../src/services.ts';
import { noSecrets, templatesDirectory } from '../../support/builders/context.ts';
import { after } from '../../support/builders/events.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../support/builders/httpServer.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { choiceMemory } from '../../support/builders/choiceMemory.ts';

let repository: TestRepository;
let server: TestServer;
let version: string;
let disposeServices = (): Promise<void> => Promise.resolve();

beforeEach(async () => {
  repository = createRepository();
  version = repository.commit({ message: 'Release', at: after(-60) });
  repository.git('tag', 'v1.9.0');
  repository.commit({ message: 'Not deployed yet', at: after(-30) });
  server = await serveHttp((_request, response) => response.end(JSON.stringify({ commit: version })));
});

afterEach(async () => {
  await disposeServices();
  await server.close();
  repository.dispose();
});

function configure(services: string): void {
  mkdirSync(join(repository.directory, '.incidents'), { recursive: true });
  writeFileSync(join(repository.directory, '.incidents', 'mayday.yaml'), `services:\n${services}\n`);
}

/** A window on the repository, with an incident that began at `after(0)`. */
async function open({ yes = false } = {}) {
  const asked: OutsideEffect[] = [];
  let kept: readonly string[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const services = await createServices({
    globalStorage: join(repository.directory, '..', 'storage'),
    templatesDirectory,
    host: {
      ...{ clock: { now: () => after(10) }, log, secrets: noSecrets, isTrusted: () => true },
      confirm: (effect) => Promise.resolve((asked.push(effect), yes)),
    },
    windowChoices: choiceMemory(),
    confirmedAddresses: { read: () => kept, write: (keys) => Promise.resolve(void (kept = keys)) },
    machine: 'laptop',
    folders: () => [repository.directory],
    directoryOf: () => '.incidents',
    configuredPerson: () => 'Ana <ana@example.org>',
    zone: () => 'UTC',
  });
  disposeServices = () => services.dispose();
  const signal = new AbortController().signal;
  const { declareIncident, investigate } = services.useCases;
  const { incident } = await declareIncident.run(
    declareIncident.args.parse({ title: 'Checkout down', severity: 'SEV2', impactStart: after(0) }),
    services.context,
    signal,
  );
  const handle = await services.store.open(incident);
  return {
    services,
    asked,
    handle,
    investigate: () => investigate.run(investigate.args.parse({ incident }), services.context, signal),
  };
}

describe('an investigation', { timeout: 30_000 }, () => {
  it('asks the service on this machine without a word, and knows what runs and what does not', async () => {
    configure(`  checkout: { version: { url: "${server.url}/version", json: commit } }`);
    const { services, asked, handle, investigate } = await open();
    const found = await investigate();
    expect(found.commits.map(({ subject }) => subject)).toEqual(['Release']);
    expect(found.pending.map(({ subject }) => subject)).toEqual(['Not deployed yet']);
    expect(asked).toEqual([]);
    expect(await services.deployedOf(handle)).toMatchObject([
      {
        folder: repository.directory,
        services: [
          {
            service: 'checkout',
            running: { kind: 'known', source: 'service', from: `${server.url}/version (commit)`, commit: version },
          },
        ],
      },
    ]);
    expect(handle.state.deploys).toMatchObject([{ name: 'v1.9.0', source: 'tag', commit: version }]);
    await investigate();
    expect(handle.state.deploys).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  it('of a script fails where a person never confirmed an address, naming it; after that person’s no it goes on without', async () => {
    configure('  checkout: { version: { url: "https://checkout.example.invalid/version" } }');
    const { services, asked, handle, investigate } = await open();
    await expect(investigate()).rejects.toMatchObject({
      reason: 'needsConfirmation',
      message: expect.stringContaining('https://checkout.example.invalid/version was not asked') as string,
    });
    expect(asked).toEqual([]);
    expect(await services.confirmAddresses()).toEqual({ confirmed: 0, left: 1 });
    expect(asked.map(({ target }) => target)).toEqual(['https://checkout.example.invalid/version']);
    await investigate();
    const [told] = await services.deployedOf(handle);
    expect(told?.services[0]?.running).toMatchObject({ kind: 'known', source: 'tag', unconfirmed: true });
  });

  it('of which a source refuses goes on with the next, and says so', async () => {
    const url = `http://127.0.0.1:${await freePort()}/version`;
    configure(`  checkout: { version: { url: "${url}" } }`);
    const { services, handle, investigate } = await open();
    await investigate();
    const [told] = await services.deployedOf(handle);
    expect(told?.services[0]?.running).toMatchObject({
      ...{ kind: 'known', source: 'tag', from: 'tag v1.9.0', commit: version },
      missed: [`${url} refused the connection: nothing listens there.`],
    });
  });

  it('accuses nothing that none of several services runs, though each runs a revision of its own', async () => {
    repository.git('branch', 'release');
    repository.commit({ message: 'Of nobody', at: after(-20) });
    repository.git('tag', 'b-1.0', 'release');
    configure(`  a: { version: { url: "${server.url}/a" } }\n  b: { tags: "b-*" }`);
    const { handle, investigate } = await open();
    const { commits, pending } = await investigate();
    expect(commits.map(({ subject, notIn }) => [subject, notIn])).toEqual([
      ['Not deployed yet', ['a']],
      ['Release', undefined],
    ]);
    expect(pending.map(({ subject }) => subject)).toEqual(['Of nobody']);
    expect(handle.state.checks.deployments?.summary).toContain(
      `Services run different revisions: a ${version.slice(0, 7)}, b `,
    );
  });

  it('looks at the service that the incident names, of several that run different revisions', async () => {
    configure(
      `  a: { version: { url: "${server.url}/a" }, paths: [a/**] }\n  b: { branch: main, tags: "b-*", paths: [b/**] }`,
    );
    const { services, handle, investigate } = await open();
    await investigate();
    const [told] = await services.deployedOf(handle);
    expect(told?.running).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('do not run one revision') as string,
    });
    const { editIncident } = services.useCases;
    const wish = editIncident.args.parse({ incident: handle.id, service: 'A' });
    await editIncident.run(wish, services.context, new AbortController().signal);
    await investigate();
    expect((await services.deployedOf(handle))[0]?.running).toMatchObject({ kind: 'known', commit: version });
  });
});
