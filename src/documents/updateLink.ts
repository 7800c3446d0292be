import type { UpdateKind } from '../incident/words.ts';
import { sentMessagePath } from './sentMessage.ts';

/**
 * The link from an incident's documents to a message as it was sent: by the path that its event gives (of any folder and
 * system), else where messages are written.
 */
export function updateLink(update: {
  readonly document?: string | undefined;
  readonly event: string;
  readonly kind: UpdateKind;
}): string {
  const file = update.document?.split(/[/\\]/).at(-1) ?? '';
  return /^\w[\w.-]*$/.test(file) ? `updates/${file}` : sentMessagePath(update);
}
