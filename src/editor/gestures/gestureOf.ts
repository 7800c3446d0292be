import type { CommandId } from '../../contributions.ts';
import type { UseCaseName } from '../useCases.ts';
import {
  copyUpdateGesture,
  customizeTemplatesGesture,
  discardUpdateGesture,
  postUpdateGesture,
  sendUpdateGesture,
} from './communicationGestures.ts';
import { declareGesture } from './declareGesture.ts';
import { closeGesture, reopenGesture, resolveGesture, verifyRecoveryGesture } from './endingGestures.ts';
import type { Gesture } from './gesture.ts';
import {
  addFindingGesture,
  completeCheckGesture,
  investigateGesture,
  judgeSuspectGesture,
  openChangeWindowGesture,
  openCommitGesture,
  setChangeWindowGesture,
} from './investigationGestures.ts';
import {
  addActionItemGesture,
  completeActionItemGesture,
  completePostMortemGesture,
  correctEventGesture,
  dropActionItemGesture,
  editActionItemGesture,
  recordReviewGesture,
  reopenActionItemGesture,
  retractEventGesture,
  writePostMortemGesture,
} from './learningGestures.ts';
import { recordMitigationGesture, runMitigationGesture } from './mitigationGestures.ts';
import {
  openConfigurationGesture,
  openDocumentGesture,
  openEventGesture,
  openIncidentGesture,
  openLinkGesture,
  openTimelineGesture,
  refreshGesture,
  restoreRecordGesture,
  showNextDeadlineGesture,
  startDrillGesture,
  stopDrillGesture,
} from './navigationGestures.ts';
import {
  acknowledgeGesture,
  addNoteGesture,
  changeSeverityGesture,
  correctMomentGesture,
  editIncidentGesture,
  setStatusGesture,
  snoozeDeadlineGesture,
} from './responseGestures.ts';
import {
  acceptHandoverGesture,
  assignRoleGesture,
  declineHandoverGesture,
  handOverGesture,
  releaseRoleGesture,
} from './roleGestures.ts';

/** What a command does for a person, and the use case that a script's argument object goes to. */
interface CommandPaths {
  readonly ask: Gesture;
  /** Absent: a script's argument is what the gesture knows, for commands that only show something. */
  readonly script?: UseCaseName;
}

/** Every command but *Show Log*, which needs nothing of this. */
export const commandPaths: Readonly<Record<Exclude<CommandId, 'mayday.showLog'>, CommandPaths>> = {
  'mayday.declareIncident': { ask: declareGesture, script: 'declareIncident' },
  'mayday.acknowledge': { ask: acknowledgeGesture, script: 'acknowledge' },
  'mayday.changeSeverity': { ask: changeSeverityGesture, script: 'changeSeverity' },
  'mayday.editIncident': { ask: editIncidentGesture, script: 'editIncident' },
  'mayday.correctMoment': { ask: correctMomentGesture, script: 'correctMoment' },
  'mayday.setStatus': { ask: setStatusGesture, script: 'setStatus' },
  'mayday.assignRole': { ask: assignRoleGesture, script: 'assignRole' },
  'mayday.releaseRole': { ask: releaseRoleGesture, script: 'releaseRole' },
  'mayday.handOver': { ask: handOverGesture, script: 'handOver' },
  'mayday.acceptHandover': { ask: acceptHandoverGesture, script: 'acceptHandover' },
  'mayday.declineHandover': { ask: declineHandoverGesture, script: 'declineHandover' },
  'mayday.snoozeDeadline': { ask: snoozeDeadlineGesture, script: 'snoozeDeadline' },
  'mayday.showNextDeadline': { ask: showNextDeadlineGesture },
  'mayday.investigate': { ask: investigateGesture, script: 'investigate' },
  'mayday.setChangeWindow': { ask: setChangeWindowGesture },
  'mayday.completeCheck': { ask: completeCheckGesture, script: 'completeCheck' },
  'mayday.addFinding': { ask: addFindingGesture, script: 'addFinding' },
  'mayday.judgeSuspect': { ask: judgeSuspectGesture, script: 'judgeSuspect' },
  'mayday.openCommit': { ask: openCommitGesture },
  'mayday.openChangeWindow': { ask: openChangeWindowGesture },
  'mayday.runMitigation': { ask: runMitigationGesture, script: 'runMitigation' },
  'mayday.recordMitigation': { ask: recordMitigationGesture, script: 'runMitigation' },
  'mayday.postUpdate': { ask: postUpdateGesture, script: 'postUpdate' },
  'mayday.copyUpdate': { ask: copyUpdateGesture, script: 'copyUpdate' },
  'mayday.sendUpdate': { ask: sendUpdateGesture, script: 'sendUpdate' },
  'mayday.discardUpdate': { ask: discardUpdateGesture },
  'mayday.customizeTemplates': { ask: customizeTemplatesGesture, script: 'customizeTemplates' },
  'mayday.verifyRecovery': { ask: verifyRecoveryGesture, script: 'verifyRecovery' },
  'mayday.resolve': { ask: resolveGesture, script: 'resolve' },
  'mayday.reopenIncident': { ask: reopenGesture, script: 'reopen' },
  'mayday.closeIncident': { ask: closeGesture, script: 'closeIncident' },
  'mayday.writePostMortem': { ask: writePostMortemGesture, script: 'writePostMortem' },
  'mayday.completePostMortem': { ask: completePostMortemGesture, script: 'completePostMortem' },
  'mayday.recordReview': { ask: recordReviewGesture, script: 'recordReview' },
  'mayday.addActionItem': { ask: addActionItemGesture, script: 'addActionItem' },
  'mayday.editActionItem': { ask: editActionItemGesture, script: 'editActionItem' },
  'mayday.completeActionItem': { ask: completeActionItemGesture, script: 'completeActionItem' },
  'mayday.reopenActionItem': { ask: reopenActionItemGesture, script: 'reopenActionItem' },
  'mayday.dropActionItem': { ask: dropActionItemGesture, script: 'dropActionItem' },
  'mayday.addNote': { ask: addNoteGesture, script: 'addNote' },
  'mayday.correctEvent': { ask: correctEventGesture, script: 'correctEvent' },
  'mayday.retractEvent': { ask: retractEventGesture, script: 'retractEvent' },
  'mayday.openTimeline': { ask: openTimelineGesture },
  'mayday.openEvent': { ask: openEventGesture },
  'mayday.openDocument': { ask: openDocumentGesture },
  'mayday.openLink': { ask: openLinkGesture },
  'mayday.openIncident': { ask: openIncidentGesture },
  'mayday.openConfiguration': { ask: openConfigurationGesture },
  'mayday.restoreRecord': { ask: restoreRecordGesture },
  'mayday.startDrill': { ask: startDrillGesture },
  'mayday.stopDrill': { ask: stopDrillGesture },
  'mayday.refresh': { ask: refreshGesture },
};
