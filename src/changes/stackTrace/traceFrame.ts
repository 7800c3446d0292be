import type { TraceFrame } from './parsedTrace.ts';

/** What a parser read of a frame; empty texts and counts that are none are left out of the frame. */
export interface FrameParts {
  readonly function?: string | undefined;
  readonly className?: string | undefined;
  readonly packageName?: string | undefined;
  readonly path?: string | undefined;
  readonly line?: string | undefined;
  readonly column?: string | undefined;
  readonly isLibrary: boolean;
}

/** A frame of what was read: its path with `/`, its counts as numbers from 1. */
export function traceFrame(parts: FrameParts): TraceFrame {
  const path = filled(parts.path)?.replaceAll('\\', '/');
  const texts = {
    function: filled(parts.function),
    className: filled(parts.className),
    packageName: filled(parts.packageName),
    path,
  };
  const counts = { line: countOf(parts.line), column: countOf(parts.column) };
  const known = Object.entries({ ...texts, ...counts }).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(known) as Partial<TraceFrame>), isLibrary: parts.isLibrary };
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function countOf(text: string | undefined): number | undefined {
  const count = Number(text);
  return text !== undefined && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
