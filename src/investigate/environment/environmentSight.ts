import type { ReadChange, ReadPlace } from '../../changes/environment/comparedReads.ts';
import type { EnvironmentSetting, SettingReach } from '../../changes/environment/environmentSetting.ts';
import type { ConfigurationCommit } from '../configuration/configurationSight.ts';

/** A variable that code began or ceased to read between what ran before the window and what runs now. */
export interface EnvironmentFinding extends ReadChange {
  /** Places of the repository that set it, in what runs now. */
  readonly settings: readonly EnvironmentSetting[];
  /** The furthest that a setting reaches. */
  readonly standing: SettingReach | 'nowhere';
  /** Those that brought it, newest first; empty where that cannot be told. */
  readonly commits: readonly ConfigurationCommit[];
}

/** What could be seen of the environment that code of one repository reads. */
export type EnvironmentSight =
  | {
      readonly kind: 'seen';
      readonly repository: string;
      readonly findings: readonly EnvironmentFinding[];
      /** How many changed files of known languages were looked at. */
      readonly files: number;
      /** Where whole sets of variables come from elsewhere (`envFrom`, `env_file`): what is set nowhere here may be in them. */
      readonly wholeSets: readonly ReadPlace[];
      /** Sentences: what was not looked at, and why. */
      readonly gaps: readonly string[];
    }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };
