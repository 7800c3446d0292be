import { expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import type { Check } from '../../../src/incident/words.ts';
import { checks } from '../../../src/incident/words.ts';
import { addressesAsked } from '../../../src/investigate/addressesAsked.ts';

const text = `
services:
  checkout:
    url: https://checkout.example.org
    hosts: [db.example.org]
    version: { url: "https://checkout.example.org/version" }
    dependencies: { pay: { health: [{ tcp: "pay.example.org:443" }] } }
  local: { url: "http://127.0.0.1:3000" }
dataSources:
  prometheus: https://prometheus.example.org
  alertmanager: https://alerts.example.org
statusPages: { pay: "https://status.example.org" }
`;

const { services, statusPages, dataSources } = parseConfiguration(text, 'UTC').configuration!;
const targets = { services: services.map((one) => ({ ...one, folder: '/shop' })), statusPages, dataSources };

const version = 'https://checkout.example.org/version';
const host = 'DNS lookup of db.example.org';
const probes = [
  'https://checkout.example.org/health/live',
  'https://checkout.example.org/health/ready',
  'TCP connection to pay.example.org:443',
  'https://status.example.org/',
];
const metrics = ['https://checkout.example.org/metrics', 'https://prometheus.example.org/'];

it.each<[checks: readonly Check[], asked: readonly string[]]>([
  [checks, [version, host, ...probes, ...metrics]],
  [['dependencies'], probes],
  [['infrastructure'], [host, ...metrics]],
  [['traffic', 'metrics'], metrics],
  [['configuration'], [version, host]],
  [['logs'], []],
])('%j ask what they need and no more; not what is on this machine, nor alerts', (wanted, asked) => {
  const found = addressesAsked(targets, (check) => wanted.includes(check));
  expect(found.map((one) => one.text).toSorted()).toEqual(asked.toSorted());
});
