import type { IncidentStore } from '../../incident/incidentStore.ts';
import type { AlertProposal, PlacedService } from './alertProposal.ts';
import { alertProposal } from './alertProposal.ts';
import type { AlertReader, LookOptions } from './alertReader.ts';
import type { AlertSight, ListedAlert } from './alertSight.ts';
import { createAlertFollower } from './followAlerts.ts';
import { findAlert } from './findAlert.ts';
import { runbookFile } from './runbookFile.ts';

export interface AlertServicesTools {
  readonly reader: AlertReader;
  readonly store: Pick<IncidentStore, 'list' | 'open'>;
  claim(key: string): Promise<boolean>;
  services(): Promise<readonly PlacedService[]>;
  now(): string;
}

/** What a view of alerts needs beside the use cases. */
export interface AlertServices {
  /** See AlertReader; what ended and what fires again is noted in the open incidents. */
  look(options: LookOptions): Promise<AlertSight>;
  last(): AlertSight | undefined;
  find(alert: string, signal: AbortSignal): Promise<ListedAlert>;
  /** What *Declare from Alert* would declare. */
  proposalOf(alert: ListedAlert): Promise<AlertProposal>;
  runbookFile(alert: ListedAlert): Promise<string>;
}

export function createAlertServices({ reader, services, now, ...noting }: AlertServicesTools): AlertServices {
  const follow = createAlertFollower(noting);
  return {
    look: async (options) => {
      const sight = await reader.read(options);
      try {
        await follow(sight);
      } catch (error) {
        // What fires is shown even while the record cannot be written.
        options.onPart?.(sight);
        throw error;
      }
      return sight;
    },
    last: () => reader.last(),
    find: (alert, signal) => findAlert(reader, alert, signal),
    proposalOf: async (alert) => alertProposal(alert, await services(), now()),
    runbookFile,
  };
}
