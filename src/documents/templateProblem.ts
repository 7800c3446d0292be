/** What is wrong with a template, for the person who wrote it. */
export interface TemplateProblem {
  /** The template's path. */
  readonly file: string;
  /** Counted from 1; absent where it concerns the whole file. */
  readonly line?: number;
  readonly message: string;
}

/** Thrown while a template is checked or rendered; never leaves `renderTemplate`. */
export class TemplateError extends Error {
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.name = 'TemplateError';
    this.line = line;
  }
}

/** The problem as one line: `initial.md.hbs, line 3: unknown field "titel"`. */
export function describeProblem({ file, line, message }: TemplateProblem): string {
  return line === undefined ? `${file}: ${message}` : `${file}, line ${line}: ${message}`;
}

/** What an error of the template engine, or of our own checks, says about a template. */
export function templateProblemOf(error: unknown, file: string): TemplateProblem {
  if (error instanceof TemplateError) return withLine(file, error.line, error.message);
  const message = error instanceof Error ? error.message : String(error);
  const syntax = /^(?:Parse|Lexical) error on line (\d+)[.:]?\s*\n(.*)\n-*\^\n?(.*)$/s.exec(message);
  if (syntax) return withLine(file, Number(syntax[1]), `syntax error at "${syntax[2] ?? ''}": ${syntax[3] ?? ''}`);
  const line = error instanceof Error && 'lineNumber' in error ? Number(error.lineNumber) : Number.NaN;
  return withLine(file, Number.isInteger(line) ? line : undefined, message.replace(/ - \d+:\d+$/, ''));
}

function withLine(file: string, line: number | undefined, message: string): TemplateProblem {
  return line === undefined ? { file, message } : { file, line, message };
}
