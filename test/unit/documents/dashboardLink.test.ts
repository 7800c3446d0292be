import { describe, expect, it } from 'vitest';
import { dashboardLink, dashboardRange } from '../../../src/documents/dashboardLink.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import type { EventData } from '../../../src/incident/events.ts';
import { after, eventLog } from '../../support/builders/events.ts';
import { wholeIncident } from '../../support/builders/state.ts';

const range = { from: '2026-11-23T05:00:00.000Z', to: '2026-11-23T06:30:00.000Z' };

describe('the time that dashboards show', () => {
  const declaredWith = (data: Partial<EventData['incident.declared']>) => {
    const log = eventLog();
    log.open({ at: 0 });
    log.declare('SEV1', data, { at: 1 });
    return log.state();
  };
  it.each([
    ['begins an hour before the impact and ends now', declaredWith({ impactStart: after(-9) }), 20, -69, 20],
    [
      'begins an hour before it was detected as long as nobody knows more',
      declaredWith({ detected: after(-2) }),
      5,
      -62,
      5,
    ],
    ['of one that is over ends half an hour after the impact', wholeIncident(), 900, -71, 57],
    ['never ends in the future', wholeIncident(), 40, -71, 40],
    ['is an hour and a half where clocks differ', declaredWith({ impactStart: after(500) }), 0, 440, 530],
    ['is the hour before now where nothing is recorded', foldIncident([]), 0, -60, 0],
  ])('%s', (_, state, now, from, to) => {
    expect(dashboardRange(state, after(now))).toEqual({ from: after(from), to: after(to) });
  });
});

describe('the address of a dashboard', () => {
  it.each([
    [
      'https://grafana.example.org/d/red?from={from}&to={to}&var-service={service}',
      'https://grafana.example.org/d/red?from=1795410000000&to=1795415400000&var-service=check%2Fout%20%26%20%7Bfrom%7D',
    ],
    [
      'https://kibana.example.org/{service}#/?_g=(time:(from:{fromIso},to:{toIso}))',
      'https://kibana.example.org/check%2Fout%20%26%20%7Bfrom%7D#/?_g=(time:(from:2026-11-23T05%3A00%3A00.000Z,to:2026-11-23T06%3A30%3A00.000Z))',
    ],
    ['https://status.example.org/{other}', 'https://status.example.org/%7Bother%7D'],
    ['javascript:alert({from})', undefined],
    ['command:workbench.action.quit?{from}', undefined],
    ['https://user:{service}@example.org/', undefined],
    ['{service}', undefined],
  ])('%s', (address, link) => {
    expect(dashboardLink(address, range, 'check/out & {from}')).toBe(link);
  });

  it('takes a service of half a character', () => {
    expect(dashboardLink('https://example.org/{service}', range, 'a\ud800')).toBe('https://example.org/a%EF%BF%BD');
  });
});
