import { createAcknowledgeAlert } from './acknowledgeAlert.ts';
import { createAttachAlert } from './attachAlert.ts';
import type { DeclareFromAlertTools } from './declareFromAlert.ts';
import { createDeclareFromAlert } from './declareFromAlert.ts';
import { createSilenceAlert } from './silenceAlert.ts';

/** What can be done about an alert. */
export interface AlertUseCases {
  readonly declareFromAlert: ReturnType<typeof createDeclareFromAlert>;
  readonly attachAlert: ReturnType<typeof createAttachAlert>;
  readonly acknowledgeAlert: ReturnType<typeof createAcknowledgeAlert>;
  readonly silenceAlert: ReturnType<typeof createSilenceAlert>;
}

/** They look for the alert that is meant through one reader, which the view of alerts uses, too. */
export function createAlertUseCases(tools: DeclareFromAlertTools): AlertUseCases {
  return {
    declareFromAlert: createDeclareFromAlert(tools),
    attachAlert: createAttachAlert(tools.reader),
    acknowledgeAlert: createAcknowledgeAlert(tools.reader),
    silenceAlert: createSilenceAlert(tools.reader),
  };
}
