/** Something that a person should know about `mayday.yaml`, and where it is. */
export interface Diagnostic {
  /** An error keeps the whole file from being applied; a warning does not. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, why, and what to do. */
  readonly message: string;
  /** `policy.severities.SEV1.respond`; empty when it concerns the whole file. */
  readonly path: string;
  /** Lines and columns count from 1; columns in UTF-16 units; the end is behind the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What would put it right, where that is plain. */
  readonly fix?: DiagnosticFix;
}

/** A change to the file that a person can choose. Each has a title, `Write "components"`. */
export type DiagnosticFix = { readonly title: string } & (
  | { readonly kind: 'replace'; readonly text: string }
  /** What is there stays, between the two. */
  | { readonly kind: 'wrap'; readonly before: string; readonly after: string }
  /** `before` is put at another place, `gap` is for the person to fill in, `after` goes behind it. */
  | {
      readonly kind: 'insert';
      readonly line: number;
      readonly column: number;
      readonly before: string;
      readonly gap: string;
      readonly after: string;
    }
  /** A credential makes place for a reference; the person is asked for its value. */
  | { readonly kind: 'secret'; readonly text: string; readonly secret: string }
);
