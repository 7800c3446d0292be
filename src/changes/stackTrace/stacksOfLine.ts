/** Deeper than that no logger nests an error. */
const deepest = 8;

/** Fields that hold one line of a program's output: of Docker, journald and most loggers. */
const wholeLine = /^(?:log|message|msg|MESSAGE|textPayload|@message|line)$/;

/** A stack in logfmt or in JSON that was cut: its line ends are written out. */
const writtenOut = /\\n(?: |\\t|at |File \\*"|from |#\d|Caused by|goroutine |Traceback|\S{1,300}@)/;

/**
 * The texts of several lines in a log line that is, or ends with, a JSON object: `stack`, `err.stack`,
 * `exception.stacktrace`; without any, the message. Undefined for a line that is none of this.
 */
export function stacksOfLine(line: string): readonly string[] | undefined {
  const object = parsed(line.slice(Math.max(0, line.indexOf('{'))), '{');
  if (object !== undefined) {
    const stacks: string[] = [];
    const messages: string[] = [];
    collect(object, '', { stacks, messages }, 0);
    return stacks.length > 0 ? distinct(stacks) : messages;
  }
  const field = parsed(/^\s*"[^"\\]{1,200}"\s*:\s*(".*"),?\s*$/.exec(line)?.[1] ?? '', '"');
  if (typeof field === 'string' && field.includes('\n')) return [field];
  if (!writtenOut.test(line)) return undefined;
  const quoted = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = '']) => text)
    .filter((text) => writtenOut.test(text));
  return (quoted.length > 0 ? quoted : [line]).map(unescaped);
}

function unescaped(text: string): string {
  return text
    .replace(/(?:\\r)?\\n/g, '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\"', '"');
}

interface Found {
  readonly stacks: string[];
  readonly messages: string[];
}

function collect(value: unknown, name: string, found: Found, depth: number): void {
  if (typeof value === 'string') {
    const inner = depth < deepest ? parsed(value.trim(), '{') : undefined;
    if (inner !== undefined) collect(inner, '', found, depth + 1);
    else if (/\n./.test(value)) found.stacks.push(value);
    else if (wholeLine.test(name)) found.messages.push(value);
  } else if (Array.isArray(value)) {
    const isLines = value.length > 1 && value.every((item) => typeof item === 'string');
    if (isLines) found.stacks.push(value.join('\n'));
    else for (const item of value) collectWithin(item, name, found, depth);
  } else if (typeof value === 'object' && value !== null) {
    const whole = withItsError(value);
    if (whole !== undefined) found.stacks.push(whole);
    for (const [key, item] of Object.entries(value)) collectWithin(item, key, found, depth);
  }
}

function collectWithin(value: unknown, name: string, found: Found, depth: number): void {
  if (depth < deepest) collect(value, name, found, depth + 1);
}

/**
 * Stacks that name no error, with the one that stands in another field: `stackTrace` of AWS Lambda for Python
 * (`errorType`, `errorMessage`), and `stacktrace` of zap (`msg`).
 */
function withItsError(object: object): string | undefined {
  const { stackTrace, errorType, errorMessage = '', stacktrace, msg }: LoggedError = object;
  if (Array.isArray(stackTrace) && typeof errorType === 'string' && /^\s*File "/.test(String(stackTrace[0])))
    return [...stackTrace.map(String), `${errorType}: ${String(errorMessage)}`].join('\n');
  if (typeof stacktrace === 'string' && typeof msg === 'string' && /^[^\s]{1,500}\n\t/.test(stacktrace))
    return `${msg}\n${stacktrace}`;
  return undefined;
}

interface LoggedError {
  readonly stackTrace?: unknown;
  readonly errorType?: unknown;
  readonly errorMessage?: unknown;
  readonly stacktrace?: unknown;
  readonly msg?: unknown;
}

/** Loggers write one stack under two names; what is part of another one says nothing more. */
function distinct(stacks: readonly string[]): readonly string[] {
  const longestFirst = stacks.toSorted((a, b) => b.length - a.length).slice(0, 50);
  return longestFirst.filter((stack, index) => !longestFirst.slice(0, index).some((other) => other.includes(stack)));
}

function parsed(text: string, first: '{' | '"'): unknown {
  if (!text.startsWith(first)) return undefined;
  try {
    return JSON.parse(text.trimEnd());
  } catch {
    // Braces are in many lines that are no JSON.
    return undefined;
  }
}
