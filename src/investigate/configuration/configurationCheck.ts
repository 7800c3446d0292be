import { servicesOfPath } from '../../changes/history/servicesOfPath.ts';
import type { Configuration } from '../../config/configuration.ts';
import type { AutomaticCheck, CheckContext, EvidenceText } from '../automaticCheck.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { pathParts, repositoryLabels } from '../window/repositoryLabels.ts';
import type { ConfigurationFinding } from './configurationChanges.ts';
import { judgeConfiguration } from './configurationChanges.ts';
import { configurationEvidence, configurationEvidenceName, listedConfiguration } from './configurationEvidence.ts';
import type { ConfigurationSight } from './configurationSight.ts';
import type { ListedConfiguration } from './listedConfiguration.ts';
import type { ConfigurationTools } from './lookAtConfiguration.ts';
import { lookAtConfiguration } from './lookAtConfiguration.ts';

/** What something beside the files told, and why it could not tell more, a sentence each. */
export interface ToldFindings {
  readonly findings: readonly ConfigurationFinding[];
  readonly unseen: readonly string[];
  /** What it rests on, and what the next check compares with. */
  readonly evidence?: readonly EvidenceText[];
}

/** Tells what stands beside the differences of files: variables that nobody sets, host names that resolve anew. Throws IncidentError `cancelled` only. */
export type FindingSource = (sight: ChangesSight, signal: AbortSignal, context: CheckContext) => Promise<ToldFindings>;

export interface ConfigurationCheckTools extends ConfigurationTools {
  readonly configurationOf: (folder: string) => Promise<Pick<Configuration, 'services' | 'changes'>>;
  readonly sources: readonly FindingSource[];
}

/** Check 2: what differs in the configuration of what runs, told in meaning. */
export function createConfigurationCheck(tools: ConfigurationCheckTools): AutomaticCheck {
  return {
    check: 'configuration',
    run: async (sights, context, signal) => {
      const [looked, told] = await Promise.all([
        Promise.all(sights.map((sight) => look(tools, sight, signal))),
        Promise.all(sights.flatMap((sight) => tools.sources.map((tell) => tell(sight, signal, context)))),
      ]);
      const labels = repositoryLabels(
        sights.flatMap((sight) => (sight.kind === 'seen' ? [sight.changes.repository] : [])),
      );
      const findings = told.flatMap((one) => one.findings).map((finding) => withoutPlace(finding, labels));
      const unseen = told.flatMap((one) => one.unseen);
      const { verdict, summary } = judgeConfiguration(looked, findings, context.now);
      const isBlind = looked.every(({ kind }) => kind === 'none') && findings.length === 0;
      const text = configurationEvidence(labelled(listedConfiguration(looked, findings, unseen), looked, labels));
      const own = isBlind ? [] : [{ name: configurationEvidenceName, text }];
      return { verdict, summary, evidence: [...own, ...told.flatMap((one) => one.evidence ?? [])] };
    },
  };
}

async function look(
  tools: ConfigurationCheckTools,
  sight: ChangesSight,
  signal: AbortSignal,
): Promise<ConfigurationSight> {
  if (sight.kind === 'none') return sight;
  const { services, changes } = await tools.configurationOf(sight.folder);
  const wish = { ...changes, servicesOf: servicesOfPath(services) };
  return lookAtConfiguration(tools, sight, wish, signal);
}

/** Where a repository is on a machine is no part of the record. */
function withoutPlace(
  { repository, ...finding }: ConfigurationFinding,
  labels: ReadonlyMap<string, string>,
): ConfigurationFinding {
  const label = repository === undefined ? undefined : (labels.get(repository) ?? pathParts(repository).at(-1));
  return label === undefined ? finding : { ...finding, repository: label };
}

/** The same with the labels for names: the repositories are those that were seen, in their order. */
function labelled(
  listed: ListedConfiguration,
  looked: readonly ConfigurationSight[],
  labels: ReadonlyMap<string, string>,
): ListedConfiguration {
  const places = looked.flatMap((sight) => (sight.kind === 'seen' ? [sight.repository] : []));
  const repositories = listed.repositories.map((repository, index) => ({
    ...repository,
    name: labels.get(places[index] ?? '') ?? repository.name,
  }));
  return { ...listed, repositories };
}
