import type { SignalTools } from '../../../src/investigate/prepareSignals.ts';

/** Tools of an investigation for which no signal is configured. */
export const withoutSignals: SignalTools = {
  signals: () => Promise.resolve([]),
  requireDecided: () => undefined,
  targetsOf: () =>
    Promise.resolve({ services: [], statusPages: [], dataSources: { prometheus: [], alertmanager: [] } }),
};
