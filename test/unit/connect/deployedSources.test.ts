import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { addressesOf } from '../../../src/config/outsideAddresses.ts';
import type { ServiceConfiguration } from '../../../src/config/serviceConfiguration.ts';
import { createDeployedSources } from '../../../src/connect/deployedSources.ts';
import { noSecrets } from '../../support/builders/context.ts';
import { deploymentJson } from '../../support/builders/kubernetes.ts';

const target = { context: 'prod', namespace: 'shop', deployment: 'checkout' };
const signal = new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayday-sources-'));
  const program = join(folder, 'kubectl');
  const json = JSON.stringify(JSON.stringify(deploymentJson({})));
  writeFileSync(
    program,
    `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '');\nprocess.stdout.write(${json});\n`,
  );
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', [folder, process.env['PATH']].join(delimiter));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function sources({ isTrusted = true } = {}) {
  let kept: readonly string[] = [];
  const host = { isTrusted: () => isTrusted, confirm: () => Promise.resolve(true) };
  const memory = { read: () => kept, write: (keys: readonly string[]) => Promise.resolve(void (kept = keys)) };
  const addresses = createConfirmedAddresses(host, memory);
  const clock = { now: () => '2026-11-23T06:00:00.000Z' };
  return { addresses, of: createDeployedSources({ clock, secrets: noSecrets }, addresses) };
}

describe.skipIf(process.platform === 'win32')('sources of what runs', () => {
  it('are not touched before a person confirmed them: no request, no program', async () => {
    const { of } = sources();
    const refused = { reason: 'needsConfirmation' };
    await expect(of.service.ask({ url: 'https://shop.invalid/version' }, signal)).rejects.toMatchObject(refused);
    await expect(of.kubernetes.deployment(target, signal)).rejects.toMatchObject(refused);
    await expect(of.kubernetes.replicaSets(target, signal)).rejects.toMatchObject(refused);
    await expect(of.github.deployments({ repository: 'a/b' }, { signal })).rejects.toMatchObject(refused);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('are asked once they are', async () => {
    const { addresses, of } = sources();
    const service: ServiceConfiguration = { name: 'checkout', paths: [], hosts: [], kubernetes: target };
    await addresses.ask(addressesOf([service]));
    expect(await of.kubernetes.deployment(target, signal)).toEqual(deploymentJson({}));
    await expect(of.kubernetes.deployment({ ...target, namespace: 'other' }, signal)).rejects.toMatchObject({
      reason: 'needsConfirmation',
    });
  });

  it('in Restricted Mode not even this machine is asked', async () => {
    const { of } = sources({ isTrusted: false });
    const refused = { reason: 'untrusted' };
    await expect(of.service.ask({ url: 'http://127.0.0.1:1/' }, signal)).rejects.toMatchObject(refused);
    await expect(of.kubernetes.deployment(target, signal)).rejects.toMatchObject(refused);
  });
});
