import { builtInPolicy } from './builtInPolicy.ts';
import type { DueTime, EventOf, EventType } from './events.ts';
import type { IncidentState } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

/** The state while the fold builds it: lists and records may be written to, their elements are replaced. */
export type Draft = Mutable<Omit<IncidentState, 'moments' | 'snoozes' | 'roles' | 'checks' | 'verification'>> & {
  moments: Mutable<IncidentState['moments']>;
  snoozes: Mutable<IncidentState['snoozes']>;
  roles: Mutable<IncidentState['roles']>;
  checks: Mutable<IncidentState['checks']>;
  verification: Mutable<IncidentState['verification']>;
};

/** The draft and where things stand in its lists, so that no event has to search. */
export interface Folding {
  readonly draft: Draft;
  readonly alertAt: Map<string, number>;
  readonly alertActionAt: Map<string, number>;
  readonly mitigationAt: Map<string, number>;
  readonly actionAt: Map<string, number>;
  readonly handoverAt: Map<string, number>;
  readonly suspectAt: Map<string, number>;
  readonly inspected: Set<string>;
  /** The pending entry of each kind of clock, as an index into the ledger. */
  readonly pendingAt: Map<DueTime['kind'], number>;
  /** The entry of each kind that was stopped last, since the last reopening. */
  readonly stoppedAt: Map<DueTime['kind'], number>;
  /** What need not be done again, so that no clock of it starts. */
  readonly done: Set<DueTime['kind']>;
  readonly openTermAt: Map<string, number>;
}

/** What one event of a type does to the draft. Never throws, whatever came before. */
export type Reducers<T extends EventType> = { readonly [K in T]: (folding: Folding, event: EventOf<K>) => void };

/** The state before any event. */
export function emptyFolding(): Folding {
  return {
    draft: {
      id: undefined,
      name: '',
      title: '',
      impact: '',
      channel: '',
      service: undefined,
      ticket: undefined,
      confidential: false,
      drill: false,
      symptom: undefined,
      policy: builtInPolicy('UTC'),
      severity: 'SEV3',
      dutySeverity: 'SEV3',
      status: 'investigating',
      declared: undefined,
      moments: {},
      ledger: [],
      // Keys come from events, so a plain object's inherited names must not answer for them.
      snoozes: Object.create(null) as Draft['snoozes'],
      roles: {},
      roleTerms: [],
      handovers: [],
      checks: {},
      findings: [],
      charts: [],
      suspects: [],
      inspected: [],
      deploys: [],
      alerts: [],
      alertActions: [],
      mitigations: [],
      updates: [],
      verification: Object.create(null) as Draft['verification'],
      resolution: undefined,
      closed: undefined,
      postMortem: {},
      review: undefined,
      actions: [],
      entries: [],
      greatestN: 0,
      problems: [],
    },
    alertAt: new Map(),
    alertActionAt: new Map(),
    mitigationAt: new Map(),
    actionAt: new Map(),
    handoverAt: new Map(),
    suspectAt: new Map(),
    inspected: new Set(),
    pendingAt: new Map(),
    stoppedAt: new Map(),
    done: new Set(),
    openTermAt: new Map(),
  };
}

/** Replaces the element at `index` by what `change` makes of it; nothing happens where there is none. */
export function replaceAt<T>(list: T[], index: number | undefined, change: (element: T) => T): void {
  if (index === undefined) return;
  const element = list[index];
  if (element !== undefined) list[index] = change(element);
}
