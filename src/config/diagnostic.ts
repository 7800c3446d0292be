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
}
