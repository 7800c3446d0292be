/** What fetching a branch would do, to be shown before it is done. */
export interface FetchPlan {
  /** Name of the remote: `origin`. */
  readonly remote: string;
  /** Where it is, without a password. A text of the repository's configuration. */
  readonly address: string;
  readonly branch: string;
  /** The command as a person would type it. */
  readonly command: string;
}

/**
 * Gets what is new on a remote branch, and nothing else of the repository: no work tree, no other branch. Only ever on a
 * person's word, after they saw the plan. Credential helpers work as in the person's own git; nothing asks for a password.
 */
export interface FetchesBranch {
  /** Throws IncidentError `notFound` when the ref is no branch of a remote that is configured. */
  plan(directory: string, ref: string, signal?: AbortSignal): Promise<FetchPlan>;
  /** Throws IncidentError: `outside` when the remote could not be reached or refused; `cancelled`. */
  fetch(
    directory: string,
    ref: string,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (text: string) => void },
  ): Promise<void>;
}
