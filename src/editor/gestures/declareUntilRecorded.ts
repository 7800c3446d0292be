import * as vscode from 'vscode';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { App } from '../app.ts';
import { showFailure } from '../platform/messages.ts';

/**
 * Declares; when the disk refuses, what was typed is kept and a person may try again or record it elsewhere. Undefined
 * when the person gave up.
 */
export async function declareUntilRecorded<A extends { readonly place?: 'storage' | undefined }, R>(
  app: Pick<App, 'log'>,
  args: A,
  declare: (wish: A) => Promise<R>,
): Promise<R | undefined> {
  const again = vscode.l10n.t('Try Again');
  const elsewhere = vscode.l10n.t('Record It in VS Code’s Storage');
  const copy = vscode.l10n.t('Copy What I Typed');
  let wish = args;
  for (;;) {
    try {
      return await declare(wish);
    } catch (error) {
      if (!isIncidentError(error, 'storage')) throw error;
      app.log.warn(`[declare] ${error.message}`);
      const chosen = await showFailure(
        [vscode.l10n.t('The incident is not on record yet.'), error.message, error.hint ?? ''].join(' ').trim(),
        again,
        elsewhere,
        copy,
      );
      if (chosen === elsewhere) wish = { ...wish, place: 'storage' };
      if (chosen === copy) await vscode.env.clipboard.writeText(JSON.stringify(args, undefined, 2));
      if (chosen === undefined || chosen === copy) return undefined;
    }
  }
}
