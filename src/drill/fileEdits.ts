/** A revision's files: path with `/`, and text. */
export type Tree = ReadonlyMap<string, string>;

/** A run of lines replaced by another. Both end with a line end; one may be empty. */
export interface Hunk {
  readonly before: string;
  readonly after: string;
}

/** What a commit does to one file. `create` leaves the text to the tree that comes after the commit. */
export type FileEdit =
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'add'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string; readonly text: string }
  | { readonly kind: 'change'; readonly path: string; readonly hunks: readonly Hunk[] };

/** The tree after a commit's edits, from the tree before it. Throws when they do not fit. */
export function applyEdits(tree: Tree, edits: readonly FileEdit[]): Tree {
  const next = new Map(tree);
  for (const edit of edits) {
    if (edit.kind === 'create') throw new Error(`${edit.path} has no text to create it with`);
    if (edit.kind === 'add') next.set(edit.path, edit.text);
    else if (edit.kind === 'remove') next.delete(edit.path);
    else next.set(edit.path, edit.hunks.reduce(replaceOnce(edit.path), textOf(next, edit.path)));
  }
  return next;
}

/** The tree before a commit's edits, from the tree after it. Throws when they do not fit. */
export function undoEdits(tree: Tree, edits: readonly FileEdit[]): Tree {
  const previous = new Map(tree);
  for (const edit of edits.toReversed()) {
    if (edit.kind === 'remove') previous.set(edit.path, edit.text);
    else if (edit.kind === 'change') {
      const undone = edit.hunks.map(({ before, after }) => ({ before: after, after: before }));
      previous.set(
        edit.path,
        undone.reduceRight((text, hunk) => replaceOnce(edit.path)(text, hunk), textOf(previous, edit.path)),
      );
    } else if (!previous.delete(edit.path)) throw new Error(`${edit.path} is not there to undo its creation`);
  }
  return previous;
}

/** The files that differ from `before` to `after`; a file that is gone has no text. Sorted by path. */
export function changesBetween(before: Tree, after: Tree): readonly FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => before.get(path) !== after.get(path)).map((path) => ({ path, text: after.get(path) }));
}

export interface FileChange {
  readonly path: string;
  readonly text: string | undefined;
}

function textOf(tree: Tree, path: string): string {
  const text = tree.get(path);
  if (text === undefined) throw new Error(`${path} is not there to change`);
  return text;
}

function replaceOnce(path: string): (text: string, hunk: Hunk) => string {
  return (text, { before, after }) => {
    // Lines are matched whole: a leading line end keeps a hunk from matching the tail of a longer line.
    const parts = `\n${text}`.split(`\n${before}`);
    if (parts.length !== 2) throw new Error(`${path}: found ${parts.length - 1} times, not once:\n${before}`);
    return parts.join(`\n${after}`).slice(1);
  };
}
