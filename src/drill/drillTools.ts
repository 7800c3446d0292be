/** What making a drill needs from git. Implemented in connect/. */
export interface DrillTools {
  /**
   * Runs git with an argument vector in `directory`, `input` on its standard input, untouched by the person's own
   * configuration and hooks. Gives standard output without the last line end; throws an IncidentError when git fails.
   */
  git(directory: string, args: readonly string[], options?: GitOptions): Promise<string>;
}

export interface GitOptions {
  readonly input?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** What running a drill's service needs from this machine. Implemented in connect/. */
export interface DrillProcesses {
  /**
   * Starts `node scripts/dev.js` in `directory`, detached, its output in `.drill/dev.log`. Gives its process id.
   * Throws an IncidentError when it cannot be started.
   */
  start(directory: string): Promise<number>;
  isAlive(pid: number): boolean;
  /** Asks the process to end, insists after some seconds, and resolves when it is gone. */
  stop(pid: number): Promise<void>;
  /** GETs a loopback address; undefined when nothing answered within a second. */
  get(url: string): Promise<LoopbackAnswer | undefined>;
}

export interface LoopbackAnswer {
  readonly status: number;
  readonly body: string;
}
