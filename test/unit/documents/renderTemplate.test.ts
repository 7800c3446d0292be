import { afterEach, describe, expect, it, vi } from 'vitest';
import { inline } from '../../../src/documents/markdownText.ts';
import { outputLimit, renderTemplate, templateLimitBytes } from '../../../src/documents/renderTemplate.ts';
import { describeProblem } from '../../../src/documents/templateProblem.ts';
import { asMarkdown } from '../../../src/documents/viewText.ts';

const view = {
  title: 'Checkout <b>is</b> down',
  link: asMarkdown('[here](evidence/a.txt)'),
  nothing: null,
  yes: true,
  rows: [
    { name: 'one', inner: { deep: '1' } },
    { name: 'two', inner: { deep: '2' } },
  ],
  none: [],
};

function render(text: string): ReturnType<typeof renderTemplate> {
  return renderTemplate({ file: 'team/initial.md.hbs', text }, view, inline);
}

function textOf(text: string): string {
  const rendering = render(text);
  if (rendering.kind === 'failed') throw new Error(describeProblem(rendering.problem));
  return rendering.text;
}

function problemOf(text: string): string {
  const rendering = render(text);
  return rendering.kind === 'failed' ? describeProblem(rendering.problem) : `rendered: ${rendering.text}`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('renderTemplate', () => {
  it.each([
    ['{{title}}', 'Checkout \\<b\\>is\\</b\\> down\n'],
    ['{{{title}}}', 'Checkout \\<b\\>is\\</b\\> down\n'],
    ['{{link}}', '[here](evidence/a.txt)\n'],
    ['a{{nothing}}b', 'ab\n'],
    ['{{#if nothing}}a{{else}}b{{/if}}', 'b\n'],
    ['{{#unless none}}no rows{{/unless}}', 'no rows\n'],
    [
      '{{#each rows}}{{@index}} {{name}} {{inner.deep}} {{../yes}} {{@root.yes}}\n{{/each}}',
      '0 one 1 true true\n1 two 2 true true\n',
    ],
    ['{{#each rows}}{{#unless @first}}, {{/unless}}{{name}}{{/each}}', 'one, two\n'],
    ['{{#each none}}x{{else}}nothing there{{/each}}', 'nothing there\n'],
    ['{{#with nothing}}x{{else}}y{{/with}}', 'y\n'],
    ['\uFEFFa\r\nb\r\n', 'a\nb\n'],
  ])('%j gives %j', (template, text) => {
    expect(textOf(template)).toBe(text);
  });

  it.each([
    ['syntax', 'a\n{{#if yes}}\nb', /^team\/initial\.md\.hbs, line 3: syntax error at .*expecting.*EOF/i],
    ['an unfinished field', 'a\n\n{{title', /^team\/initial\.md\.hbs, line 3: syntax error/],
    ['a block closed by another', 'a\n{{#if yes}}{{/each}}', /line 2: if doesn't match each$/],
    ['an unknown field', 'a\n\n{{titel}}', /line 3: unknown field "titel"$/],
    ['an unknown field in a condition', 'a\n{{#if titel}}b{{/if}}', /line 2: unknown field "titel"$/],
    [
      'an unknown field in a branch that is not taken',
      '{{#if nothing}}\n{{oops}}{{/if}}',
      /line 2: unknown field "oops"$/,
    ],
    ['an unknown field of a row', '{{#each rows}}\n{{nam}}\n{{/each}}', /line 2: unknown field "nam"$/],
    ['a field of text', '\n{{title.length}}', /line 2: unknown field "title\.length"$/],
    ['a field above the view', '{{../title}}', /line 1: "\.\.\/title" leads outside of the view$/],
    ['an unknown variable', '{{#each rows}}{{@foo}}{{/each}}', /line 1: unknown field "@foo"$/],
    ['an unknown helper', '\n{{upper title}}', /line 2: unknown helper "upper"$/],
    ['an unknown block helper', '\n{{#loop rows}}{{/loop}}', /line 2: unknown helper "loop"$/],
    ['the helper log', '{{log title}}', /line 1: unknown helper "log"$/],
    ['the helper lookup', '{{lookup rows 0}}', /line 1: unknown helper "lookup"$/],
    ['a helper inside of another', '{{#if (lookup rows 0)}}{{/if}}', /line 1: "if" takes a field$/],
    ['a partial', 'a\n{{> secrets}}', /line 2: partials are not available in templates$/],
    ['a partial block', '{{#> layout}}{{/layout}}', /line 1: partials are not available/],
    ['an inline partial', '{{#*inline "x"}}{{/inline}}', /line 1: DecoratorBlock is not available/],
    ['block parameters', '{{#each rows as |row|}}{{row}}{{/each}}', /line 1: block parameters are not available/],
    ['a loop over what is no list', '\n{{#each title}}{{/each}}', /line 2: "title" is not a list$/],
    ['a condition without a field', '{{#if}}{{/if}}', /line 1: "if" takes exactly one value$/],
    ['an inverse block without a program', '{{^oops}}{{/oops}}', /line 1: unknown helper "oops"$/],
    ['the prototype', '{{constructor}}', /unknown field "constructor"$/],
    ['the prototype of a row', '{{#each rows}}{{__proto__}}{{/each}}', /unknown field "__proto__"$/],
    ['a method of a list', '{{rows.map}}', /unknown field "rows\.map"$/],
    ['a generated part of a wrong name', '{{#generated "A b"}}{{/generated}}', /"A b" is no name for a generated part/],
    [
      'two generated parts of one name',
      '{{#generated "a"}}{{/generated}}{{#generated "a"}}{{/generated}}',
      /two generated parts are named "a"/,
    ],
    [
      'a generated part in another',
      '{{#generated "a"}}{{#generated "b"}}{{/generated}}{{/generated}}',
      /stands inside of "a"/,
    ],
    ['a generated part named by a field', '{{#generated title}}{{/generated}}', /"generated" takes a name in quotes/],
  ])('names file and line of %s', (_what, template, problem) => {
    const noise = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(problemOf(template)).toMatch(problem);
    expect(noise).not.toHaveBeenCalled();
  });

  it('refuses a template of more than 256 KB, and renders one that is just small enough', () => {
    expect(problemOf('x'.repeat(templateLimitBytes + 1))).toBe(
      'team/initial.md.hbs: the template is larger than 256 KB',
    );
    expect(textOf('x'.repeat(templateLimitBytes))).toHaveLength(templateLimitBytes + 1);
  });

  it('refuses a document of more than 1 MB', () => {
    const nested = `{{#each rows}}{{#each ../rows}}{{#each ../../rows}}${'x'.repeat(150_000)}{{/each}}{{/each}}{{/each}}`;
    expect(problemOf(nested)).toBe('team/initial.md.hbs: the document would be larger than 1 MB');
    const many = { rows: Array.from({ length: 10 }, () => ({ text: 'y'.repeat(outputLimit / 10) })) };
    const rendering = renderTemplate(
      { file: 'f', text: '{{#each rows}}{{text}}{{/each}} and more' },
      many,
      (text) => text,
    );
    expect(rendering).toEqual({
      kind: 'failed',
      problem: { file: 'f', message: 'the document would be larger than 1 MB' },
    });
  });

  it('refuses a template that repeats without an end in sight', () => {
    const list = Array.from({ length: 1000 }, () => ({ a: 1 }));
    const text = '{{#each list}}{{#each ../list}}{{/each}}{{/each}}';
    const rendering = renderTemplate({ file: 'f', text }, { list }, (plain) => plain);
    expect(rendering).toMatchObject({ kind: 'failed', problem: { message: 'the template repeats too much' } });
  });

  it('does not take text of the view for a template', () => {
    const hostile = { title: '{{constructor}} {{> x}} {{#each this}}' };
    const rendering = renderTemplate({ file: 'f', text: '{{title}}' }, hostile, (text) => text);
    expect(rendering).toEqual({ kind: 'rendered', text: '{{constructor}} {{> x}} {{#each this}}\n' });
  });
});
