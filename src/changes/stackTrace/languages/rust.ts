import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/** `thread 'main' panicked at src/main.rs:10:5:` and `12: crate::f` with `at ./src/main.rs:3:5` below (std::backtrace). */
export const rust: TraceParser = { language: 'rust', name: 'Rust', parse };

interface Draft {
  readonly type: string;
  message: string;
  readonly frames: { name: string; path?: string; line?: string; column?: string }[];
}

const panicked = /^thread '[^']{0,200}' (?:\(\d+\) )?panicked at (?:'(.*)', )?(.{1,1000}?):(\d{1,9})(?::(\d{1,9}))?:?$/;
const step = /^(\d{1,6}): +(?:0x[0-9a-f]{1,16} - )?(\S.{0,1000})$/;
const place = /^at (.{1,1000}?\.rs):(\d{1,9})(?::(\d{1,9}))?$/;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const errors: Draft[] = [];
  let isMessage = false;
  let isBacktrace = false;
  for (const [index, raw] of lines.entries()) {
    if (isPause(index)) yield;
    const line = raw.trim();
    const current = errors.at(-1);
    const [, quoted, file, row, at] = panicked.exec(line) ?? [];
    const [, path, placeRow, placeColumn] = place.exec(line) ?? [];
    const [, number, name = ''] = step.exec(line) ?? [];
    if (file !== undefined && row !== undefined) {
      const where = { name: '', path: file, line: row, ...(at === undefined ? {} : { column: at }) };
      errors.push({ type: 'panic', message: quoted ?? '', frames: [where] });
      isMessage = quoted === undefined;
      isBacktrace = false;
    } else if (/^stack backtrace:$/i.test(line)) {
      if (current === undefined) errors.push({ type: '', message: '', frames: [] });
      isBacktrace = true;
      isMessage = false;
    } else if (isBacktrace && path !== undefined && placeRow !== undefined) {
      const last = current?.frames.at(-1);
      const where = { path, line: placeRow, ...(placeColumn === undefined ? {} : { column: placeColumn }) };
      if (last !== undefined && last.path === undefined) Object.assign(last, where);
      else current?.frames.push({ name: last?.name ?? '', ...where });
    } else if (isBacktrace && number !== undefined) {
      current?.frames.push({ name });
    } else if (line.startsWith('Error: ')) {
      errors.push({ type: 'Error', message: line.slice(7), frames: [] });
      isBacktrace = false;
    } else if (isMessage && current !== undefined && line !== '' && !line.startsWith('note: ')) {
      current.message = line;
      isMessage = false;
    }
  }
  return errors.filter(({ frames }) => frames.length > 0).map(toError);
}

/** The panic's own place is in the backtrace too, with the name of its function. */
function toError({ type, message, frames }: Draft): TraceError {
  const [first, ...others] = frames;
  const isRepeated =
    first?.name === '' && others.some((other) => other.line === first.line && samePath(other.path, first.path));
  return { type, message, frames: (isRepeated ? others : frames).map(toFrame) };
}

function samePath(a = '', b = ''): boolean {
  const [one, other] = [a.replace(/^\.\//, ''), b.replace(/^\.\//, '')];
  return one.endsWith(other) || other.endsWith(one);
}

function toFrame({ name, path, line, column }: Draft['frames'][number]): TraceFrame {
  const called = name.replace(/::h[0-9a-f]{16}$/, '');
  return traceFrame({
    function: called,
    path: path?.replace(/^\.\//, ''),
    line,
    column,
    isLibrary:
      path === undefined ||
      /^\/rustc\/|[\\/]\.?cargo[\\/]registry[\\/]|[\\/]\.rustup[\\/]|[\\/]library[\\/](?:std|core|alloc|test|proc_macro)[\\/]/.test(
        path,
      ),
  });
}
