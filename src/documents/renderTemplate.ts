import Handlebars from 'handlebars/dist/cjs/handlebars.js';
import { checkTemplate } from './checkTemplate.ts';
import { generatedPart, isPartName } from './generatedParts.ts';
import { TemplateError, templateProblemOf } from './templateProblem.ts';
import type { TemplateProblem } from './templateProblem.ts';
import { escapeView } from './viewText.ts';

/** The largest template, in bytes. */
export const templateLimitBytes = 256 * 1024;
/** The largest document that a template may make, in characters. */
export const outputLimit = 1024 * 1024;

const iterationLimit = 200_000;

/** The text of a template and where it is from. */
export interface Template {
  readonly file: string;
  readonly text: string;
}

/** A rendered document, or what is wrong with the template. */
export type Rendering =
  { readonly kind: 'rendered'; readonly text: string } | { readonly kind: 'failed'; readonly problem: TemplateProblem };

/**
 * Renders a template (Handlebars) over a view: plain objects, lists and text. Every text of the view is escaped by
 * `escape` once, Markdown values go in as they are. Templates can use fields, `if`, `unless`, `each`, `with` and
 * `generated`; no partials, no other helpers, nothing of a prototype. Never throws: a fault of the template is a
 * problem with its line. The result has line feeds and ends with one.
 */
export function renderTemplate(template: Template, view: object, escape: (text: string) => string): Rendering {
  try {
    if (Buffer.byteLength(template.text) > templateLimitBytes) {
      throw new TemplateError(`the template is larger than ${templateLimitBytes / 1024} KB`);
    }
    const program = Handlebars.parse(template.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
    const fields = escapeView(view, escape);
    checkTemplate(program, fields);
    const text = compile(program)(fields, { helpers: helpers() });
    refuseTooMuch(text);
    return { kind: 'rendered', text: `${text.trim()}\n` };
  } catch (error) {
    return { kind: 'failed', problem: templateProblemOf(error, template.file) };
  }
}

function compile(program: hbs.AST.Program): Handlebars.TemplateDelegate {
  return Handlebars.create().compile(program, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { generated: true, log: false, lookup: false },
  });
}

/** Helpers of one rendering: what it has made so far is counted in them. */
function helpers(): Record<string, Handlebars.HelperDelegate> {
  const names = new Set<string>();
  let iterations = 0;
  return {
    each(this: unknown, list: unknown, options: Handlebars.HelperOptions): string {
      if (!Array.isArray(list) || list.length === 0) return options.inverse(this);
      let text = '';
      for (const [index, element] of list.entries()) {
        iterations += 1;
        if (iterations > iterationLimit) throw new TemplateError('the template repeats too much');
        text += options.fn(ofItsOwn(element), { data: loopData(options, index, list.length), blockParams: [] });
        refuseTooMuch(text);
      }
      return text;
    },
    generated(this: unknown, name: unknown, options: Handlebars.HelperOptions): string {
      if (typeof name !== 'string' || !isPartName(name)) {
        throw new TemplateError(`"${String(name)}" is no name for a generated part: use small letters and hyphens`);
      }
      if (names.has(name)) throw new TemplateError(`two generated parts are named "${name}"`);
      names.add(name);
      const text = options.fn(this);
      if (text.includes('<!-- mayday:')) throw new TemplateError(`a generated part stands inside of "${name}"`);
      return `${generatedPart(name, text)}\n`;
    },
  };
}

/** Handlebars counts `../` by identity: an element that is its own surroundings would not count as a level. */
function ofItsOwn(element: unknown): unknown {
  const isObject = typeof element === 'object' && element !== null;
  return isObject ? Object.assign(Object.create(null) as object, element) : element;
}

function loopData(options: Handlebars.HelperOptions, index: number, length: number): object {
  const data = Handlebars.createFrame(options.data as object) as Record<string, unknown>;
  return Object.assign(data, { index, key: index, first: index === 0, last: index === length - 1 });
}

function refuseTooMuch(text: string): void {
  if (text.length > outputLimit) throw new TemplateError('the document would be larger than 1 MB');
}
