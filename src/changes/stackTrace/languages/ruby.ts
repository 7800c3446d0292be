import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/** `/app/cart.rb:12:in 'Cart#add': message (RuntimeError)`, then `from …` (Exception#full_message), and Rails' own log. */
export const ruby: TraceParser = { language: 'ruby', name: 'Ruby', parse };

const frameLine =
  /^(?:from |\d{1,6}: from )?((?:[A-Za-z]:)?[^\s:][^:]{0,1000}|<internal:[^>]{1,200}>):(\d{1,9}):in [`']([^']{1,300})'(?:: (.*))?$/;
/** `NoMethodError (undefined method 'x' for nil):` */
const railsHeader = /^(?!Traceback )([A-Z][\w:]{0,200}) \((.*)\):$/;
const named = /^(.*?) ?\(([A-Z][\w:]{0,200})\)$/;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const errors: { type: string; message: string; frames: TraceFrame[] }[] = [];
  let header: { type: string; message: string } | undefined;
  let current: (typeof errors)[number] | undefined;
  let outermostFirst: TraceFrame[] = [];
  for (const [at, raw] of lines.entries()) {
    if (isPause(at)) yield;
    const line = raw.trim();
    const [, path = '', row, name, said] = frameLine.exec(line) ?? [];
    if (path === '') {
      const [, type, message = ''] = railsHeader.exec(line) ?? [];
      if (type !== undefined) header = { type, message };
      continue;
    }
    const frame = frameOf(path, row, name);
    if (/^\d+: from /.test(line)) {
      outermostFirst.push(frame);
      continue;
    }
    if (said !== undefined || header !== undefined || current === undefined) {
      const [, message = said ?? '', type = ''] = named.exec(said ?? '') ?? [];
      current = { ...(header ?? { type, message }), frames: [] };
      header = undefined;
      errors.push(current);
    }
    current.frames.push(frame, ...outermostFirst.reverse());
    outermostFirst = [];
  }
  return errors;
}

/** `Cart#add`, `Cart.find`, `block (2 levels) in Cart#add` */
function frameOf(path: string, line: string | undefined, name = ''): TraceFrame {
  const [, className] = /(?:^| in )([A-Z][\w:]{0,200})[#.]/.exec(name) ?? [];
  const isInternal = path.startsWith('<');
  return traceFrame({
    function: name,
    className,
    path: isInternal ? '' : path,
    line: isInternal ? undefined : line,
    isLibrary:
      isInternal || /[\\/]gems[\\/]|[\\/]lib[\\/]ruby[\\/]|[\\/]vendor[\\/]bundle[\\/]|[\\/]rubygems[\\/]/.test(path),
  });
}
