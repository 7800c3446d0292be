import type { DeployedSources } from './deployedSources.ts';
import { endpointVersion } from './endpointVersion.ts';
import type { ToldVersion } from './endpointVersion.ts';
import { isRunning } from './githubState.ts';
import { kubernetesVersion } from './kubernetesVersion.ts';
import { newestRelease } from './newestRelease.ts';
import { revisionCandidates } from './revisionCandidates.ts';
import type { RunningRequest } from './readRunningRevision.ts';
import type { RevisionSource, RunningRevision } from './runningRevision.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';

type Known = Extract<RunningRevision, { kind: 'known' }>;

/** What one source said: a revision; a sentence why none; or that nobody configured it, by its name. */
export type SourceAnswer =
  | { readonly kind: 'known'; readonly revision: Known }
  | { readonly kind: 'silent'; readonly reason: string; readonly unconfirmed?: true }
  | { readonly kind: 'notConfigured'; readonly name: string };

/** Asks one source. Throws what the source throws. */
export type AskSource = (
  sources: DeployedSources,
  request: RunningRequest,
  signal: AbortSignal,
) => Promise<SourceAnswer>;

const askService: AskSource = async (sources, request, signal) => {
  const endpoint = request.service?.version;
  if (endpoint === undefined) return { kind: 'notConfigured', name: 'a version address' };
  const url = webAddressOf(endpoint.url);
  const address = url === undefined ? endpoint.url : shownAddress(url);
  const told = endpointVersion(endpoint, await sources.service.ask(endpoint, signal));
  if (told.kind === 'silent') return { kind: 'silent', reason: `${address} tells no version: ${told.reason}.` };
  return known(sources, request, { source: 'service', told, from: `${address} (${told.where})`, who: address, signal });
};

const askKubernetes: AskSource = async (sources, request, signal) => {
  const target = request.service?.kubernetes;
  if (target === undefined) return { kind: 'notConfigured', name: 'a Kubernetes deployment' };
  const who = `deployment ${target.deployment} in ${target.namespace} (context ${target.context})`;
  const told = kubernetesVersion(await sources.kubernetes.deployment(target, signal), target);
  if (told.kind === 'silent') return { kind: 'silent', reason: `The ${who} tells no version: ${told.reason}.` };
  return known(sources, request, {
    source: 'kubernetes',
    told,
    from: `${who}, ${told.where}`,
    who: `The ${who}`,
    signal,
  });
};

const askGithub: AskSource = async (sources, request, signal) => {
  const source = request.service?.github;
  if (source === undefined) return { kind: 'notConfigured', name: 'GitHub deployments' };
  const environment = source.environment ?? 'production';
  const who = `GitHub (${source.repository}, ${environment})`;
  const found = (await sources.github.deployments(source, { isEnough: isRunning, signal })).find(isRunning);
  if (found === undefined)
    return { kind: 'silent', reason: `${who} knows no deployment that succeeded and still stands.` };
  const told: ToldVersion = { kind: 'told', version: found.sha, where: 'commit' };
  const from = `deployment ${String(found.id)} to ${environment} on GitHub`;
  return known(sources, request, { source: 'github', told, from, who, signal });
};

const askTags: AskSource = async (sources, { folder, service, branch }, signal) => {
  const glob = service?.tags;
  const wanted = service?.branch ?? branch;
  const found = await sources.repository.deployBranch(folder, { branch: wanted, glob, signal });
  const readAt = sources.clock.now();
  const release = newestRelease(found, { glob, prefixes: service === undefined ? [] : [service.name], now: readAt });
  if (release.kind === 'silent') return release;
  const { name, commit } = release.tag;
  return {
    kind: 'known',
    revision: { kind: 'known', source: 'tag', from: `tag ${name}`, version: name, commit, readAt },
  };
};

const askBranch: AskSource = async (sources, { folder, service, branch }, signal) => {
  const wanted = service?.branch ?? branch;
  if (wanted === undefined) return { kind: 'notConfigured', name: 'a branch' };
  const { name, head } = await sources.repository.deployBranch(folder, { branch: wanted, glob: undefined, signal });
  if (head === undefined) return { kind: 'silent', reason: `${name} has no commit yet.` };
  const revision: Known = {
    ...{ kind: 'known', source: 'branch', from: `branch ${name}, as configured`, version: name },
    ...{ commit: head, readAt: sources.clock.now() },
  };
  return { kind: 'known', revision };
};

/** All sources in the order in which their word counts. */
export const revisionSources: Readonly<Record<RevisionSource, AskSource>> = {
  service: askService,
  kubernetes: askKubernetes,
  github: askGithub,
  tag: askTags,
  branch: askBranch,
};

interface Told {
  readonly source: RevisionSource;
  readonly told: Extract<ToldVersion, { kind: 'told' }>;
  readonly from: string;
  readonly who: string;
  readonly signal: AbortSignal;
}

async function known(
  { repository, clock }: DeployedSources,
  { folder, service }: RunningRequest,
  { source, told: { version }, from, who, signal }: Told,
): Promise<SourceAnswer> {
  const readAt = clock.now();
  const names = {
    ...(service === undefined ? {} : { service: service.name }),
    ...(service?.tags === undefined ? {} : { tags: service.tags }),
  };
  const candidates = revisionCandidates(version, names);
  if (candidates.length === 0) return { kind: 'silent', reason: `${who} says “${version}”, which names no version.` };
  const found = await repository.find(folder, candidates, signal);
  if (found === undefined)
    return { kind: 'silent', reason: `${who} says “${shortVersion(version)}”, which matches no commit here.` };
  return { kind: 'known', revision: { kind: 'known', source, from, version, commit: found.commit, readAt } };
}

/** A whole commit id says no more to a person than its beginning. */
function shortVersion(version: string): string {
  return /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 7) : version;
}
