/** The languages whose traces are read, in the order in which a draw between them is decided. */
export type TraceLanguage = 'javascript' | 'python' | 'java' | 'go' | 'csharp' | 'ruby' | 'php' | 'rust';

/** One step of a call stack, as the trace names it: nothing in it was looked up. Strangers' text. */
export interface TraceFrame {
  readonly function?: string;
  /** The class or type it belongs to: `com.acme.Cart`, `OrdersController`. */
  readonly className?: string;
  /** The package: `com.acme`, `github.com/acme/shop/internal/cart`, the assembly's namespace. */
  readonly packageName?: string;
  /** With `/`, without the scheme or query of a URL. Of Java the file's name alone. */
  readonly path?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
  /** By its path or name it is part of the runtime or of a dependency, not of the service's own code. */
  readonly isLibrary: boolean;
}

/** An error, and how the program got there. */
export interface TraceError {
  /** `TypeError`, `java.lang.IllegalStateException`, `panic`; empty where the trace has none. */
  readonly type: string;
  readonly message: string;
  /** Where it was thrown first, its callers behind it, whatever the order of the language. */
  readonly frames: readonly TraceFrame[];
  /** How often it is in the text; absent for once. */
  readonly times?: number;
}

/** What was found in a text. */
export type ParsedTrace =
  | {
      readonly kind: 'trace';
      readonly language: TraceLanguage;
      /** What was reported first, what caused it behind it. */
      readonly errors: readonly TraceError[];
      /** The text is longer than what was looked through. */
      readonly isCut: boolean;
    }
  /** `lookedFor`: the shapes that were tried, for people. */
  | { readonly kind: 'nothing'; readonly lookedFor: string; readonly isCut: boolean };

/** How one language writes its traces. */
export interface TraceParser {
  readonly language: TraceLanguage;
  /** For people: `JavaScript and TypeScript`. */
  readonly name: string;
  /** The errors of a text whose lines were cleaned by `traceLines`. Never throws; takes time in proportion to the text, and pauses. */
  parse(lines: readonly string[]): Generator<undefined, readonly TraceError[]>;
}
