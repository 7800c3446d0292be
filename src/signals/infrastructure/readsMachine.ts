/** How the machine is on which Mayday runs. */
export interface MachineReading {
  /** `Linux`, for people. */
  readonly system: string;
  readonly cores: number;
  /** How many wait or run, over five minutes; absent where the system does not tell. */
  readonly load?: number;
  readonly memory: { readonly availableBytes: number; readonly totalBytes: number };
  /** Of the file system that the folder is on; a sentence where it cannot be read. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | string;
}

/** Reads the machine on which Mayday runs: one extension host, which may be remote. */
export interface ReadsMachine {
  /** @param folder whose disk is looked at. Throws IncidentError `cancelled`. */
  read(folder: string, signal: AbortSignal): Promise<MachineReading>;
}
