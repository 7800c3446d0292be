import type { Difference } from './difference.ts';

/** What kind of configuration a file holds. */
export type ConfigurationKind =
  | 'environment'
  | 'kubernetes'
  | 'helm'
  | 'kustomize'
  | 'terraform'
  | 'docker'
  | 'compose'
  | 'workflow'
  | 'featureFlags'
  | 'dns'
  | 'webServer'
  | 'migration'
  | 'lockFile'
  | 'application'
  | 'structured'
  | 'submodule';

/** A file as it was and as it is; undefined where it is not there. */
export interface FileVersions {
  /** In the later version; where it was, when it is gone. Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The later versions of the files that `ConfigurationFormat.beside` named, by path; absent where they are not there. */
  readonly beside: ReadonlyMap<string, string>;
}

/** One format of configuration: one file, one table of cases. */
export interface ConfigurationFormat {
  readonly kind: ConfigurationKind;
  /** For people: `Kubernetes manifest`. */
  readonly name: string;
  /** By its path alone where that tells; `text` is the version to look into where it does not (undefined: not at hand). */
  fits(path: string, text: string | undefined): boolean;
  /** True for a path that allows this format though only the content tells: the file is opened to look. Absent: none does. */
  mayFit?(path: string): boolean;
  /** Paths of further files that `differences` reads: `package.json` beside `yarn.lock`. */
  beside?(path: string): readonly string[];
  /**
   * What differs in meaning, in the order of the later version; order and formatting say nothing. Not yet redacted.
   * Throws UnreadableConfiguration when a version does not parse: the caller falls back to lines, and says so.
   */
  differences(versions: FileVersions): readonly Difference[];
}

/** Thrown by a format for a version that it cannot read; `message` says where: `line 3: …`. */
export class UnreadableConfiguration extends Error {
  override readonly name = 'UnreadableConfiguration';
}
