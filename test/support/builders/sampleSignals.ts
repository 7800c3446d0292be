import type { SignalEvidences } from '../../../src/investigate/signalReader.ts';
import type { Observation } from '../../../src/signals/observation.ts';
import { observation } from '../../../src/signals/observation.ts';
import { after } from './events.ts';

/** An observation with what a test says of it. */
export function sampleObservation(wish: Partial<Observation> & Pick<Observation, 'id' | 'verdict'>): Observation {
  return observation({
    subject: 'checkout',
    name: wish.id,
    text: `is ${wish.verdict}`,
    source: 'http://127.0.0.1:8080',
    at: after(30),
    ...wish,
  });
}

/** What the checks of signals saw in the middle of an incident: of every verdict, with strangers' text and with too many. */
export function sampleSignals(): SignalEvidences {
  return {
    dependencies: {
      observations: [
        sampleObservation({
          id: 'stripe/status/API',
          subject: 'stripe',
          name: 'API',
          verdict: 'bad',
          text: 'has a major outage: \u202eelevated\u0007 errors token=abcdef0123456789abcd',
          since: after(-3),
          link: 'https://status.example.org/incidents/1',
        }),
        sampleObservation({ id: '/health/ready', verdict: 'ok', text: 'answers 200 in 3 ms' }),
        sampleObservation({ id: '/health/live', verdict: 'notApplicable', text: 'has no /health/live' }),
      ],
      charts: [],
    },
    infrastructure: {
      observations: [
        ...Array.from({ length: 23 }, (_, index) =>
          sampleObservation({ id: `disk ${String(index + 1)}`, verdict: 'suspicious', text: '91 % full' }),
        ),
        sampleObservation({
          id: 'connections',
          verdict: 'unknown',
          text: 'is unknown: nobody told',
          topic: 'connections',
        }),
      ],
      charts: [],
    },
    metrics: {
      observations: [sampleObservation({ id: 'errors', name: 'error ratio', verdict: 'ok', text: '0.1 %, as before' })],
      charts: [
        {
          id: 'checkout/errors',
          title: 'checkout error ratio',
          unit: 'ratio',
          lines: [{ name: 'errors', points: [[1_700_000_000, 0.001]] }],
          source: 'Prometheus',
        },
      ],
    },
  };
}
