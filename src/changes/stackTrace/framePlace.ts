/** Where a frame of a trace is in a repository at a revision. Paths are relative to its root, with `/`. */
export type FramePlace =
  | {
      readonly kind: 'repository';
      readonly path: string;
      /** Counted from 1; undefined where the trace has none, or where only the file can be told. */
      readonly line?: number;
      /** What led there from a file that was built; absent when the trace names the file itself. */
      readonly via?: 'sourceMap' | 'buildOutput';
    }
  /** Several files fit equally well; up to twenty of them. */
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[]; readonly line?: number }
  /** The runtime's or a dependency's. */
  | { readonly kind: 'library' }
  /** `reason`: a sentence. */
  | { readonly kind: 'outside'; readonly reason: string };
