import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/editor/rows/row.ts';
import { contextOf, rowsById, sameRow } from '../../../src/editor/rows/row.ts';
import { flattened, sampleActionItemRows, sampleIncidentRows } from '../../support/builders/sampleRows.ts';
import { expectGolden } from '../../support/golden.ts';

/** What a person reads: label, description, and the state of a checkbox. */
function textOf(rows: readonly Row[], indent = ''): string {
  return rows
    .map((row) => {
      const box = row.checked === undefined ? '' : row.checked ? '[x] ' : '[ ] ';
      const line = `${indent}${box}${row.label}${row.description === undefined ? '' : `  · ${row.description}`}\n`;
      return line + textOf(row.children ?? [], `${indent}  `);
    })
    .join('');
}

describe('the rows of incidents', () => {
  it('say where every step stands', async () => {
    await expectGolden('rows.txt', textOf(sampleIncidentRows()));
  });

  it('follow open action items beyond the end of the incident', async () => {
    await expectGolden('action-item-rows.txt', textOf(sampleActionItemRows()));
  });

  it('have ids that are unique and stay the same', () => {
    const ids = flattened(sampleIncidentRows()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(flattened(sampleIncidentRows()).map(({ id }) => id)).toEqual(ids);
  });

  it('say in words what their icon says in colour', () => {
    for (const row of flattened(sampleIncidentRows())) {
      if (row.icon?.color === undefined) continue;
      expect(`${row.label} ${row.description ?? ''}`, row.id).toMatch(
        /SEV\d|ok|suspicious|bad|suspect|confirmed|cleared|due|overdue|met|missed|not filled|worked|problem|look here first|may be missing|not deployed|line|Resolved|future|Altered/i,
      );
    }
  });

  it('show neither control characters nor line ends of strangers', () => {
    for (const { label, description = '' } of flattened(sampleIncidentRows())) {
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      expect(`${label}${description}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  });
});

describe('drawing again', () => {
  const child: Row = { id: 'a/b', label: 'child' };
  const row: Row = { id: 'a', label: 'one', children: [child] };

  it('leaves a row alone whose children changed only inside', () => {
    expect(sameRow(row, { ...row, children: [{ ...child, label: 'other' }] })).toBe(true);
  });

  it.each([
    { ...row, label: 'two' },
    { ...row, description: 'more' },
    { ...row, children: [] },
    { ...row, children: [child, { id: 'a/c', label: 'new' }] },
  ])('draws a row again that changed: %j', (changed) => {
    expect(sameRow(row, changed)).toBe(false);
  });

  it('finds every row by its id', () => {
    expect([...rowsById([row]).keys()]).toEqual(['a', 'a/b']);
  });

  it('leaves out flags that do not hold', () => {
    expect(contextOf('incident', { open: true, ended: false, working: true })).toBe('incident+open+working');
  });
});
