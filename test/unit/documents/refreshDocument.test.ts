import fc from 'fast-check';
import { format } from 'prettier';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedPart, partsOf } from '../../../src/documents/generatedParts.ts';
import { partsList, refreshDocument } from '../../../src/documents/refreshDocument.ts';
import type { BaseOf, RefreshedDocument } from '../../../src/documents/refreshDocument.ts';
import { renderPostMortem } from '../../../src/documents/renderPostMortem.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import { checkoutDown } from '../../support/builders/state.ts';

/** A document of two generated parts, as the template would give it. */
function documentOf(timeline: readonly string[], roles: readonly string[] = ['Ana']): string {
  return [
    '# Post-mortem',
    '## Timeline',
    generatedPart('timeline', timeline.join('\n')),
    '## What went well',
    '_To fill in: what helped._',
    '## Roles',
    generatedPart('roles', roles.join('\n')),
    `${partsList(['timeline', 'roles'])}\n`,
  ].join('\n\n');
}

const first = documentOf(['| a |', '| b |']);
const second = documentOf(['| a |', '| b |', '| c |'], ['Ana', 'Ben']);
const unknownBase = () => undefined;

/** What had been generated, from documents as they were rendered. */
function basesOf(rendered: readonly string[]): BaseOf {
  const parts = rendered.flatMap(partsOf).filter((part) => part.kind === 'generated');
  const texts = new Map(parts.map(({ name, hash, lines }) => [`${name} ${hash}`, lines.join('')]));
  return (name, hash) => texts.get(`${name} ${hash}`);
}

function refresh(current: string, fresh: string, known: readonly string[] = []): RefreshedDocument {
  return refreshDocument(current, fresh, known.length === 0 ? unknownBase : basesOf(known));
}

describe('refreshing a document that nobody changed', () => {
  it('gives the fresh one', () => {
    expect(refresh(first, second)).toEqual({ text: second, kept: [], conflicts: [], notRefreshed: [], appended: [] });
  });

  it('changes nothing when nothing is new', () => {
    expect(refresh(first, first).text).toBe(first);
  });

  it('keeps CRLF', () => {
    expect(refresh(first.replaceAll('\n', '\r\n'), second).text).toBe(second.replaceAll('\n', '\r\n'));
  });
});

describe('what people write outside of generated parts', () => {
  it('stays byte for byte', () => {
    const current = first
      .replace('_To fill in: what helped._', 'The rollback.  \r\n\tTabs,\u00a0spaces \n\n\n\n* and a list')
      .replace('# Post-mortem', '# Our post-mortem');
    const { text } = refresh(current, second);
    expect(text).toContain('The rollback.  \r\n\tTabs,\u00a0spaces \n\n\n\n* and a list');
    expect(text).toContain('# Our post-mortem');
    expect(text).toContain('| c |');
  });
});

