import { TemplateError } from './templateProblem.ts';

type Node = hbs.AST.Node;
type Scope = readonly unknown[];

const blockHelpers = new Set(['if', 'unless', 'each', 'with', 'generated']);
const loopData = new Set(['root', 'index', 'first', 'last', 'key']);

/**
 * Walks a parsed template against the view it will render, branches not taken included, and throws a TemplateError with
 * the line of the first thing that is not there: a field, a helper, a partial. Handlebars' own strict mode overlooks
 * fields inside `{{#if …}}` and cannot tell the line for fields of text.
 */
export function checkTemplate(program: hbs.AST.Program, view: unknown): void {
  checkProgram(program, [view]);
}

function checkProgram(program: hbs.AST.Program | undefined, scope: Scope): void {
  for (const statement of program?.body ?? []) checkStatement(statement, scope);
}

function checkStatement(statement: hbs.AST.Statement, scope: Scope): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      checkMustache(statement as hbs.AST.MustacheStatement, scope);
      return;
    case 'BlockStatement':
      checkBlock(statement as hbs.AST.BlockStatement, scope);
      return;
    case 'PartialStatement':
    case 'PartialBlockStatement':
      throw failure('partials are not available in templates', statement);
    default:
      throw failure(`${statement.type} is not available in templates`, statement);
  }
}

function checkMustache({ path, params, ...node }: hbs.AST.MustacheStatement, scope: Scope): void {
  if (!isPath(path)) throw failure('only fields can be shown', node);
  if (params.length > 0) throw failure(`unknown helper "${path.original}"`, node);
  resolve(path, scope);
}

function checkBlock(block: hbs.AST.BlockStatement, scope: Scope): void {
  const name = block.path.original;
  if (!blockHelpers.has(name)) throw failure(`unknown helper "${name}"`, block);
  if (blockParameters(block).length > 0) {
    throw failure('block parameters are not available in templates', block);
  }
  const [parameter, ...others] = block.params;
  if (parameter === undefined || others.length > 0) throw failure(`"${name}" takes exactly one value`, block);
  if (name === 'generated') {
    if (parameter.type !== 'StringLiteral') throw failure('"generated" takes a name in quotes', block);
    checkProgram(block.program, scope);
    return;
  }
  if (!isPath(parameter)) throw failure(`"${name}" takes a field`, block);
  const value = resolve(parameter, scope);
  checkProgram(block.inverse, scope);
  if (name === 'if' || name === 'unless') checkProgram(block.program, scope);
  else if (name === 'each') checkLoop(block, parameter, value, scope);
  else if (value !== null && value !== undefined) checkProgram(block.program, [...scope, value]);
}

/** The types say that they are always there. */
function blockParameters({
  program,
}: {
  readonly program?: { readonly blockParams?: readonly string[] };
}): readonly string[] {
  return program?.blockParams ?? [];
}

function checkLoop(block: hbs.AST.BlockStatement, path: hbs.AST.PathExpression, value: unknown, scope: Scope): void {
  if (value === null || value === undefined) return;
  if (!Array.isArray(value)) throw failure(`"${path.original}" is not a list`, path);
  // Elements of a list have the same fields, so one speaks for all; of an empty list nothing can be said.
  if (value.length > 0) checkProgram(block.program, [...scope, value[0]]);
}

/** The value of a path; undefined where the view is null on the way and nothing can be said. */
function resolve(path: hbs.AST.PathExpression, scope: Scope): unknown {
  let value: unknown = path.data ? dataRoot(path, scope) : scope[scope.length - 1 - path.depth];
  if (path.depth >= scope.length) throw failure(`"${path.original}" leads outside of the view`, path);
  for (const part of path.data ? path.parts.slice(1) : path.parts) {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'object' || !Object.hasOwn(value, part))
      throw failure(`unknown field "${path.original}"`, path);
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function dataRoot(path: hbs.AST.PathExpression, scope: Scope): unknown {
  const name = path.parts[0] ?? '';
  if (!loopData.has(name)) throw failure(`unknown field "${path.original}"`, path);
  return name === 'root' ? scope[0] : undefined;
}

function isPath(node: Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function failure(message: string, node: Pick<Node, 'loc'>): TemplateError {
  return new TemplateError(message, node.loc.start.line);
}
