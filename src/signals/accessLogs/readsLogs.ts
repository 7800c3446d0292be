/** A file that a glob of mayday.yaml matched. */
export interface LogFile {
  /** Absolute. */
  readonly path: string;
  /** As people know it: relative to the workspace folder where it is in there. */
  readonly shown: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** What globs matched. */
export interface FoundLogs {
  /** Those written last first, at most `mostFiles`. */
  readonly files: readonly LogFile[];
  /** What was left out, a sentence each: compressed files, more files than are read, folders that cannot be read. */
  readonly notes: readonly string[];
}

/** Lines of a file, whole ones, in the order of the file. */
export interface LogPiece {
  readonly lines: readonly string[];
  /** Lines longer than `longestLine`, of which nothing is kept. */
  readonly tooLong: number;
  /** Bytes that were read for it. */
  readonly bytes: number;
  /** The first line of the file is in it: nothing comes before. */
  readonly isStart: boolean;
}

/** More files are not read at a look. */
export const mostFiles = 20;

/** Reads log files of this machine. */
export interface ReadsLogs {
  /** The files that globs match, relative to `folder` or absolute. Throws IncidentError `cancelled`. */
  find(globs: readonly string[], folder: string, signal: AbortSignal): Promise<FoundLogs>;
  /**
   * The lines of a file from its end backwards, at most `maxBytes` of it. A last line without its end is still being written and
   * left out. Throws IncidentError: `storage` when it cannot be read, or became shorter under the reader; `cancelled`.
   */
  readBack(
    file: LogFile,
    options: { readonly maxBytes: number; readonly signal: AbortSignal },
  ): AsyncIterable<LogPiece>;
}
