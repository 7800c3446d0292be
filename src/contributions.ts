/** Every id that package.json contributes, typed; a test holds the two against each other. */

export const commandIds = [
  'mayday.declareIncident',
  'mayday.declareFromAlert',
  'mayday.attachAlert',
  'mayday.acknowledgeAlert',
  'mayday.silenceAlert',
  'mayday.openAlert',
  'mayday.refreshAlerts',
  'mayday.acknowledge',
  'mayday.changeSeverity',
  'mayday.editIncident',
  'mayday.correctMoment',
  'mayday.setStatus',
  'mayday.assignRole',
  'mayday.releaseRole',
  'mayday.handOver',
  'mayday.acceptHandover',
  'mayday.declineHandover',
  'mayday.snoozeDeadline',
  'mayday.showNextDeadline',
  'mayday.investigate',
  'mayday.setChangeWindow',
  'mayday.completeCheck',
  'mayday.addFinding',
  'mayday.judgeSuspect',
  'mayday.traceToCode',
  'mayday.investigateLine',
  'mayday.openCharts',
  'mayday.exportChart',
  'mayday.openDashboard',
  'mayday.openCommit',
  'mayday.openChangeWindow',
  'mayday.openChangeGroup',
  'mayday.fetchBranch',
  'mayday.nextChangedLine',
  'mayday.previousChangedLine',
  'mayday.openChangeDiff',
  'mayday.pinChangedLine',
  'mayday.openFileChange',
  'mayday.pinDifference',
  'mayday.toggleChangeMarks',
  'mayday.toggleContinuousChecks',
  'mayday.runMitigation',
  'mayday.recordMitigation',
  'mayday.postUpdate',
  'mayday.copyUpdate',
  'mayday.sendUpdate',
  'mayday.sendUpdateEarlier',
  'mayday.discardUpdate',
  'mayday.customizeTemplates',
  'mayday.verifyRecovery',
  'mayday.resolve',
  'mayday.reopenIncident',
  'mayday.closeIncident',
  'mayday.writePostMortem',
  'mayday.completePostMortem',
  'mayday.recordReview',
  'mayday.addActionItem',
  'mayday.editActionItem',
  'mayday.completeActionItem',
  'mayday.reopenActionItem',
  'mayday.dropActionItem',
  'mayday.addNote',
  'mayday.correctEvent',
  'mayday.retractEvent',
  'mayday.openTimeline',
  'mayday.openEvent',
  'mayday.openDocument',
  'mayday.openLink',
  'mayday.openIncident',
  'mayday.openConfiguration',
  'mayday.setUpWorkspace',
  'mayday.testDataSources',
  'mayday.confirmAddresses',
  'mayday.setSecret',
  'mayday.restoreRecord',
  'mayday.startDrill',
  'mayday.stopDrill',
  'mayday.refresh',
  'mayday.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];

export const viewIds = {
  incidents: 'mayday.views.incidents',
  alerts: 'mayday.views.alerts',
  actionItems: 'mayday.views.actionItems',
} as const;

/** What `when` clauses of package.json ask. */
export interface ContextValues {
  /** How the Incidents view stands: its welcome content follows. */
  'mayday:state': 'loading' | 'ready' | 'error';
  /** How the Alerts view stands: `none` when mayday.yaml names no source of alerts. */
  'mayday:alerts': 'loading' | 'none' | 'ready';
  /** Where a new incident would be recorded. */
  'mayday:place': 'git' | 'storage';
  /** An incident is open. */
  'mayday:active': boolean;
  /** This window's workspace is a running drill. */
  'mayday:drill': boolean;
  /** Lines that changed in the window are marked. */
  'mayday:marks': boolean;
}

/** Settings with their defaults; scopes and descriptions are in package.json. */
export interface SettingValues {
  /** Folder of the documents, relative to the workspace folder. */
  'mayday.directory': string;
  /** `Name <mail>`; empty: what git is configured with. */
  'mayday.person': string;
  'mayday.reminders': boolean;
  /** From which severity on new alerts are told of in the background. */
  'mayday.watchAlerts': 'off' | 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4';
  /** Lines and files that changed in the window are marked while an incident is active. */
  'mayday.changeMarks': boolean;
  /** Where times are shown beside UTC; empty: the machine's zone. */
  'mayday.timeZone': string;
}

export const settingDefaults: SettingValues = {
  'mayday.directory': '.incidents',
  'mayday.person': '',
  'mayday.reminders': true,
  'mayday.watchAlerts': 'off',
  'mayday.changeMarks': true,
  'mayday.timeZone': '',
};

/** Read-only documents: a file of the repository at a revision. */
export const revisionScheme = 'mayday-revision';

/** Read-only documents: what Mayday proposes or tried, as long as the window is open. */
export const reportScheme = 'mayday-report';

/** Read-only documents: what the record says, as Markdown, drawn again when it changes. */
export const recordScheme = 'mayday-record';

/** The path of a message that waits to be posted: keys and buttons of its editor ask for it. */
export const draftFile = /[\\/]mayday[^\\/]*[\\/].*incidents[\\/][^\\/]+[\\/]drafts[\\/][^\\/]+\.md$/;
