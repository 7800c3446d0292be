/** A file of a workspace folder. */
export interface TeamFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Something a person should know about a file of the team's, and where. */
export interface FileProblem {
  /** Relative to the folder; the glob where no file is to blame. */
  readonly path: string;
  /** From 1; absent when it concerns the whole file. */
  readonly line?: number;
  /** What is wrong and what comes of it, a sentence. */
  readonly message: string;
}

/** What was found for globs. */
export interface TeamFiles {
  /** In the order of their paths. */
  readonly files: readonly TeamFile[];
  readonly problems: readonly FileProblem[];
}

/** Reads files of a workspace folder by globs relative to it. Throws IncidentError `cancelled` only. */
export type ReadsTeamFiles = (folder: string, globs: readonly string[], signal: AbortSignal) => Promise<TeamFiles>;
