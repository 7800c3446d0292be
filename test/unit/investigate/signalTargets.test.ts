import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import type { IncidentHandle } from '../../../src/incident/incidentStore.ts';
import { asConfigured, metricsServerOf, signalTargetsOf } from '../../../src/investigate/signalTargets.ts';
import { justDeclared } from '../../support/builders/state.ts';

const shop = `
services:
  checkout: { url: https://checkout.example.org }
  search: { metrics: { source: eu } }
dataSources:
  prometheus: https://prometheus.shop.example.org
statusPages: { pay: https://status.pay.example.org }
`;

/** The targets of an incident whose folders say that; `service` is the incident's. */
function targetsOf(files: Readonly<Record<string, string>>, service?: string) {
  const state = { ...justDeclared(), ...(service === undefined ? {} : { service }) };
  return signalTargetsOf(
    {
      foldersOf: () => Promise.resolve(Object.keys(files)),
      configurationOf: (folder) => Promise.resolve(parseConfiguration(files[folder] ?? '', 'UTC').configuration!),
    },
    { state } as IncidentHandle,
  );
}

describe('targets of several folders', () => {
  it('bear their folder’s name where another has theirs, and look for their own in labels and files', async () => {
    const { services, dataSources, statusPages } = await targetsOf({
      '/home/ana/shop': shop,
      '/home/ana/eu': shop
        .replaceAll('shop.example', 'eu.example')
        .replaceAll('pay.example', 'other.example')
        .replace('https://checkout', 'https://eu'),
      '/old/eu': shop.replaceAll('shop.example', 'old.example').replace('https://checkout', 'https://old'),
    });
    expect(services.map(({ name, folder }) => `${name} of ${folder}`)).toEqual([
      'checkout of /home/ana/shop',
      'search of /home/ana/shop',
      'checkout (eu) of /home/ana/eu',
      'checkout (eu) 2 of /old/eu',
    ]);
    expect(services.map((one) => asConfigured(one).name)).toEqual(['checkout', 'search', 'checkout', 'checkout']);
    expect(dataSources.prometheus.map(({ name }) => name)).toEqual([
      'Prometheus',
      'Prometheus (eu)',
      'Prometheus (eu) 2',
    ]);
    expect(statusPages.map(({ name }) => name)).toEqual(['pay', 'pay (eu)']);
  });

  it('are asked of their own folder’s Prometheus and status pages', async () => {
    const uses = 'services: { checkout: { dependencies: { pay: { statusPage: pay } } } }\n';
    const own = (name: string) =>
      `dataSources: { prometheus: "https://${name}.example.org" }\nstatusPages: { pay: "https://status.${name}.example.org" }\n`;
    const targets = await targetsOf({ '/home/ana/shop': uses + own('shop'), '/home/ana/eu': uses + own('eu') });
    const { services, statusPages } = targets;
    expect(services.map((one) => metricsServerOf(one, targets)?.url)).toEqual([
      'https://shop.example.org',
      'https://eu.example.org',
    ]);
    const pages = services.map(({ dependencies = [] }) => dependencies[0]?.statusPage);
    expect(pages.map((name) => statusPages.find((page) => page.name === name)?.url)).toEqual([
      'https://status.shop.example.org',
      'https://status.eu.example.org',
    ]);
  });

  it('of worktrees of one repository are there once', async () => {
    const { services, dataSources } = await targetsOf({ '/home/ana/shop': shop, '/home/ana/shop-hotfix': shop });
    expect(services.map(({ name }) => name)).toEqual(['checkout', 'search']);
    expect(dataSources.prometheus).toHaveLength(1);
  });

  it('are those of the incident’s service in every folder', async () => {
    const other = shop.replace('https://checkout', 'https://eu');
    const { services } = await targetsOf({ '/home/ana/shop': shop, '/home/ana/eu': other }, 'checkout');
    expect(services.map(({ name }) => name)).toEqual(['checkout', 'checkout (eu)']);
  });

  it('without a Prometheus of their own are asked of the first there is; one that nobody names stays missing', async () => {
    const targets = await targetsOf({
      '/home/ana/shop': shop,
      '/home/ana/lib': 'services: { lib: { url: "https://lib.example.org" } }',
    });
    expect(targets.services.map((one) => metricsServerOf(one, targets)?.name)).toEqual([
      'Prometheus',
      undefined,
      'Prometheus',
    ]);
  });
});
