import { describe, expect, it } from 'vitest';
import { withoutWords } from '../../../src/editor/withoutWords.ts';

describe('the result of a command about a confidential incident', () => {
  it('has ids, levels, times and places, and no words', () => {
    const result = {
      incident: '01JD0000000000000000000001',
      name: '2026-11-23-amber-otter',
      title: 'Payroll was read',
      severity: 'SEV1',
      text: 'Payroll was read by strangers',
      document: '/record/updates/initial.md',
      deadlines: [{ id: 'a', kind: 'actionItem', dueAt: '2026-11-23T06:00:00.000Z', title: 'Rotate payroll keys' }],
      checks: [{ check: 'logs', verdict: 'bad', summary: 'payroll read 30 times' }],
      errors: [{ type: 'AccessError', message: 'payroll of ana@example.org' }],
    };
    expect(withoutWords(result)).toEqual({
      incident: '01JD0000000000000000000001',
      name: '2026-11-23-amber-otter',
      severity: 'SEV1',
      document: '/record/updates/initial.md',
      deadlines: [{ id: 'a', kind: 'actionItem', dueAt: '2026-11-23T06:00:00.000Z' }],
      checks: [{ check: 'logs', verdict: 'bad' }],
      errors: [{ type: 'AccessError' }],
    });
  });

  it.each([undefined, null, 7, 'x', []])('leaves %j as it is', (value) => {
    expect(withoutWords(value)).toEqual(value);
  });
});
