import { describe, expect, it } from 'vitest';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { createOutsideAccess } from '../../../src/config/outsideAccess.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { addressesOf } from '../../../src/config/outsideAddresses.ts';
import type { ServiceConfiguration } from '../../../src/config/serviceConfiguration.ts';
import type { OutsideEffect } from '../../../src/incident/useCase.ts';
import { noSecrets } from '../../support/builders/context.ts';

const service = (wish: Partial<ServiceConfiguration>): ServiceConfiguration => ({
  name: 'a',
  paths: [],
  hosts: [],
  ...wish,
});
const headers = { authorization: 'Bearer secret:SHOP_TOKEN', 'x-team': 'secret:TEAM' };
const shop = service({ version: { url: 'https://shop.example/version?full=1' } });
const all = service({
  version: { url: 'https://shop.example/version', headers },
  kubernetes: { context: 'prod', namespace: 'shop', deployment: 'checkout' },
  github: { repository: 'example/checkout' },
});

function workspace({ answer = true, isTrusted = true } = {}) {
  let kept: readonly string[] = [];
  const asked: OutsideEffect[] = [];
  const host = {
    isTrusted: () => isTrusted,
    confirm: (effect: OutsideEffect) => Promise.resolve((asked.push(effect), answer)),
  };
  const memory = { read: () => kept, write: (keys: readonly string[]) => Promise.resolve(void (kept = keys)) };
  return { host, asked, memory, addresses: createConfirmedAddresses(host, memory) };
}

describe('the addresses of a configuration', () => {
  it('are shown as exact targets, each once, with the secrets that go there', () => {
    expect(addressesOf([all, all]).map(({ text }) => text)).toEqual([
      'https://shop.example/version, sending the secrets SHOP_TOKEN, TEAM',
      'kubectl, context prod, namespace shop',
      'https://api.github.com/repos/example/checkout/deployments, with your GitHub account if you are signed in',
    ]);
  });

  it('on this machine need no word', () => {
    const local = ['http://127.0.0.1:8080/version', 'http://localhost/', 'http://[::1]/'];
    expect(addressesOf(local.map((url) => service({ version: { url } })))).toEqual([]);
  });

  it('differ in what is asked and sent: another path, another secret, another cluster', () => {
    const keys = [
      shop,
      service({ version: { url: 'https://shop.example/version?full=2' } }),
      service({ version: { url: 'https://shop.example/version?full=1', headers: { a: 'secret:X' } } }),
      service({ version: { url: 'https://shop.example/version?full=1', headers: { a: 'secret:Y' } } }),
      service({ kubernetes: { context: 'a', namespace: 'b', deployment: 'c' } }),
      service({ kubernetes: { context: 'a', namespace: 'c', deployment: 'c' } }),
    ].flatMap((one) => addressesOf([one]).map(({ key }) => key));
    expect(new Set(keys).size).toBe(6);
  });

  it('show no credential that somebody wrote into them', () => {
    const url = 'https://shop.example/v?token=ghp_0123456789abcdefghijABCDEFGHIJ012345';
    expect(addressesOf([service({ version: { url } })])[0]?.text).not.toContain('ghp_0123456789');
  });
});

describe('before anything is asked', () => {
  it('a script is told which addresses nobody confirmed', () => {
    const { addresses, asked } = workspace();
    expect(() => {
      addresses.require(addressesOf([all]));
    }).toThrow(
      expect.objectContaining({
        reason: 'needsConfirmation',
        message:
          'https://shop.example/version, sending the secrets SHOP_TOKEN, TEAM; kubectl, context prod, namespace shop; ' +
          'https://api.github.com/repos/example/checkout/deployments, with your GitHub account if you are signed in ' +
          'were not asked: nobody confirmed that in this workspace yet.',
      }) as Error,
    );
    expect(asked).toEqual([]);
  });

  it('a person is asked once about all that are new, and never again', async () => {
    const { addresses, asked, host, memory } = workspace();
    expect(await addresses.ask(addressesOf([shop]))).toHaveLength(1);
    expect(await addresses.ask(addressesOf([shop, all]))).toHaveLength(3);
    expect(asked.map(({ target }) => target.split('\n').length)).toEqual([1, 3]);
    expect(await addresses.ask(addressesOf([shop, all]))).toEqual([]);
    expect(asked).toHaveLength(2);
    // Another window of the workspace.
    const later = createConfirmedAddresses(host, memory);
    later.require(addressesOf([shop, all]));
    expect(later.unconfirmed(addressesOf([shop, all]))).toEqual([]);
  });

  it('a no holds as long as the window, and is a decision: the rest goes on without that address', async () => {
    const { addresses, asked } = workspace({ answer: false });
    const named = addressesOf([shop]);
    expect(() => {
      addresses.requireDecided(named);
    }).toThrow(/nobody confirmed/);
    expect(await addresses.ask(named)).toEqual([]);
    addresses.requireDecided(named);
    expect(() => {
      addresses.require(named);
    }).toThrow(/nobody confirmed/);
    await addresses.ask(named);
    expect(asked).toHaveLength(1);
    await addresses.ask(named, { anew: true });
    expect(asked).toHaveLength(2);
  });

  it('in Restricted Mode nothing is asked, not even a person', async () => {
    const { addresses, asked } = workspace({ isTrusted: false });
    expect(() => {
      addresses.require([]);
    }).toThrow(expect.objectContaining({ reason: 'untrusted' }) as Error);
    await expect(addresses.ask(addressesOf([shop]))).rejects.toMatchObject({ reason: 'untrusted' });
    expect(asked).toEqual([]);
  });
});

const configured = parseConfiguration('', 'UTC').configuration!;

describe('what a person lets Mayday ask', () => {
  it('GitHub asks who they are only after they agreed that it is asked', async () => {
    const asks: unknown[] = [];
    const secrets = { ...noSecrets, githubToken: (options?: unknown) => Promise.resolve(void asks.push(options)) };
    const no = workspace({ answer: false });
    const yes = workspace();
    const configurations = () => Promise.resolve([{ ...configured, services: [all] }]);
    expect(await createOutsideAccess({ secrets }, no.addresses, configurations).confirmAddresses()).toEqual({
      ...{ confirmed: 0, left: 3 },
    });
    expect(asks).toEqual([]);
    const access = createOutsideAccess({ secrets }, yes.addresses, configurations);
    expect(await access.confirmAddresses()).toEqual({ confirmed: 3, left: 0 });
    expect(asks).toEqual([{ ask: true }]);
    expect(await access.secretNames()).toEqual(['SHOP_TOKEN', 'TEAM']);
  });
});
