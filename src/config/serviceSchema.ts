import * as z from 'zod';
import { isSafeRef } from '../safety/argumentPatterns.ts';
import { isTameGlob } from '../safety/isTameGlob.ts';
import {
  isGithubRepository,
  isHostName,
  isKubernetesContext,
  isKubernetesKey,
  isKubernetesLabel,
  isKubernetesName,
} from '../safety/outsideNames.ts';
import { keys, listOf, text, words } from './leafSchemas.ts';
import {
  dashboardsSchema,
  dependenciesSchema,
  headers,
  healthSchema,
  logsSchema,
  objectivesSchema,
  serviceMetricsSchema,
  webAddress,
} from './signalSchema.ts';

const later = z.unknown().optional();
const isGlob = (value: string) =>
  value !== '' && isTameGlob(value) && value.length <= 500 && !/^\/|\\|\0|(?:^|\/)\.\.(?:\/|$)/.test(value);

/** A glob of paths in the repository. */
export const glob = text(
  isGlob,
  'a glob relative to the repository’s root, such as services/api/**, with / and without .., and with few stars',
);
const globs = (of: string) => listOf(glob, { of: `globs of ${of}` });
const branch = text(isSafeRef, 'the name of a branch, such as main or origin/production');
const header = text((value) => /^[\w-]{1,100}$/.test(value), 'the name of a header, such as x-version');

const version = keys(
  {
    url: webAddress.meta({
      description: 'Asked with GET. A person confirms the address once per workspace before anything is sent.',
    }),
    json: text(
      (value) => /^[^\s.]+(?:\.[^\s.]+)*$/.test(value) && value.length <= 200,
      'a path of keys, such as build.commit',
    )
      .meta({ description: 'Where the version is in the JSON of the answer: `build.commit`.' })
      .exactOptional(),
    header: header.meta({ description: 'The header of the answer that holds the version.' }).exactOptional(),
    headers: headers.exactOptional(),
  },
  'a set of keys: url and, if need be, json or header',
);

const kubernetes = keys(
  {
    context: text(isKubernetesContext, 'the name of a context of kubectl, such as prod or admin@prod').meta({
      description: 'The context of kubectl: always this one, never whichever is current.',
    }),
    namespace: text(isKubernetesLabel, 'the name of a namespace: lower-case letters, digits and -'),
    deployment: text(isKubernetesName, 'the name of a Deployment: lower-case letters, digits, - and .'),
    container: text(isKubernetesLabel, 'the name of a container: lower-case letters, digits and -')
      .meta({ description: 'The container whose image tag tells the version; the first one when absent.' })
      .exactOptional(),
    label: text(isKubernetesKey, 'the key of a label or annotation, such as app.kubernetes.io/version')
      .meta({ description: 'A label or annotation that tells the version instead of the image tag.' })
      .exactOptional(),
  },
  'a set of keys: context, namespace, deployment and, if need be, container or label',
);

const github = keys(
  {
    repository: text(isGithubRepository, 'a repository of GitHub, written owner/name'),
    environment: words(255)
      .meta({ description: 'The environment of the deployments; `production` when absent.' })
      .exactOptional(),
  },
  'a set of keys: repository and, if need be, environment',
);

const service = keys(
  {
    paths: globs('paths').meta({ description: 'What it is built from; everything when absent.' }).exactOptional(),
    version: version.meta({ description: 'Where the running service tells its version.' }).exactOptional(),
    kubernetes: kubernetes.meta({ description: 'The Deployment that runs it.' }).exactOptional(),
    github: github.meta({ description: 'Where GitHub records its deployments.' }).exactOptional(),
    tags: text(
      (value) => isSafeRef(value.replace(/[*?]/g, 'x')) && isTameGlob(value),
      'a glob of tags, such as v* or api-v*',
    )
      .meta({ description: 'The tags that are its releases: `api-v*`. Every version tag when absent.' })
      .exactOptional(),
    branch: branch.meta({ description: 'The branch that deploys it; that of `changes` when absent.' }).exactOptional(),
    hosts: listOf(text(isHostName, 'a host name without scheme and port, such as api.example.org'), {
      of: 'host names',
      idOf: (host) => host.toLowerCase(),
    })
      .meta({
        description:
          'Host names under which it is reached. Looked up, once a person confirmed that, and held against earlier answers and zone files.',
      })
      .exactOptional(),
    url: webAddress
      .meta({ description: 'Where it is reached: its /health/live, /health/ready and /metrics are asked there.' })
      .exactOptional(),
    health: healthSchema.exactOptional(),
    metrics: serviceMetricsSchema.meta({ description: 'Where its metrics are, and which ones count.' }).exactOptional(),
    logs: logsSchema.meta({ description: 'Where its logs are.' }).exactOptional(),
    dependencies: dependenciesSchema.exactOptional(),
    objectives: objectivesSchema.exactOptional(),
    dashboards: dashboardsSchema.exactOptional(),
    owners: listOf(words(200), { of: 'people or teams' }).meta({ description: 'Who owns it.' }).exactOptional(),
    deploys: later,
  },
  'a set of keys such as url, paths, version, health, metrics and dependencies',
);

const serviceName = text(
  (value) => /^[A-Za-z0-9][\w.-]{0,62}$/.test(value),
  'the name of a service: letters, digits, dots, - and _',
);

/** `services` of mayday.yaml: what runs, by name. Keys of later versions are taken as they are. */
export const servicesSchema = z
  .record(serviceName, service, { error: 'a set of services by their names' })
  .refine((services) => Object.keys(services).length <= 200, { error: 'a set of at most 200 services' });

/** `changes` of mayday.yaml: how the repository is read. */
export const changesSchema = keys(
  {
    branch: branch
      .meta({ description: 'The branch that deploys, `main` or `origin/main`; the remote’s default when absent.' })
      .exactOptional(),
    featureFlags: globs('files')
      .meta({ description: 'Files that hold feature flags, beside those that are recognised.' })
      .exactOptional(),
    zoneFiles: globs('files')
      .meta({ description: 'DNS zone files, beside those that are recognised.' })
      .exactOptional(),
  },
  'a set of keys: branch, featureFlags and zoneFiles',
);
