import { describe, expect, it } from 'vitest';
import { parseSignalEvidence, signalEvidenceText } from '../../../src/investigate/signalEvidence.ts';
import type { Observation } from '../../../src/signals/observation.ts';

const at = '2026-11-30T10:00:00.000Z';
const seen: Observation = {
  ...{ id: 'checkout/errors', subject: 'checkout', name: 'error rate', verdict: 'bad', text: 'is 12 %' },
  ...{ source: 'Prometheus', at },
};
const textOf = (change: object, charts: readonly object[] = []) =>
  JSON.stringify({ v: 1, observations: [{ ...seen, ...change }], charts });

describe('evidence that somebody else wrote', () => {
  it.each([
    ['command:workbench.action.terminal.new', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://someone:secret@example.org/', undefined],
    ['https://status.example.org/i/1', 'https://status.example.org/i/1'],
  ])('with the link %s opens %s', (link, opened) => {
    expect(parseSignalEvidence(textOf({ link }))?.observations[0]?.link).toBe(opened);
  });

  it('with charts of millions of points is read with as many as can be drawn', () => {
    const line = { name: 'x', points: Array.from({ length: 20_000 }, (_, index) => [index, 1]) };
    const chart = { ...{ id: 'c', title: 'c', unit: 'count', source: 's' }, lines: Array<typeof line>(30).fill(line) };
    const [read] = parseSignalEvidence(textOf({}, [chart]))?.charts ?? [];
    expect(read?.lines).toHaveLength(24);
    expect(read?.lines[0]?.points).toHaveLength(2000);
    expect(read?.lines[0]?.points.at(-1)).toEqual([19_999, 1]);
  });

  it('of more than 8 MB is not read', () => {
    expect(parseSignalEvidence(`${textOf({})}${' '.repeat(8 * 1024 * 1024)}`)).toBeUndefined();
  });
});

describe('evidence', () => {
  it('is bounded, whatever a server told', () => {
    const points = Array.from({ length: 500_000 }, (_, index) => [index, 1] as const);
    const lines = Array.from({ length: 100 }, () => ({ name: 'x'.repeat(10_000), points }));
    const text = signalEvidenceText({
      observations: [seen],
      charts: [{ ...{ id: 'c', title: 'c', unit: 'count', source: 's' }, lines }],
    });
    expect(text.length).toBeLessThan(8 * 1024 * 1024);
    expect(parseSignalEvidence(text)?.observations).toEqual([seen]);
  });
});
