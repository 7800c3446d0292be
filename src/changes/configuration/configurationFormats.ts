import type { ConfigurationFormat } from './configurationFormat.ts';
import { webServer } from './formats/webServer.ts';
import { terraform } from './formats/terraform.ts';
import { featureFlags as flagFiles, featureFlagsAt } from './formats/featureFlags.ts';
import { migration } from './formats/migration.ts';
import { lockFile } from './formats/lockFile.ts';
import { dnsZone, dnsZonesAt } from './formats/dnsZone.ts';
import { dockerfile } from './formats/dockerfile.ts';
import { environmentFile } from './formats/environmentFile.ts';
import { kubernetes } from './formats/kubernetes.ts';
import { compose } from './formats/compose.ts';
import { workflow } from './formats/workflow.ts';
import { helm } from './formats/helm.ts';
import { kustomize } from './formats/kustomize.ts';
import { structuredData } from './formats/structuredData.ts';
import { applicationSettings } from './formats/applicationSettings.ts';

/** What a team says of its own files, as globs relative to the repository's root; see `ChangesConfiguration`. */
export interface FormatOptions {
  readonly featureFlags: readonly string[];
  readonly zoneFiles: readonly string[];
}

/** By what a team says: what is known of a path (see `classifyConfiguration`) is known by its formats. */
const made = new Map<string, readonly ConfigurationFormat[]>();
const mostMade = 16;

/**
 * All formats that Mayday reads. The first that fits a file reads it, so the special stands before the general. Mostly the same
 * list for the same options.
 */
export function configurationFormats({ featureFlags, zoneFiles }: FormatOptions): readonly ConfigurationFormat[] {
  const key = JSON.stringify([featureFlags, zoneFiles]);
  const known = made.get(key);
  if (known !== undefined) return known;
  if (made.size >= mostMade) made.clear();
  const formats = formatsFor({ featureFlags, zoneFiles });
  made.set(key, formats);
  return formats;
}

function formatsFor({ featureFlags, zoneFiles }: FormatOptions): readonly ConfigurationFormat[] {
  return [
    // What the team names itself, then what a name gives away, then what only the content tells; what has a structure and no name last.
    featureFlagsAt(featureFlags),
    dnsZonesAt(zoneFiles),
    lockFile,
    dockerfile,
    terraform,
    migration,
    dnsZone,
    flagFiles,
    webServer,
    environmentFile,
    workflow,
    compose,
    kustomize,
    helm,
    kubernetes,
    applicationSettings,
    structuredData,
  ];
}
