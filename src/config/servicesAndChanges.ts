import type { Configuration } from './configuration.ts';
import type { ConfigurationFile } from './configurationSchema.ts';
import { readServiceSignals } from './readSignals.ts';

/** Services in the order of the file, and how the repository is read, with what the file leaves out. */
export function servicesAndChanges({
  services = {},
  changes = {},
}: Pick<ConfigurationFile, 'services' | 'changes'>): Pick<Configuration, 'services' | 'changes'> {
  return {
    services: Object.entries(services).map(
      ([name, { paths, hosts, version, kubernetes, github, tags, branch, ...signals }]) => ({
        name,
        ...readServiceSignals(name, signals),
        paths: paths ?? [],
        hosts: hosts ?? [],
        ...(version === undefined ? {} : { version }),
        ...(kubernetes === undefined ? {} : { kubernetes }),
        ...(github === undefined ? {} : { github }),
        ...(tags === undefined ? {} : { tags }),
        ...(branch === undefined ? {} : { branch }),
      }),
    ),
    changes: { ...changes, featureFlags: changes.featureFlags ?? [], zoneFiles: changes.zoneFiles ?? [] },
  };
}
