import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { channelName, confidentialName, incidentName, numberedName } from '../../../src/incident/incidentName.ts';
import { after, monday, ulidOf } from '../../support/builders/events.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

const namePattern = /^\d{4}-\d{2}-\d{2}-[a-z0-9-]+$/;

describe('incidentName', () => {
  it.each([
    ['Checkout down', '2026-11-23-checkout-down'],
    ['  Checkout   down  ', '2026-11-23-checkout-down'],
    ['Checkout: 500s on /pay!', '2026-11-23-checkout-500s-on-pay'],
    ['Zahlungen für Größe ÄÖÜ', '2026-11-23-zahlungen-fur-grosse-aou'],
    ['Ærø, Łódź & Ångström', '2026-11-23-aero-lodz-angstrom'],
    ["Customer's cart", '2026-11-23-customers-cart'],
    ['Customer’s cart', '2026-11-23-customers-cart'],
    ['ＦＵＬＬ ｗｉｄｔｈ', '2026-11-23-full-width'],
    ['🔥🔥 fire 🔥🔥', '2026-11-23-fire'],
    ['🔥', '2026-11-23-incident'],
    ['', '2026-11-23-incident'],
    [' \t\n ', '2026-11-23-incident'],
    ['../../etc/passwd', '2026-11-23-etc-passwd'],
    ['C:\\Windows\\con', '2026-11-23-c-windows-con'],
    ['a/b\\c:d*e?f"g<h>i|j', '2026-11-23-a-b-c-d-e-f-g-h-i-j'],
    ['خدمة الدفع متوقفة', '2026-11-23-incident'],
    ['דף payment נפל', '2026-11-23-payment'],
    ['\u202Egnp.exe', '2026-11-23-gnp-exe'],
    ['決済が落ちた api', '2026-11-23-api'],
    ['--- dashes ---', '2026-11-23-dashes'],
    ['$(whoami); rm -rf ~', '2026-11-23-whoami-rm-rf'],
    ['\uD800 lone', '2026-11-23-lone'],
  ])('%j → %s', (title, expected) => {
    expect(incidentName(title, monday)).toBe(expected);
  });

  it.each([
    [
      'at a word',
      'The checkout page cannot be reached by anybody at all',
      '2026-11-23-the-checkout-page-cannot-be-reached-by',
    ],
    [
      'exactly at the limit',
      `${'a'.repeat(20)} ${'b'.repeat(19)} more`,
      `2026-11-23-${'a'.repeat(20)}-${'b'.repeat(19)}`,
    ],
    ['in the middle of one long word', 'x'.repeat(300), `2026-11-23-${'x'.repeat(40)}`],
    ['in a long word after a short one', `a ${'x'.repeat(300)}`, `2026-11-23-a-${'x'.repeat(38)}`],
  ])('cuts a long title %s', (_where, title, expected) => {
    expect(incidentName(title, monday)).toBe(expected);
  });

  it('dates by the UTC day of the declaration', () => {
    expect(incidentName('x', '2026-11-23T23:59:59.999Z')).toBe('2026-11-23-x');
    expect(incidentName('x', '2026-11-24T00:00:00.000Z')).toBe('2026-11-24-x');
  });

  it('is a safe folder name for any title', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 })), (title) => {
        const name = incidentName(title, monday);
        expect(name).toMatch(namePattern);
        expect(name).not.toMatch(/--|-$/);
        expect(name.length).toBeLessThanOrEqual(11 + 40);
        expect(incidentName(title, monday)).toBe(name);
      }),
    );
  });
});

describe('the name of a confidential incident', () => {
  it('says nothing of the title', () => {
    expect(confidentialName(ulidOf(monday, 12_345), monday)).toMatch(/^2026-11-23-confidential-[a-z0-9]{4}$/);
  });
});

describe('numberedName', () => {
  it.each([
    [1, '2026-11-23-x'],
    [2, '2026-11-23-x-2'],
    [10, '2026-11-23-x-10'],
  ])('try %d gives %s', (attempt, expected) => {
    expect(numberedName('2026-11-23-x', attempt)).toBe(expected);
  });
});

describe('channelName', () => {
  const name = '2026-11-23-checkout-down';

  it.each([
    ['the protocol’s prefix', 'incident-', name, '#incident-2026-11-23-checkout-down'],
    ['a second incident of that name', 'incident-', `${name}-2`, '#incident-2026-11-23-checkout-down-2'],
    ['no prefix', '', name, '#2026-11-23-checkout-down'],
    ['capitals and spaces', 'War Room ', name, '#war-room-2026-11-23-checkout-down'],
    ['a prefix that begins badly', '#--_inc-', name, '#inc-2026-11-23-checkout-down'],
    ['an underscore', 'inc_', name, '#inc_2026-11-23-checkout-down'],
    ['nothing usable', '🔥', '', '#incident'],
  ])('with %s', (_case, prefix, incident, expected) => {
    expect(channelName(prefix, incident)).toBe(expected);
  });

  it('cuts a prefix that is too long, so that the names stay apart', () => {
    const prefix = 'our-very-own-incidents-of-the-payments-department-'.repeat(3);
    const [first, second] = [channelName(prefix, name), channelName(prefix, `${name}-2`)];
    expect(first).toHaveLength(81);
    expect(first.endsWith(name)).toBe(true);
    expect(second.endsWith(`${name}-2`)).toBe(true);
  });

  it('is a valid channel for any prefix, title and number of tries', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 1000 }), (prefix, title, attempt) => {
        const incident = numberedName(incidentName(title, after(0)), attempt);
        const channel = channelName(prefix, incident);
        expect(channel).toMatch(/^#[a-z0-9]([a-z0-9_-]{0,78}[a-z0-9])?$/);
        expect(channel.endsWith(incident)).toBe(true);
      }),
    );
  });
});
