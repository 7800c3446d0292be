import type { OutsideAddress } from '../config/outsideAddresses.ts';
import { addressesOf } from '../config/outsideAddresses.ts';
import { signalAddressesOf } from '../config/signalAddresses.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { Check } from '../incident/words.ts';
import type { SignalTargets, TargetService } from './signalCheck.ts';

/**
 * Everything that these checks ask of these targets, each address once: what a script must have confirmed. Those of alerts are
 * not among them.
 */
export function addressesAsked(
  { services, statusPages, dataSources: { prometheus } }: SignalTargets,
  isWanted: (check: Check) => boolean,
): readonly OutsideAddress[] {
  const any = (...checks: readonly Check[]) => checks.some(isWanted);
  const [probes, versions] = [isWanted('dependencies'), any('deployments', 'configuration')];
  const [metrics, hosts] = [any('infrastructure', 'traffic', 'metrics'), isWanted('infrastructure')];
  const measured = services.map((one) => withOnly(one, { probes, metrics }));
  const found = [
    ...(versions || hosts ? addressesOf(services.map((one) => (versions ? one : hostsOf(one)))) : []),
    ...signalAddressesOf({
      ...{ services: measured, statusPages: probes ? statusPages : [] },
      dataSources: { prometheus: metrics ? prometheus : [], alertmanager: [] },
    }),
  ];
  return [...new Map(found.map((one) => [one.key, one])).values()];
}

function hostsOf({ name, paths, hosts }: TargetService): Pick<TargetService, 'name' | 'paths' | 'hosts'> {
  return { name, paths, hosts };
}

function withOnly(
  { name, paths, hosts, health, dependencies, metrics }: TargetService,
  wanted: { readonly probes: boolean; readonly metrics: boolean },
) {
  return {
    ...{ name, paths, hosts },
    ...(wanted.probes ? definedFields({ health, dependencies }) : {}),
    ...(wanted.metrics ? definedFields({ metrics }) : {}),
  };
}
