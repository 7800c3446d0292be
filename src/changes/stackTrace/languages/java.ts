import type { TraceLine } from '../framesUnderHeaders.ts';
import { framesUnderHeaders } from '../framesUnderHeaders.ts';
import type { TraceFrame, TraceParser } from '../parsedTrace.ts';
import { traceFrame } from '../traceFrame.ts';

/**
 * `at app//com.acme.Foo$Bar.lambda$baz$0(Foo.java:12) ~[shop.jar:1.4]`: Throwable.printStackTrace and what loggers make
 * of it, of Java, Kotlin, Scala and Groovy.
 */
export const java: TraceParser = {
  language: 'java',
  name: 'Java and Kotlin',
  parse: (lines) => framesUnderHeaders(lines, readLine),
};

const className = String.raw`(?:[\p{L}_$][\p{L}\p{N}_$-]{0,100}\.){0,30}[\p{L}_$][\p{L}\p{N}_$-]{0,200}`;
const relation = new RegExp(String.raw`^(?:Caused by|Suppressed|Wrapped by): (${className})(?::(.*))?$`, 'u');
const thrown = new RegExp(
  String.raw`(?:^|[\s:"(])((?:[\p{Ll}_][\p{L}\p{N}_$-]{0,100}\.){1,30}\p{Lu}[\p{L}\p{N}_$]{0,200})(?::(.*))?$`,
  'u',
);
const uncaught = /^Exception in thread "[^"]{0,300}" ([A-Z][\w$]{0,200})(?::(.*))?$/;
const bare = /^([A-Z][\w$]{0,200})(?::(.*))?$/;

function readLine(text: string): TraceLine {
  const line = text.trim();
  const frame = readFrame(line);
  if (frame !== undefined) return { kind: 'frame', frame };
  if (/^\.\.\. \d+ (?:more|common frames omitted)/.test(line)) return { kind: 'filler' };
  const [, cause, why = ''] = relation.exec(line) ?? [];
  if (cause !== undefined) return { kind: 'header', type: cause, message: why.trim(), isCause: true };
  const found = thrownIn(line.slice(0, 2000));
  if (found !== undefined) {
    return { kind: isThrowable(found.type) ? 'header' : 'perhapsHeader', ...found };
  }
  const [, own, words = ''] = uncaught.exec(line) ?? [];
  if (own !== undefined) return { kind: 'header', type: own, message: words.trim() };
  const [, short, said = ''] = bare.exec(line) ?? [];
  return short === undefined ? { kind: 'other' } : { kind: 'perhapsHeader', type: short, message: said.trim() };
}

/** `c.a.Cart: java.lang.IllegalStateException: boom`: a logger's name is in front of what was thrown. */
function thrownIn(line: string): { readonly type: string; readonly message: string } | undefined {
  const [, type, message = ''] = thrown.exec(line) ?? [];
  if (type === undefined) return undefined;
  const [, inner, words = ''] = isThrowable(type) ? [] : (thrown.exec(message) ?? []);
  return inner !== undefined && isThrowable(inner)
    ? { type: inner, message: words.trim() }
    : { type, message: message.trim() };
}

function isThrowable(type: string): boolean {
  return /(?:Exception|Error|Throwable|Failure)$/.test(type);
}

/** `class.method(Foo.java:12)`; before it loader and module, `app//` or `java.base@17.0.1/`. */
const frame = new RegExp(
  String.raw`^(?:[\w.@-]{0,100}/){0,2}(${className}(?:/0x[0-9a-f]{1,16})?)\.([\p{L}_$<][^().]{0,200})\(([^()]{1,200})\)(?:\s|$)`,
  'u',
);
const file = /^(.+\.(?:java|kts?|scala|groovy|clj[cs]?))(?::(-?\d{1,9}))?$/;

function readFrame(line: string): TraceFrame | undefined {
  if (!line.startsWith('at ')) return undefined;
  const [, type = '', method, where = ''] = frame.exec(line.slice(3, 1500)) ?? [];
  if (method === undefined) return undefined;
  const [, path, row] = file.exec(where) ?? [];
  if (path === undefined && !/^(?:Native Method|Unknown Source|SourceFile(?::\d+)?|<[\w ]+>)$/.test(where))
    return undefined;
  const dot = type.lastIndexOf('.');
  return traceFrame({
    function: method,
    className: type,
    packageName: dot < 0 ? '' : type.slice(0, dot),
    path,
    line: row,
    isLibrary: path === undefined || library.test(type),
  });
}

/** What runs and frames most services; `RepositoryFiles` has the last word on a name that is the repository's own. */
const library =
  /^(?:javax?|jdk|sun|com\.sun|jakarta|kotlinx?|scala|groovy|clojure|android|androidx|dalvik|reactor|rx|io\.(?:netty|reactivex|micronaut|quarkus|vertx|grpc|undertow|ktor|micrometer)|org\.(?:springframework|apache|hibernate|jboss|junit|eclipse|gradle|slf4j|postgresql|mockito|codehaus|glassfish|reactivestreams)|com\.(?:fasterxml|google|mysql|zaxxer|netflix|amazonaws|intellij)|ch\.qos\.logback|okhttp3?|retrofit2|feign)\./;
