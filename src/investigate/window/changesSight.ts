import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import type { ChangeWindow } from './changeWindow.ts';

/** What could be seen of the changes in one workspace folder's repository. */
export type ChangesSight =
  | { readonly kind: 'seen'; readonly folder: string; readonly window: ChangeWindow; readonly changes: WindowChanges }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly folder: string | undefined; readonly reason: string };
