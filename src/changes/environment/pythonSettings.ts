import type { FoundRead } from './environmentRead.ts';
import { isVariableName } from './environmentRead.ts';

/**
 * The variables behind the fields of pydantic's `BaseSettings`: a field's name in capitals after `env_prefix`, or the name
 * that `alias`, `validation_alias` or `env` gives it. A class that inherits from another of the project cannot be told.
 */
export function settingsReads(code: string, text: string): readonly FoundRead[] {
  const header = /^([ \t]*)class\s+\w+\s*\(\s*(?:pydantic(?:_settings)?\.)?BaseSettings\b[^\n]{0,200}:[ \t]*$/gm;
  return [...code.matchAll(header)].flatMap(({ 0: head, 1: indent = '', index }) => {
    const body = bodyOf(code, index + head.length + 1, indent.length);
    const [, , prefix = ''] = /\benv_prefix\s*=\s*(["'])(\w*)\1/.exec(text.slice(body.from, body.to)) ?? [];
    return fieldsOf(code, text, { ...body, prefix });
  });
}

interface Body {
  readonly from: number;
  readonly to: number;
}

/** The lines that are further in than the class. */
function bodyOf(code: string, from: number, indent: number): Body {
  let to = from;
  while (to < code.length) {
    const end = code.indexOf('\n', to);
    const line = code.slice(to, end === -1 ? undefined : end);
    if (line.trim() !== '' && line.search(/\S/) <= indent) break;
    to = end === -1 ? code.length : end + 1;
  }
  return { from, to };
}

function fieldsOf(code: string, text: string, { from, to, prefix }: Body & { readonly prefix: string }): FoundRead[] {
  const body = code.slice(from, to);
  const inner = /^[ \t]*(?=\S)/m.exec(body)?.[0] ?? '';
  const field = new RegExp(String.raw`^${inner}([A-Za-z]\w*)[ \t]*:[ \t]*([^=\n]{1,200})(=[^\n]*)?$`, 'gm');
  return [...body.matchAll(field)].flatMap(({ 0: line, 1: name = '', 2: type = '', 3: value, index }) => {
    if (name === 'model_config' || /\bClassVar\b/.test(type)) return [];
    const given = text.slice(from + index, from + index + line.length);
    const [, , alias] = /\b(?:validation_alias|alias|env)\s*=\s*(["'])(\w+)\1/.exec(given) ?? [];
    const variable = alias ?? `${prefix}${name}`.toUpperCase();
    if (!isVariableName(variable)) return [];
    return [{ name: variable, offset: from + index + inner.length, hasDefault: hasValue(value) }];
  });
}

/** `= 'x'`, `= Field('x')`, `= Field(default='x')`; `= ...` and `= Field(...)` say that there is none. */
function hasValue(value: string | undefined): boolean {
  if (value === undefined || /^=\s*\.\.\./.test(value)) return false;
  const [, first] = /^=\s*(?:pydantic\.)?Field\(\s*(.*)$/.exec(value) ?? [];
  if (first === undefined) return true;
  return /\bdefault(?:_factory)?\s*=/.test(first) || !/^(?:\.\.\.|\w+\s*=|\))/.test(first);
}
