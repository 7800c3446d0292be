import type {
  ListedConfiguration,
  ListedConfigurationRepository,
} from '../../investigate/configuration/listedConfiguration.ts';

/** A repository that check 2 looked at. */
export interface RepositorySummary extends ListedConfigurationRepository {
  /** Where it is on this machine; empty when it is not open here. */
  readonly directory: string;
}

/** What check 2 saw, as the tree shows it. */
export interface ConfigurationSummary extends Omit<ListedConfiguration, 'repositories'> {
  readonly repositories: readonly RepositorySummary[];
}
