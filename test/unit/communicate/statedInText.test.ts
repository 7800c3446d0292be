import { describe, expect, it } from 'vitest';
import { statedByPerson, statedInText } from '../../../src/communicate/statedInText.ts';

const at = '2026-11-23T07:15:00.000Z';

describe('what a message itself states', () => {
  it.each([
    ['Next update: 2026-11-23 07:15 UTC', { nextUpdateAt: at }],
    ['Next update: 2026-11-23 07:15 UTC (08:15 CET)  ', { nextUpdateAt: at }],
    ['**Next update:** 2026-11-23 07:15:00 UTC', { nextUpdateAt: at }],
    ['- *next update* — 2026\\-11\\-23T07:15Z', { nextUpdateAt: at }],
    ['Status: Identified  \nNext update: 2026-11-23 07:15 UTC', { status: 'identified', nextUpdateAt: at }],
    ['**Status**: monitoring', { status: 'monitoring' }],
    ['Status: Resolved', {}],
    ['The status page: Monitoring', {}],
    ['We hope the next update comes 2026-11-23 07:15 UTC', {}],
    ['Next update: 2026-02-30 07:15 UTC', {}],
    ['Next update: 2026-11-23 08:15 CET', {}],
    ['Next update: on the ticket', {}],
    ['', {}],
  ])('%j', (text, stated) => {
    expect(statedInText(text)).toEqual(stated);
  });

  it('is a person’s only where it differs from the draft', () => {
    const text = 'Status: Identified\nNext update: 2026-11-23 07:15 UTC';
    expect(statedByPerson(text, { status: 'identified', nextUpdateAt: at })).toEqual({});
    expect(statedByPerson(text, { status: 'investigating', nextUpdateAt: '2026-11-23T07:00:00.000Z' })).toEqual({
      status: 'identified',
      nextUpdateAt: at,
    });
    expect(statedByPerson(text, undefined)).toEqual({ status: 'identified', nextUpdateAt: at });
  });
});
