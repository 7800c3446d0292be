/** One request of an access log. What the line does not tell is absent. Texts are strangers'. */
export interface AccessEntry {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** As it was asked for, with its query; or the route where the log has that. */
  readonly path?: string;
  /** Of HTTP, 100 to 599. */
  readonly status?: number;
  /** An IP address or a host name. Personal data: only shown as `shownClient` has it. */
  readonly client?: string;
  readonly userAgent?: string;
}

/** What a line of a log is: a request, something else that a service wrote into the same file, or nothing that is known. */
export type AccessLine =
  | { readonly kind: 'request'; readonly entry: AccessEntry }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };
