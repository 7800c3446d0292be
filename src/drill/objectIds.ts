import { createHash } from 'node:crypto';
import type { Tree } from './fileEdits.ts';

/** The id (SHA-1, hex) that git gives the commit with this text, its headers and message. */
export function commitIdOf(text: string): string {
  return idOf('commit', Buffer.from(text)).toString('hex');
}

/** The id (SHA-1, hex) that git gives the tree with these files, all of them regular. */
export function treeIdOf(tree: Tree): string {
  return rawTreeId([...tree].map(([path, text]) => ({ parts: path.split('/'), text }))).toString('hex');
}

interface Leaf {
  readonly parts: readonly string[];
  readonly text: string;
}

function rawTreeId(leaves: readonly Leaf[]): Buffer {
  const entries = [...groupedByFirstPart(leaves)].map(([name, group]) => {
    const file = group.find(({ parts }) => parts.length === 1);
    if (file) return { name, mode: '100644', sortKey: name, id: idOf('blob', Buffer.from(file.text)) };
    const inner = group.map(({ parts, text }) => ({ parts: parts.slice(1), text }));
    // Git sorts a folder as if its name ended with a slash.
    return { name, mode: '40000', sortKey: `${name}/`, id: rawTreeId(inner) };
  });
  entries.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  return idOf('tree', Buffer.concat(entries.flatMap(({ name, mode, id }) => [Buffer.from(`${mode} ${name}\0`), id])));
}

function groupedByFirstPart(leaves: readonly Leaf[]): ReadonlyMap<string, readonly Leaf[]> {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const [name = ''] = leaf.parts;
    groups.set(name, [...(groups.get(name) ?? []), leaf]);
  }
  return groups;
}

function idOf(type: string, content: Buffer): Buffer {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest();
}