describe('what people write into generated parts', () => {
  const remark = 'The graph shows it, too.';

  it('is merged when what had been generated is known', () => {
    const result = refresh(first.replace('| b |\n', `| b |\n\n${remark}\n`), second, [first]);
    expect(result).toMatchObject({ kept: ['timeline'], conflicts: [], notRefreshed: [] });
    expect(result.text).toContain(`| a |\n| b |\n| c |\n\n${remark}\n`);
  });

  it('stays above the fresh lines where both changed the same ones', () => {
    const fresh = documentOf(['| a |', '| B |', '| c |']);
    const result = refresh(first.replace('| b |', '| b, or so |'), fresh, [first]);
    expect(result.conflicts).toEqual([{ part: 'timeline', reason: 'bothChanged' }]);
    expect(result.text).toContain('| a |\n| b, or so |\n| B |\n| c |\n');
  });

  it('does not pile up old generated lines over many refreshes', () => {
    let text = first.replace('| b |', '| b, or so |');
    const known = [first];
    for (const row of ['c', 'd', 'e']) {
      const fresh = documentOf(['| a |', `| ${row} |`]);
      text = refresh(text, fresh, known).text;
      known.push(fresh);
    }
    expect(text).toContain('| a |\n| b, or so |\n| e |\n');
    expect(text).not.toMatch(/\| [cd] \|/);
  });

  it('moves above the fresh part, out of the markers, when what had been generated is not known', () => {
    const result = refresh(first.replace('| b |\n', `| b |\n${remark}\n`), second);
    expect(result).toMatchObject({ kept: ['timeline'], conflicts: [{ part: 'timeline', reason: 'baseUnknown' }] });
    const [before = '', after = ''] = result.text.split('<!-- mayday:begin timeline');
    expect(before).toContain(`| a |\n| b |\n${remark}\n`);
    expect(after).toContain('| c |');
    expect(refresh(result.text, second)).toEqual({ ...result, kept: [], conflicts: [] });
  });

  it('does not trust a base that is not what its hash says', () => {
    const current = first.replace('| b |\n', `| b |\n${remark}\n`);
    const result = refreshDocument(current, second, () => 'something else');
    expect(result.conflicts).toEqual([{ part: 'timeline', reason: 'baseUnknown' }]);
    expect(result.text).toContain(remark);
  });

  it('stays deleted when nothing new is to be said there', () => {
    const result = refresh(first.replace('| b |\n', ''), second, [first]);
    expect(result.text).toContain('| a |\n| c |\n');
  });

  it('is spacing only when a formatter did it, and no edit', () => {
    const result = refresh(first.replace('| a |\n| b |', '| a    |\n| b    |'), second);
    expect(result).toMatchObject({ kept: [], conflicts: [] });
    expect(result.text).toBe(second);
  });
});

