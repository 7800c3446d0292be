import type { copyUpdate } from '../communicate/copyUpdate.ts';
import type { createCustomizeTemplates } from '../communicate/customizeTemplates.ts';
import type { createPostUpdate } from '../communicate/postUpdate.ts';
import type { sendUpdate } from '../communicate/sendUpdate.ts';
import type { addFinding } from '../investigate/addFinding.ts';
import type { completeCheck } from '../investigate/completeCheck.ts';
import type { inspectChange } from '../investigate/inspectChange.ts';
import type { createInvestigate } from '../investigate/investigate.ts';
import type { judgeSuspect } from '../investigate/judgeSuspect.ts';
import type { addActionItem } from '../learn/addActionItem.ts';
import type { completeActionItem } from '../learn/completeActionItem.ts';
import type { completePostMortem } from '../learn/completePostMortem.ts';
import type { dropActionItem } from '../learn/dropActionItem.ts';
import type { editActionItem } from '../learn/editActionItem.ts';
import type { recordReview } from '../learn/recordReview.ts';
import type { reopenActionItem } from '../learn/reopenActionItem.ts';
import type { createWritePostMortem } from '../learn/writePostMortem.ts';
import type { runMitigation } from '../mitigate/runMitigation.ts';
import type { createAcceptHandover } from '../respond/acceptHandover.ts';
import type { acknowledge } from '../respond/acknowledge.ts';
import type { addNote } from '../respond/addNote.ts';
import type { assignRole } from '../respond/assignRole.ts';
import type { changeSeverity } from '../respond/changeSeverity.ts';
import type { correctEvent } from '../respond/correctEvent.ts';
import type { correctMoment } from '../respond/correctMoment.ts';
import type { declareIncident } from '../respond/declareIncident.ts';
import type { createDeclineHandover } from '../respond/declineHandover.ts';
import type { editIncident } from '../respond/editIncident.ts';
import type { createHandOver } from '../respond/handOver.ts';
import type { releaseRole } from '../respond/releaseRole.ts';
import type { retractEvent } from '../respond/retractEvent.ts';
import type { setStatus } from '../respond/setStatus.ts';
import type { snoozeDeadline } from '../respond/snoozeDeadline.ts';
import type { closeIncident } from '../verify/closeIncident.ts';
import type { reopen } from '../verify/reopen.ts';
import type { resolve } from '../verify/resolve.ts';
import type { verifyRecovery } from '../verify/verifyRecovery.ts';

/** The use cases that gestures and scripts call, as services.ts joins them. */
export interface UseCases {
  readonly declareIncident: typeof declareIncident;
  readonly acknowledge: typeof acknowledge;
  readonly changeSeverity: typeof changeSeverity;
  readonly editIncident: typeof editIncident;
  readonly correctMoment: typeof correctMoment;
  readonly setStatus: typeof setStatus;
  readonly assignRole: typeof assignRole;
  readonly releaseRole: typeof releaseRole;
  readonly handOver: ReturnType<typeof createHandOver>;
  readonly acceptHandover: ReturnType<typeof createAcceptHandover>;
  readonly declineHandover: ReturnType<typeof createDeclineHandover>;
  readonly snoozeDeadline: typeof snoozeDeadline;
  readonly addNote: typeof addNote;
  readonly correctEvent: typeof correctEvent;
  readonly retractEvent: typeof retractEvent;
  readonly investigate: ReturnType<typeof createInvestigate>;
  readonly completeCheck: typeof completeCheck;
  readonly addFinding: typeof addFinding;
  readonly judgeSuspect: typeof judgeSuspect;
  readonly inspectChange: typeof inspectChange;
  readonly runMitigation: typeof runMitigation;
  readonly postUpdate: ReturnType<typeof createPostUpdate>;
  readonly copyUpdate: typeof copyUpdate;
  readonly sendUpdate: typeof sendUpdate;
  readonly customizeTemplates: ReturnType<typeof createCustomizeTemplates>;
  readonly verifyRecovery: typeof verifyRecovery;
  readonly resolve: typeof resolve;
  readonly reopen: typeof reopen;
  readonly closeIncident: typeof closeIncident;
  readonly writePostMortem: ReturnType<typeof createWritePostMortem>;
  readonly completePostMortem: typeof completePostMortem;
  readonly recordReview: typeof recordReview;
  readonly addActionItem: typeof addActionItem;
  readonly editActionItem: typeof editActionItem;
  readonly completeActionItem: typeof completeActionItem;
  readonly reopenActionItem: typeof reopenActionItem;
  readonly dropActionItem: typeof dropActionItem;
}

export type UseCaseName = keyof UseCases;

/** What a use case may be given: fields with a default may be left out, as scripts do. */
export type ArgsOf<N extends UseCaseName> = Partial<Parameters<UseCases[N]['run']>[0]>;

export type ResultOf<N extends UseCaseName> = Awaited<ReturnType<UseCases[N]['run']>>;
