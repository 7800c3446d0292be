import type { Workbench } from './pages/workbench.ts';

/** Declares an incident as a person does, with the keyboard, and waits for its first message. */
export async function declare(
  { runCommand, input, editors }: Workbench,
  title: string,
  { folder, severity = 'SEV2' }: { readonly folder?: string; readonly severity?: string } = {},
): Promise<void> {
  await runCommand('Incident: Declare Incident');
  await input.waitFor('What is wrong, in a few words?');
  await input.type(title);
  await input.accept();
  if (folder !== undefined) {
    await input.waitFor('Which folder is it about?');
    await input.choose(folder);
  }
  await input.waitFor('How bad is it?');
  await input.choose(severity);
  await input.waitFor('Who or what is affected');
  await input.accept();
  await editors.waitForText(`INCIDENT [${severity.replace('SEV', 'SEV-')}]: ${title}`);
}
