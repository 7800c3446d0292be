import { isLoopback, webAddressOf } from '../safety/webAddress.ts';
import type { Configuration } from './configuration.ts';
import type { OutsideAddress } from './outsideAddresses.ts';
import { hostAddress, outsideAddress, secretsIn, withSecretNames } from './outsideAddresses.ts';
import type { Endpoint, HealthProbe, PagerDutySource } from './signalConfiguration.ts';

/** Where PagerDuty's REST API is. */
export const pagerDutyUrl = 'https://api.pagerduty.com';

/** An address that is asked over HTTP; undefined when it is on this machine, where no word is needed. */
export function endpointAddress({ url, headers = {} }: Endpoint): OutsideAddress | undefined {
  const target = webAddressOf(url);
  if (target === undefined || isLoopback(target)) return undefined;
  return outsideAddress('endpoint', withSecretNames(target.href, secretsIn(headers)));
}

/** PagerDuty, with the token that proves who asks. */
export function pagerDutyAddress({ url = pagerDutyUrl, token }: PagerDutySource): OutsideAddress | undefined {
  return endpointAddress({ url, headers: { authorization: token } });
}

/** What a probe reaches; undefined when it is on this machine. */
export function probeAddress(probe: HealthProbe): OutsideAddress | undefined {
  if (probe.kind === 'http') return endpointAddress(probe);
  if (probe.kind === 'dns') return hostAddress(probe.host);
  // What is no host name of an address, `db.1`, may be one of DNS: then somebody has to confirm it.
  const address = `http://${probe.host}`;
  const isHere = URL.canParse(address) && isLoopback(new URL(address));
  return isHere ? undefined : outsideAddress('tcp', `TCP connection to ${probe.host}:${String(probe.port)}`);
}

/** Everything that the checks of signals and the list of alerts would ask, each once. */
export function signalAddressesOf({
  services,
  dataSources,
  statusPages,
}: Pick<Configuration, 'services' | 'dataSources' | 'statusPages'>): readonly OutsideAddress[] {
  const found = [
    ...services.flatMap(({ health = [], dependencies = [], metrics }) => [
      ...[...health, ...dependencies.flatMap((dependency) => dependency.health)].map(probeAddress),
      metrics?.endpoint === undefined ? undefined : endpointAddress(metrics.endpoint),
    ]),
    ...[...dataSources.prometheus, ...dataSources.alertmanager, ...statusPages].map(endpointAddress),
    dataSources.pagerduty === undefined ? undefined : pagerDutyAddress(dataSources.pagerduty),
  ];
  return [...new Map(found.flatMap((one) => (one === undefined ? [] : [[one.key, one] as const]))).values()];
}

/** The secrets that they are asked with, in the order of the alphabet. */
export function signalSecretsOf({
  services,
  dataSources,
}: Pick<Configuration, 'services' | 'dataSources'>): readonly string[] {
  const endpoints: readonly Endpoint[] = [
    ...services.flatMap(({ health = [], dependencies = [], metrics }) => [
      ...[...health, ...dependencies.flatMap((dependency) => dependency.health)].flatMap((probe) =>
        probe.kind === 'http' ? [probe] : [],
      ),
      ...(metrics?.endpoint === undefined ? [] : [metrics.endpoint]),
    ]),
    ...dataSources.prometheus,
    ...dataSources.alertmanager,
  ];
  const token = dataSources.pagerduty === undefined ? {} : { token: dataSources.pagerduty.token };
  return [...new Set([...endpoints.map(({ headers }) => headers ?? {}), token].flatMap(secretsIn))].sort();
}
