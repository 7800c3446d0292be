import { expect, it } from 'vitest';
import { investigationRow } from '../../../src/editor/rows/investigationRows.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { monday, ulidOf } from '../../support/builders/events.ts';
import { justDeclared } from '../../support/builders/state.ts';

const context: RowContext = {
  ...{ id: toIncidentId(ulidOf(monday, 1))!, state: justDeclared(), now: monday, zone: 'UTC' },
  ...{ problems: [], deadlines: [], changes: undefined, drafts: [] },
};

it.each([
  [undefined, '0 of 7 checks done', 'step+investigation'],
  [false, '0 of 7 checks done', 'step+investigation'],
  [true, '0 of 7 checks done · watching', 'step+investigation+watching'],
])('signals that are watched (%j) are said to be', (watching, description, kind) => {
  const row = investigationRow({ ...context, ...(watching === undefined ? {} : { watching }) });
  expect([row.description, row.context]).toEqual([description, kind]);
});
