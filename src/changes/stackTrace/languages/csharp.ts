import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/** `at Acme.Cart.Add(String sku) in /src/Cart.cs:line 12` (System.Exception.ToString), inner exceptions after `--->`. */
export const csharp: TraceParser = { language: 'csharp', name: 'C#', parse };

interface Draft {
  readonly type: string;
  readonly message: string;
  readonly frames: TraceFrame[];
}

const thrown =
  /^((?:[A-Z_]\w{0,100}\.){0,20}[A-Z_]\w{0,100}(?:Exception|Error|Fault)\w{0,20}|(?:[A-Z_]\w{0,100}\.){1,20}[A-Z_]\w{0,100})(?: \(0x[0-9A-F]{8}\))?: (.*)$/;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const errors: Draft[] = [];
  /** Outer exceptions whose own frames come after those of the inner ones. */
  let open: Draft[] = [];
  for (const [at, raw] of lines.entries()) {
    if (isPause(at)) yield;
    const line = raw.trim().slice(0, 3000);
    const frame = frameOf(line);
    if (frame !== undefined) {
      if (open.length === 0) errors.push(...(open = [{ type: '', message: '', frames: [] }]));
      open.at(-1)?.frames.push(frame);
    } else if (/^-+ End of inner (?:exception|exceptions?) stack trace -+/i.test(line)) {
      if (open.length > 1) open.pop();
    } else {
      const isInner = line.startsWith('---> ');
      const heads = headsOf(line);
      if (heads.length === 0) continue;
      if (!isInner) open = [];
      errors.push(...heads);
      open.push(...heads);
    }
  }
  return errors.filter(({ frames }, index) => frames.length > 0 || (index > 0 && errors.length > 1));
}

/** `Unhandled exception. Outer: message ---> Inner: message` */
function headsOf(line: string): Draft[] {
  return line
    .replace(/^---> /, '')
    .split(' ---> ')
    .flatMap((part) => {
      const bare = part.replace(/^(?:Unhandled exception[.:] |\(Inner Exception #\d+\) )/i, '').replace(/<---$/, '');
      const [, type, message = ''] = thrown.exec(bare) ?? [];
      return type === undefined ? [] : [{ type, message, frames: [] }];
    });
}

const method =
  /^((?:[^\s(]|, ){1,600}?)\.(\.?c?ctor|[^.\s(]{1,300})\(([^)]{0,1000})\)(?: in (.{1,1000}):line (\d{1,9}))?$/;

function frameOf(line: string): TraceFrame | undefined {
  if (!line.startsWith('at ')) return undefined;
  const [, type = '', name = '', parameters = '', path, row] = method.exec(line.slice(3)) ?? [];
  if (name === '') return undefined;
  // `Foo.bar(Foo.java:12)` is Java's.
  if (path === undefined && (/[:/]|^(?:Native Method|Unknown Source)$/.test(parameters) || !/^[A-Z]/.test(type)))
    return undefined;
  // The compiler's names: `Cart.<AddAsync>d__5.MoveNext()`, `Cart.<>c__DisplayClass0_0.<Add>b__0(…)`.
  const [, machine] = /\.<(\w+)>d__\d+$/.exec(type) ?? [];
  const [, lambda] = /^<(\w+)>b__/.exec(name) ?? [];
  const className = type.replace(/\.<\w*>[cd]\w*(?:`\d+)?$/, '');
  const dot = className.lastIndexOf('.');
  return traceFrame({
    function: machine ?? lambda ?? name,
    className: className.slice(dot + 1),
    packageName: dot < 0 ? '' : className.slice(0, dot),
    path,
    line: row,
    isLibrary: path === undefined || /^(?:System|Microsoft)\./.test(className),
  });
}
