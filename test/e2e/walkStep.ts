import type { Workbench } from './pages/workbench.ts';

/** What the walk goes through: a drill whose service runs. */
export interface WalkedDrill {
  readonly directory: string;
  readonly badCommit: string;
  /** Of the running service, `http://127.0.0.1:PORT`. */
  readonly url: string;
}

/** One step of an incident as a person carries it out, seen in the picture taken after it. */
export interface WalkStep {
  readonly name: string;
  run(workbench: Workbench, drill: WalkedDrill): Promise<void>;
}
