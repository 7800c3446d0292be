import type { TraceError, TraceFrame, TraceParser } from '../parsedTrace.ts';
import { isPause } from '../pause.ts';
import { traceFrame } from '../traceFrame.ts';

/**
 * A function's line, and under it a tab, `file:line` and `+0x1f`: runtime.Stack and debug.PrintStack, and without the last
 * pkg/errors and zap. Gin's recovery writes `file:line (0x1f)` and the function under it.
 */
export const go: TraceParser = { language: 'go', name: 'Go', parse };

const place =
  /^((?:[A-Za-z]:)?[^\s:][^:]{0,1000}\.(?:go|s)):(\d{1,9})(?: \+0x[0-9a-f]{1,16}| (\(0x[0-9a-f]{1,16}\)))?$/;
const panic = /^(panic|fatal error): (.*)$/;
/** What net/http says of a handler's panic that it caught, behind the time of package log. */
const served = /(?:^|\s)http: panic serving \S{1,200}: (.*)$/;
const recovered = /\bpanic recovered:$/;
const functionUnder = /^([^\s:]{1,300}): /;
const goroutine = /^goroutine (\d{1,12})(?: gp=\S{1,40} m=\S{1,40}(?: mp=\S{1,40})?)? \[([^\]]{1,200})\]:$/;
/** How far above a place its function may stand, with lines of others in between. */
const reach = 3;
const longest = 2000;

function* parse(lines: readonly string[]): Generator<undefined, TraceError[]> {
  const errors: { type: string; message: string; readonly frames: TraceFrame[] }[] = [];
  let said: { type: string; message: string } | undefined;
  let current: (typeof errors)[number] | undefined;
  /** No goroutine was named: every stack has its message right above it. */
  let isHeadless = false;
  let recent: string[] = [];
  for (const [at, raw] of lines.entries()) {
    if (isPause(at)) yield;
    const line = raw.trim();
    const [, kind, message = ''] = panic.exec(line) ?? [];
    const [, caught] = served.exec(line.slice(0, longest)) ?? [];
    const [, number, state] = goroutine.exec(line) ?? [];
    const [, path, row, address] = place.exec(line) ?? [];
    if (kind !== undefined) {
      // One that was recovered and thrown again stands indented below: the first one is what happened.
      said ??= { type: kind, message: message.replace(/(?: \[recovered(?:, repanicked)?\])+$/, '') };
    } else if (caught !== undefined) {
      said = { type: 'panic', message: caught };
    } else if (recovered.test(line)) {
      said = { type: 'panic', message: '' };
      current = undefined;
    } else if (number !== undefined) {
      current = { ...(said ?? { type: `goroutine ${number}`, message: state ?? '' }), frames: [] };
      errors.push(current);
      said = undefined;
      isHeadless = false;
    } else if (path !== undefined) {
      const above = address === undefined ? messageAbove(lines, at) : (recent.at(-1) ?? '');
      if (current === undefined || (isHeadless && address === undefined && above !== '')) {
        const { type, message: known } = said ?? { type: '', message: '' };
        errors.push((current = { type, message: known === '' ? above : known, frames: [] }));
        said = undefined;
        isHeadless = true;
      }
      const called = address === undefined ? recent.findLast((text) => isFunction(text)) : undefined;
      current.frames.push(address === undefined ? frameOf(called, path, row) : ginFrame(lines[at + 1], path, row));
      recent = [];
    }
    if (path === undefined && line !== '') recent = [...recent.slice(1 - reach), line];
  }
  return errors.filter(({ frames }) => frames.length > 0);
}

/** The line above the function's, where it is none of the stack: what pkg/errors and loggers write there. Else empty. */
function messageAbove(lines: readonly string[], at: number): string {
  const [message = '', called = ''] = [lines[at - 2]?.trim(), lines[at - 1]?.trim()];
  return isFunction(called) && !isFunction(message) && !place.test(message) ? message.slice(0, longest) : '';
}

function ginFrame(under: string | undefined, path: string, line: string | undefined): TraceFrame {
  const [, called] = functionUnder.exec(under?.trim() ?? '') ?? [];
  return traceFrame({ function: called, path, line, isLibrary: isLibrary(path, '') });
}

function isFunction(text: string): boolean {
  return text.length < 1000 && /^(?:created by )?(?:[\w~/@%-][^\s(]{0,300}\.\S|panic\()/.test(text);
}

/** `created by main.start in goroutine 1`, `github.com/acme/shop/internal/cart.(*Cart).Add(0xc0, …)` */
function frameOf(called: string | undefined, path: string, line: string | undefined): TraceFrame {
  const bare = (called ?? '').replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
  const [, folder = '', name = ''] = /^((?:[^/(]{0,200}\/){0,30})([^/].*)$/.exec(bare) ?? [];
  const dot = name.indexOf('.');
  const packageName = dot < 0 ? '' : `${folder}${name.slice(0, dot)}`.replaceAll('%2e', '.');
  const member = dot < 0 ? name : name.slice(dot + 1);
  const [, receiver, method] = /^\(?\*?([\w[\].]{1,200})\)?\.([\w.]{1,200}(?:-fm)?)/.exec(member) ?? [];
  const isMethod = member.startsWith('(') && method !== undefined;
  const own = isMethod ? method : member.replace(/\((?:[^()]|\(\))*(?:\(.*)?\)?$/, '');
  return traceFrame({
    function: own,
    className: isMethod ? receiver : '',
    packageName,
    path,
    line,
    isLibrary: isLibrary(path, packageName),
  });
}

const standard =
  /^(?:archive|bufio|bytes|cmp|compress|container|context|crypto|database|debug|embed|encoding|errors|expvar|flag|fmt|go|hash|html|image|index|internal|io|iter|log|maps|math|mime|net|os|path|plugin|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|unique|unsafe|weak)\//;

function isLibrary(path: string, packageName: string): boolean {
  if (/(?:^|\/)pkg\/mod\/|(?:^|\/)vendor\/|^[^/]+\.[^/]+\/[^@]*@v\d/.test(path.replaceAll('\\', '/'))) return true;
  const [, inRoot] =
    /(?:^|[\\/])(?:go|golang|go[\d.]+|libexec|hostedtoolcache[\\/]go[\\/][^\\/]+[\\/][^\\/]+)[\\/]src[\\/](.*)$/i.exec(
      path,
    ) ?? [];
  if (inRoot !== undefined) return standard.test(inRoot.replaceAll('\\', '/'));
  // Built with -trimpath, the standard library's files have no folder before their package.
  return !/^(?:[\\/]|[A-Za-z]:)/.test(path) && standard.test(path) && standard.test(`${packageName}/`);
}
