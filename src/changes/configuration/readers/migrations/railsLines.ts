/** One statement of a migration of Rails that runs on the way up. */
export interface RailsLine {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** Width of the space in front. */
  readonly indent: number;
  /** The here-document that it begins (`execute <<~SQL`). */
  readonly document: string | undefined;
}

/** The statements of `change` and `up`, each in one line, without comments; those of `down` are the way back. Linear time. */
export function railsLines(text: string): readonly RailsLine[] {
  const found: RailsLine[] = [];
  const lines = text.split('\n');
  let isDown = false;
  let downUntil: number | undefined;
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    const raw = lines[at] ?? '';
    const indent = raw.length - raw.trimStart().length;
    const parts = [withoutComment(raw)];
    while (/[,([{\\]$/.test(parts.at(-1) ?? '') && at + 1 < lines.length) parts.push(withoutComment(lines[++at] ?? ''));
    const joined = parts.map((part) => part.replace(/\\$/, '')).join(' ');
    if (joined === '') continue;
    const tag = /<<[~-]?(["']?)([A-Z_]{2,40})\1/.exec(joined)?.[2];
    let document: string | undefined;
    if (tag !== undefined) {
      const body: string[] = [];
      while (at + 1 < lines.length && (lines[at + 1] ?? '').trim() !== tag) body.push(lines[++at] ?? '');
      at++;
      document = body.join('\n');
    }
    const method = /^def\s+(?:self\.)?(\w+)/.exec(joined)?.[1];
    if (method !== undefined) isDown = method === 'down';
    if (downUntil !== undefined) {
      if (indent <= downUntil) downUntil = undefined;
      continue;
    }
    if (/^\w+\.down\b/.test(joined)) {
      if (/\bdo\s*(\|\w*\|)?$/.test(joined)) downUntil = indent;
      continue;
    }
    if (!isDown) found.push({ text: joined.replace(/^\w+\.up\s+(?:\{|do)\s*/, ''), line: start + 1, indent, document });
  }
  return found;
}

function withoutComment(raw: string): string {
  const line = raw.trim();
  return line.startsWith('#') ? '' : line.replace(/\s#(?!\{).*$/, '').trim();
}
