import { describe, expect, it } from 'vitest';
import { chartMarks } from '../../../src/documents/chartMarks.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import { after } from '../../support/builders/events.ts';
import { checkoutDown, wholeIncident } from '../../support/builders/state.ts';

const minutesOf = (at: string): number => (Date.parse(at) - Date.parse(after(0))) / 60_000;

describe('the marks of an incident', () => {
  it('are what happened, in the order of time', () => {
    const configuration = [
      { at: after(-12), label: '3f2a1b9c Lower the pool size to 2' },
      { at: after(-12), label: '3f2a1b9c Lower the pool size to 2' },
    ];
    const marks = chartMarks(wholeIncident(), configuration);
    expect(marks.map(({ at, kind, label }) => [minutesOf(at), kind, label])).toEqual([
      [-13, 'deploy', 'Deployed v1.9.0'],
      [-12, 'configuration', 'Configuration: 3f2a1b9c Lower the pool size to 2'],
      [-11, 'impactStart', 'Impact start'],
      [0, 'detected', 'Detected'],
      [6, 'update', 'Initial notification sent: Investigating'],
      [16, 'mitigationStarted', 'Mitigation started: Roll back to a0b1c2d3'],
      [17, 'update', 'Update sent: Mitigating'],
      [25, 'mitigationFinished', 'Mitigation worked: Roll back to a0b1c2d3'],
      [27, 'impactEnd', 'Impact end'],
      [61, 'resolved', 'Resolved'],
      [62, 'update', 'Resolution sent'],
    ]);
  });

  it('are none when nothing is recorded', () => {
    expect(chartMarks(foldIncident([]))).toEqual([]);
  });

  it('have short labels without credentials, and tell a merge as what it is', () => {
    const log = checkoutDown();
    const token = `ghp_${'a1B2'.repeat(9)}`;
    log.add('deploy.observed', { commit: 'a'.repeat(40), name: `Merge ${token}\n#41`, source: 'merge' }, { at: -8 });
    log.add('deploy.observed', { commit: 'b'.repeat(40), name: 'v2'.repeat(99), source: 'kubernetes', service: 'api' }, { at: -7 }); // prettier-ignore
    const labels = chartMarks(log.state()).map(({ label }) => label);
    expect(labels.find((label) => label.startsWith('Merged'))).toMatch(/^Merged Merge \[redacted [^\]]+\] #41$/);
    expect(labels.join()).not.toContain(token);
    expect(labels.find((label) => label.startsWith('Deployed api v2v2'))).toHaveLength(80);
  });
});
