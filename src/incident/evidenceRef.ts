/** What a fact rests on, stored beside the log and addressed by its content. */
export interface EvidenceRef {
  /** Lower-case hex; also the file's name under `evidence/`. */
  readonly sha256: string;
  /** A file name for people, with an extension: `diff-3f2a1b.patch`. */
  readonly name: string;
  readonly bytes: number;
}
