import type { Measured } from './figure.ts';

export interface BenchmarkContext {
  /** Tells how something was measured, as a line under the benchmark's name. */
  readonly say: (text: string) => void;
  /** A repository to measure on instead of those made for it: `--repository PATH`. */
  readonly repository?: string;
}

/** Something to measure. `npm run bench -- NAME` runs only those whose name contains NAME. */
export interface Benchmark {
  readonly name: string;
  /** Measures. Throws `MissingRequirement` when this machine lacks what it takes. */
  readonly run: (context: BenchmarkContext) => Promise<readonly Measured[]>;
}