describe('markers that people took away', () => {
  it.each([
    ['both', (text: string) => text.replaceAll(/<!-- mayday:(begin|end) timeline.*-->\n/g, '')],
    ['the first', (text: string) => text.replace(/<!-- mayday:begin timeline.*-->\n/, '')],
    ['the last', (text: string) => text.replace(/<!-- mayday:end timeline -->\n/, '')],
  ])('%s: the part is left alone and reported', (_which, remove) => {
    const current = remove(first);
    const result = refresh(current, second, [first]);
    expect(result).toMatchObject({ notRefreshed: ['timeline'], appended: [], conflicts: [] });
    expect(result.text).not.toContain('| c |');
    expect(result.text).toContain('Ben');
  });

  it('a part that the document never had is put at its end, under its heading, once', () => {
    const fresh = second.replace(
      partsList(['timeline', 'roles']),
      `## Costs\n\n${generatedPart('costs', 'None yet')}\n\n${partsList(['timeline', 'roles', 'costs'])}`,
    );
    const result = refresh(first.replaceAll('\n', '\r\n'), fresh);
    expect(result.appended).toEqual(['costs']);
    expect(result.text).toBe(fresh.replaceAll('\n', '\r\n'));
    const removed = result.text.replace(/## Costs[^]*?mayday:end costs -->\r\n/, '');
    expect(refresh(removed, fresh)).toMatchObject({ text: removed, appended: [], notRefreshed: ['costs'] });
  });

  it('nothing is put in without the line that lists the parts', () => {
    const current = first
      .replace(/<!-- mayday:parts.*-->\n/, '')
      .replaceAll(/<!-- mayday:(begin|end) roles.*-->\n/g, '');
    expect(refresh(current, second)).toMatchObject({ appended: [], notRefreshed: ['roles'] });
  });
});

describe('a real post-mortem', () => {
  const events = checkoutDown().events;
  const places = { templatesDirectory: join(import.meta.dirname, '../../../templates'), trusted: false };
  const rendered = async (count: number) =>
    (await renderPostMortem(foldIncident(events.slice(0, count)), 'Europe/Berlin', places)).text;

  it('grows with the record and keeps what people wrote', async () => {
    const [early, late] = [await rendered(12), await rendered(events.length)];
    const current = early
      .replace('_To fill in: what helped, and should stay._', 'The rollback took two minutes.')
      .replace('1. _To fill in: why did people feel it?_', '1. Why? Orders failed.')
      .replace('_No mitigation is recorded', 'We tried a restart.\n\n_No mitigation is recorded');
    const result = refresh(current, late, [early]);
    for (const words of ['The rollback took two minutes.', '1. Why? Orders failed.', 'We tried a restart.']) {
      expect(result.text).toContain(words);
    }
    expect(result.text).toContain('Roll back to a0b1c2d3');
    expect(refresh(result.text, late, [early, late]).text).toBe(result.text);
  });

  it('is not taken for edited after a formatter aligned its tables', async () => {
    const [early, late] = [await rendered(12), await rendered(events.length)];
    const formatted = await format(early, { parser: 'markdown' });
    const result = refresh(formatted, late);
    expect(result).toMatchObject({ kept: [], conflicts: [], notRefreshed: [], appended: [] });
    expect(partsOf(result.text)).toHaveLength(partsOf(late).length);
  });
});

describe('any edits of any documents', () => {
  const generatedLine = fc.constantFrom('| a |', '| b |', '| c |', '- one', '- two', '', 'text');
  const generated = fc.array(generatedLine, { maxLength: 6 });
  const edit = fc.record({
    at: fc.nat({ max: 40 }),
    how: fc.constantFrom('insert', 'insert', 'replace', 'delete'),
  });
  const scenario = fc.record({
    documents: fc.array(fc.tuple(generated, generated), { minLength: 2, maxLength: 5 }),
    edits: fc.array(fc.array(edit, { maxLength: 4 }), { minLength: 5, maxLength: 5 }),
    knowsBases: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  });

  it('every line that a person added survives, and a second refresh changes nothing', () => {
    fc.assert(
      fc.property(scenario, ({ documents, edits, knowsBases, lineEnd }) => {
        const fresh = documents.map(([timeline, roles]) => documentOf(timeline, roles));
        const added = new Set<string>();
        let text = (fresh[0] ?? '').replaceAll('\n', lineEnd);
        fresh.forEach((document, round) => {
          text = edited(text, edits[round] ?? [], added, { round, lineEnd });
          const baseOf = knowsBases ? basesOf(fresh.slice(0, round + 1)) : unknownBase;
          const result = refreshDocument(text, document, baseOf);
          expect(refreshDocument(result.text, document, baseOf).text).toBe(result.text);
          text = result.text;
          const lines = new Set(text.split(lineEnd));
          expect([...added].filter((line) => !lines.has(line))).toEqual([]);
        });
        if (lineEnd === '\r\n') expect(text.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 400 },
    );
  });

  it('without the lines that people added it is the fresh document', () => {
    fc.assert(
      fc.property(scenario, ({ documents, edits }) => {
        const fresh = documents.map(([timeline, roles]) => documentOf(timeline, roles));
        const added = new Set<string>();
        let text = fresh[0] ?? '';
        fresh.forEach((document, round) => {
          const insertions = (edits[round] ?? []).map(({ at }) => ({ at, how: 'insert' }));
          text = edited(text, insertions, added, { round, lineEnd: '\n' });
          text = refreshDocument(text, document, basesOf(fresh.slice(0, round + 1))).text;
          const others = text.split('\n').filter((line) => !added.has(line));
          expect(withoutDoubleBlanks(others)).toBe(withoutDoubleBlanks(document.split('\n')));
        });
      }),
      { numRuns: 400 },
    );
  });

  /** Several blank lines say no more than one. */
  function withoutDoubleBlanks(lines: readonly string[]): string {
    return lines.join('\n').replace(/\n{3,}/g, '\n\n');
  }

  interface Edit {
    readonly at: number;
    readonly how: string;
  }

  /** Edits anywhere, markers included; a line that a person takes out again no longer has to survive. */
  function edited(
    text: string,
    edits: readonly Edit[],
    added: Set<string>,
    { round, lineEnd }: { readonly round: number; readonly lineEnd: string },
  ): string {
    const lines = text.split(lineEnd);
    edits.forEach(({ at, how }, index) => {
      const place = at % lines.length;
      const line = `words ${round}.${index} of a person`;
      const [removed] = lines.splice(place, how === 'insert' ? 0 : 1, ...(how === 'delete' ? [] : [line]));
      if (removed !== undefined) added.delete(removed);
      if (how !== 'delete') added.add(line);
    });
    return lines.join(lineEnd);
  }
});
