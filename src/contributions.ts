/** Every id that package.json contributes, typed; a test holds the two against each other. */

export const commandIds = [
  'mayday.declareIncident',
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
  'mayday.openCommit',
  'mayday.openChangeWindow',
  'mayday.runMitigation',
  'mayday.recordMitigation',
  'mayday.postUpdate',
  'mayday.copyUpdate',
  'mayday.sendUpdate',
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
  'mayday.restoreRecord',
  'mayday.startDrill',
  'mayday.stopDrill',
  'mayday.refresh',
  'mayday.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];

export const viewIds = { incidents: 'mayday.views.incidents', actionItems: 'mayday.views.actionItems' } as const;

/** What `when` clauses of package.json ask. */
export interface ContextValues {
  /** How the Incidents view stands: its welcome content follows. */
  'mayday:state': 'loading' | 'ready' | 'error';
  /** Where a new incident would be recorded. */
  'mayday:place': 'git' | 'storage';
  /** An incident is open. */
  'mayday:active': boolean;
  /** This window's workspace is a running drill. */
  'mayday:drill': boolean;
}

/** Settings with their defaults; scopes and descriptions are in package.json. */
export interface SettingValues {
  /** Folder of the documents, relative to the workspace folder. */
  'mayday.directory': string;
  /** `Name <mail>`; empty: what git is configured with. */
  'mayday.person': string;
  'mayday.reminders': boolean;
  /** Where times are shown beside UTC; empty: the machine's zone. */
  'mayday.timeZone': string;
}

export const settingDefaults: SettingValues = {
  'mayday.directory': '.incidents',
  'mayday.person': '',
  'mayday.reminders': true,
  'mayday.timeZone': '',
};

/** Read-only documents: a file of the repository at a revision. */
export const revisionScheme = 'mayday-revision';

/** Read-only documents: what the record says, as Markdown, drawn again when it changes. */
export const recordScheme = 'mayday-record';
