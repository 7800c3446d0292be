import { connect } from 'node:net';
import type { ResolvesHosts } from '../../changes/hosts/resolvesHosts.ts';
import { failureText } from '../../changes/hosts/resolvesHosts.ts';
import type { ConfirmedAddresses } from '../../config/confirmedAddresses.ts';
import { hostAddress } from '../../config/outsideAddresses.ts';
import { probeAddress } from '../../config/signalAddresses.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial, TriesSources } from '../../investigate/sources/testDataSources.ts';
import type { Endpoints } from '../endpoints.ts';
import { tryFiles } from './tryFiles.ts';
import { tryEndpoint, tryMetrics } from './tryEndpoint.ts';
import { tryQuery } from './tryQuery.ts';
import { tryAlertmanager, tryPagerDuty, tryPrometheus, trySelector } from './tryServers.ts';
import { tryStatusPage } from './tryStatusPage.ts';

/** Tries what mayday.yaml names, each with one to three requests. Only what a person confirmed is reached. */
export function createTriesSources(
  endpoints: Endpoints,
  hosts: ResolvesHosts,
  addresses: Pick<ConfirmedAddresses, 'require'>,
): TriesSources {
  return {
    attempt: (target, signal) => {
      switch (target.kind) {
        case 'http':
          return tryEndpoint(endpoints, target, signal);
        case 'metrics':
          return tryMetrics(endpoints, target, signal);
        case 'prometheus':
          return tryPrometheus(endpoints, target.endpoint, signal);
        case 'selector':
          return trySelector(endpoints, target, signal);
        case 'query':
          return tryQuery(endpoints, target, signal);
        case 'alertmanager':
          return tryAlertmanager(endpoints, target.endpoint, signal);
        case 'pagerduty':
          return tryPagerDuty(endpoints, target.endpoint, signal);
        case 'statusPage':
          return tryStatusPage(endpoints, target, signal);
        case 'tcp':
          return tryTcp(target, addresses, signal);
        case 'dns':
          return tryDns(target.host, hosts, addresses, signal);
        case 'accessLogs':
        case 'openslo':
          return tryFiles(target, signal);
      }
    },
  };
}

async function tryTcp(
  target: Extract<SourceTarget, { kind: 'tcp' }>,
  addresses: Pick<ConfirmedAddresses, 'require'>,
  signal: AbortSignal,
): Promise<Trial> {
  const { host, port } = target;
  const address = probeAddress({ kind: 'tcp', host, port });
  addresses.require(address === undefined ? [] : [address]);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      settle();
    };
    const abort = (): void => {
      finish(() => {
        reject(new IncidentError('cancelled', `Connecting to ${host}:${String(port)} was cancelled.`));
      });
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      finish(() => {
        resolve({ outcome: 'answered', text: 'takes connections' });
      });
    });
    socket.once('error', (error) => {
      finish(() => {
        const { code = error.message } = error as NodeJS.ErrnoException;
        resolve({ outcome: 'failed', text: tcpFailures[code] ?? `cannot be connected to (${code})` });
      });
    });
  });
}

const tcpFailures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection: nothing listens there',
  ENOTFOUND: 'has a host name that does not exist',
  EAI_AGAIN: 'has a host name that no name server answers for',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached from this network',
};

async function tryDns(
  host: string,
  hosts: ResolvesHosts,
  addresses: Pick<ConfirmedAddresses, 'require'>,
  signal: AbortSignal,
): Promise<Trial> {
  addresses.require([hostAddress(host)].filter((one) => one !== undefined));
  const found = await hosts.resolve(host, signal);
  if (found.kind === 'failed') return { outcome: 'failed', text: failureText(found.failure) };
  return { outcome: 'answered', text: `is ${found.addresses.join(', ')}` };
}
