import type { CommandId } from '../../contributions.ts';
import type { UseCaseName } from '../useCases.ts';
import {
  acknowledgeAlertGesture,
  attachAlertGesture,
  declareFromAlertGesture,
  openAlertGesture,
  refreshAlertsGesture,
  silenceAlertGesture,
} from './alertGestures.ts';
import {
  nextChangedLineGesture,
  openChangeDiffGesture,
  pinChangedLineGesture,
  previousChangedLineGesture,
  toggleChangeMarksGesture,
} from './changeMarkGestures.ts';
import {
  copyUpdateGesture,
  customizeTemplatesGesture,
  discardUpdateGesture,
  postUpdateGesture,
  sendUpdateEarlierGesture,
  sendUpdateGesture,
} from './communicationGestures.ts';
import { exportChartGesture, openChartsGesture, openDashboardGesture } from './chartGestures.ts';
import { fetchBranchGesture, openChangeGroupGesture, setChangeWindowGesture } from './changeGestures.ts';
import { openFileChangeGesture, pinDifferenceGesture } from './configurationGestures.ts';
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
} from './investigationGestures.ts';
import { investigateLineGesture } from './lineGestures.ts';
import { traceToCodeGesture } from './traceGestures.ts';
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
import { confirmAddressesGesture, setSecretGesture } from './outsideGestures.ts';
import { setUpWorkspaceGesture, testDataSourcesGesture } from './setUpGestures.ts';
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
import { toggleContinuousChecksGesture } from './watchGestures.ts';

/** What a command does for a person, and the use case that a script's argument object goes to. */
interface CommandPaths {
  readonly ask: Gesture;
  /** Absent: a script's argument is what the gesture knows, for commands that only show something. */
  readonly script?: UseCaseName;
}

/** Every command but *Show Log*, which needs nothing of this. */
export const commandPaths: Readonly<Record<Exclude<CommandId, 'mayday.showLog'>, CommandPaths>> = {
  'mayday.declareIncident': { ask: declareGesture, script: 'declareIncident' },
  'mayday.declareFromAlert': { ask: declareFromAlertGesture, script: 'declareFromAlert' },
  'mayday.attachAlert': { ask: attachAlertGesture, script: 'attachAlert' },
  'mayday.acknowledgeAlert': { ask: acknowledgeAlertGesture, script: 'acknowledgeAlert' },
  'mayday.silenceAlert': { ask: silenceAlertGesture, script: 'silenceAlert' },
  'mayday.openAlert': { ask: openAlertGesture },
  'mayday.refreshAlerts': { ask: refreshAlertsGesture },
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
  'mayday.traceToCode': { ask: traceToCodeGesture, script: 'traceToCode' },
  'mayday.investigateLine': { ask: investigateLineGesture, script: 'investigateLine' },
  'mayday.openCharts': { ask: openChartsGesture },
  'mayday.exportChart': { ask: exportChartGesture, script: 'exportChart' },
  'mayday.openDashboard': { ask: openDashboardGesture },
  'mayday.openCommit': { ask: openCommitGesture },
  'mayday.openChangeWindow': { ask: openChangeWindowGesture },
  'mayday.openChangeGroup': { ask: openChangeGroupGesture },
  'mayday.fetchBranch': { ask: fetchBranchGesture },
  'mayday.nextChangedLine': { ask: nextChangedLineGesture },
  'mayday.previousChangedLine': { ask: previousChangedLineGesture },
  'mayday.openChangeDiff': { ask: openChangeDiffGesture },
  'mayday.pinChangedLine': { ask: pinChangedLineGesture },
  'mayday.openFileChange': { ask: openFileChangeGesture },
  'mayday.pinDifference': { ask: pinDifferenceGesture },
  'mayday.toggleChangeMarks': { ask: toggleChangeMarksGesture },
  'mayday.toggleContinuousChecks': { ask: toggleContinuousChecksGesture },
  'mayday.runMitigation': { ask: runMitigationGesture, script: 'runMitigation' },
  'mayday.recordMitigation': { ask: recordMitigationGesture, script: 'runMitigation' },
  'mayday.postUpdate': { ask: postUpdateGesture, script: 'postUpdate' },
  'mayday.copyUpdate': { ask: copyUpdateGesture, script: 'copyUpdate' },
  'mayday.sendUpdate': { ask: sendUpdateGesture, script: 'sendUpdate' },
  'mayday.sendUpdateEarlier': { ask: sendUpdateEarlierGesture, script: 'sendUpdate' },
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
  'mayday.setUpWorkspace': { ask: setUpWorkspaceGesture, script: 'setUpWorkspace' },
  'mayday.testDataSources': { ask: testDataSourcesGesture, script: 'testDataSources' },
  'mayday.confirmAddresses': { ask: confirmAddressesGesture },
  'mayday.setSecret': { ask: setSecretGesture },
  'mayday.restoreRecord': { ask: restoreRecordGesture },
  'mayday.startDrill': { ask: startDrillGesture },
  'mayday.stopDrill': { ask: stopDrillGesture },
  'mayday.refresh': { ask: refreshGesture },
};
