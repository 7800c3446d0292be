import type { TraceLine } from '../framesUnderHeaders.ts';
import { framesUnderHeaders } from '../framesUnderHeaders.ts';
import type { TraceFrame, TraceParser } from '../parsedTrace.ts';
import { scriptPath } from '../scriptPath.ts';
import { traceFrame } from '../traceFrame.ts';

/**
 * `at async Cart.add [as put] (file:///app/src/cart.js:14:9)` of V8 (https://v8.dev/docs/stack-trace-api), and
 * `add@https://shop.test/cart.js:14:9` of Firefox and Safari.
 */
export const javascript: TraceParser = {
  language: 'javascript',
  name: 'JavaScript and TypeScript',
  parse: (lines) => framesUnderHeaders(lines, readLine),
};

const header =
  /^(?:Uncaught |Unhandled )?(?:exception |\(in promise\) )?(?:\[(cause|errors|\d{1,4})\]: )?([A-Za-z_$][\w$.]{0,100})(?: \[[\w$ ]{1,80}\])?(?:: (.*))?$/;

/** The same behind what a logger or the program puts before it: `[ERROR] default - TypeError: x`. */
const thrown =
  /[\s:\])]((?:[A-Za-z_$][\w$]{0,100})?(?:Error|Exception|Rejection))(?: \[[\w$ ]{1,80}\])?: (.*)$|[\s:\])]([A-Za-z_$][\w$]{0,100}(?:Error|Exception|Rejection))$/;

/** `driverError: error: x`: a property of the error above, as Node prints it. */
const property = /^[a-z][\w$]{0,60}: (?=(?:error|[A-Z][\w$]{0,100}(?:Error|Exception|Rejection)): )/;

/** `error: PoolTimeout: x` of loggers; `error: x`, which is also how the driver of Postgres names its errors. */
const level = /^(error|fatal|critical|warn|warning): (?=\S)/i;

function readLine(text: string): TraceLine {
  const line = text.trim();
  const frame = v8Frame(line) ?? geckoFrame(line);
  if (frame !== undefined) return { kind: 'frame', frame };
  if (/^\.\.\. \d+ lines matching cause stack trace/.test(line)) return { kind: 'filler' };
  const bare = line
    .replace(/^(?:Caused by|caused by): /, '[cause]: ')
    .replace(/ \{$/, '')
    .replace(property, '');
  const [, relation, type = '', message = ''] = header.exec(bare) ?? [];
  if (relation !== undefined) return { kind: 'header', type, message, isCause: true };
  if (/(?:Error|Exception|Rejection)$/.test(type)) return { kind: 'header', type, message };
  const [, behind, why = '', alone = behind] = thrown.exec(bare.slice(0, 2000)) ?? [];
  return alone === undefined ? perhapsHeader(bare) : { kind: 'header', type: alone, message: why };
}

/** `PoolTimeout: …`: any class may be thrown; `INFO: …` is a log's level. */
function perhapsHeader(line: string): TraceLine {
  const [prefix = '', word = ''] = level.exec(line) ?? [];
  const [, , type = '', message = ''] = header.exec(line.slice(prefix.length)) ?? [];
  if (/^[A-Z][\w$]*[a-z]/.test(type)) return { kind: 'perhapsHeader', type, message };
  return word === 'error'
    ? { kind: 'perhapsHeader', type: word, message: line.slice(prefix.length) }
    : { kind: 'other' };
}

function v8Frame(line: string): TraceFrame | undefined {
  if (!line.startsWith('at ') || line.length > 2000) return undefined;
  const rest = line.slice(3).replace(/(?: \{|,)$/, '');
  if (rest === '<anonymous>' || /^(?:async )?Promise\.\w+ \(index \d+\)$/.test(rest)) {
    return traceFrame({ function: functionOf(rest), isLibrary: true });
  }
  const open = rest.endsWith(')') ? rest.indexOf(' (') : -1;
  const where = open < 0 ? functionOf(rest) : rest.slice(open + 2, -1);
  const name = open < 0 ? '' : rest.slice(0, open);
  if (where === 'native' || where === '<anonymous>') return traceFrame({ ...namesOf(name), isLibrary: true });
  // Code of eval() has no file: the place of the call has.
  const [, origin] = /eval at [^()]{0,200}\(([^()]+)\)/.exec(where) ?? [];
  return frameAt(origin ?? where, name);
}

/** Whose traces have `at`, line and column too. */
const others = /\.(?:rs|go|py|java|kts?|scala|cs|rb|php|swift|c|cc|cpp|h)$/;

/** The pair of numbers tells it from Java's `(Foo.java:12)`; `in Foo.cs:line 12` has none. */
function frameAt(where: string, name: string): TraceFrame | undefined {
  const [, path = '', line, column] = /^(.+?):(\d{1,9})(?::(\d{1,9}))?$/.exec(where) ?? [];
  if (path === '' || others.test(path) || (column === undefined && !isScript(path))) return undefined;
  return traceFrame({ ...namesOf(name), path: scriptPath(path), line, column, isLibrary: isLibrary(path) });
}

/** `name@address:line:column`; an address may have `@` in it, as the folders of scoped packages have. */
function geckoFrame(line: string): TraceFrame | undefined {
  const at = line.length > 2000 ? -1 : line.indexOf('@');
  const name = line.slice(0, Math.max(0, at)).replace(/^async\*/, '');
  if (at < 0 || /[\s(]/.test(name)) return undefined;
  const [, address = '', row, column] =
    /^((?:[a-z][\w+.-]{1,40}:|\/|[A-Za-z]:[\\/]).+):(\d{1,9}):(\d{1,9})$/.exec(line.slice(at + 1)) ?? [];
  if (address === '') return undefined;
  const called = name.replace(/^[\w$]+\*/, '').replace(/[/<]+$/, '');
  const [, file, evalRow] = /^(.*?) line (\d{1,9}) > /.exec(address) ?? [];
  const position = evalRow === undefined ? { line: row, column } : { line: evalRow };
  const path = file ?? address;
  return traceFrame({ ...namesOf(called), path: scriptPath(path), ...position, isLibrary: isLibrary(path) });
}

function namesOf(name: string): { readonly function: string; readonly className?: string } {
  const called = functionOf(name);
  const [, className, method = called] = /^(?:Function\.)?([A-Z][\w$]*)\.([\w$#<>.]+)$/.exec(called) ?? [];
  if (className === undefined || className === 'Object') return { function: method };
  return { function: called, className };
}

function functionOf(name: string): string {
  return name.replace(/^async /, '').replace(/ \[as [^\]]{1,200}\]$/, '');
}

function isScript(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|vue|svelte)$/i.test(path.replace(/[?#].*$/, ''));
}

const ownSchemes = /^(?:node|bun|deno|ext|chrome-extension|moz-extension|safari-extension|extensions|wasm):/;

/** How Node before 16 named its own files: `events.js:292:12`, `internal/timers.js:461:21`. */
const nodeFiles =
  /^(?:internal\/.*|(?:_?(?:http|stream|tls)_\w+|assert|buffer|child_process|cluster|dgram|dns|domain|events|fs|http|https|module|net|path|repl|stream|timers|tls|url|util|vm|zlib)\.js)$/;

function isLibrary(path: string): boolean {
  return (
    /(?:^|[\\/])node_modules[\\/]/.test(path) ||
    ownSchemes.test(path) ||
    nodeFiles.test(path) ||
    path === '[native code]' ||
    /(?:^|\/)(?:\(?webpack\)?\/(?:bootstrap|runtime)|webpack-runtime\.js)/.test(path)
  );
}
