import * as vscode from 'vscode';
import type { ParsedTrace } from '../../changes/stackTrace/parsedTrace.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { traceEvidenceName } from '../../investigate/code/traceEvidenceName.ts';
import type { Choice } from '../platform/prompts.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { itemText } from './changeText.ts';
import { pickIncident } from './pickers.ts';
import { walkFrames } from './walkFrames.ts';
import { showInformation } from '../platform/messages.ts';

/** Finds the code of a stack trace, keeps the trace as a finding, and lets a person walk through its frames. */
export const traceToCodeGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Trace to Code');
  const selection = selectedText();
  const isRecorded = knownText(known, 'event') !== undefined;
  const handle = await pickIncident(app, known, title, isRecorded ? () => true : undefined);
  if (handle === undefined) return undefined;
  const text = isRecorded
    ? await recordedText(handle, known)
    : (knownText(known, 'text') ?? selection ?? (await askText(title)));
  if (text === undefined) return undefined;
  const traced = await app.withProgress(vscode.l10n.t('Looking for the code of the trace…'), (signal) =>
    app.run('traceToCode', { incident: handle.id, text }, signal),
  );
  await walkFrames(app, title, traced);
  return traced;
};

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined || editor.selection.isEmpty ? undefined : editor.document.getText(editor.selection);
}

/** The trace of a finding, as it is on record: redacted. */
async function recordedText(handle: IncidentHandle, known: Known): Promise<string> {
  const finding = handle.state.findings.find(({ id }) => id === knownText(known, 'event'));
  const ref = finding?.evidence?.find(({ name }) => name === traceEvidenceName);
  if (ref === undefined) throw new IncidentError('notFound', vscode.l10n.t('This finding has no stack trace.'));
  return Buffer.from(await handle.readEvidence(ref)).toString('utf8');
}

type Source = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'paste' };

/** Nothing is taken before it was shown: what is in the clipboard may be anything. */
async function askText(title: string): Promise<string | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const clipboard = await vscode.env.clipboard.readText();
  const { parseTrace } = await import('../../changes/stackTrace/parseTrace.ts');
  const sourceChoice = choiceBy(parseTrace);
  const choices: Choice<Source>[] = [
    ...sourceChoice(vscode.l10n.t('Clipboard'), 'clippy', clipboard),
    ...(document === undefined
      ? []
      : sourceChoice(vscode.workspace.asRelativePath(document.uri), 'file', document.getText())),
    {
      label: vscode.l10n.t('Paste Into a New Document…'),
      iconPath: new vscode.ThemeIcon('new-file'),
      value: { kind: 'paste' },
    },
  ];
  const source = valueOf(
    await askChoice<Source>({ title, placeholder: vscode.l10n.t('Where is the stack trace or log excerpt?'), choices }),
  );
  if (source?.kind === 'text') return source.text;
  return source === undefined ? undefined : pastedText();
}

/** Enough to see whether it is what a person means. */
const looked = 32 * 1024;

function choiceBy(
  parse: (text: string) => ParsedTrace,
): (label: string, icon: string, text: string) => readonly Choice<Source>[] {
  return (label, icon, text) => {
    if (text.trim() === '') return [];
    const description = traceText(parse(text.slice(0, looked)));
    const detail = itemText(text, 160);
    return [{ label, iconPath: new vscode.ThemeIcon(icon), description, detail, value: { kind: 'text', text } }];
  };
}

function traceText(trace: ParsedTrace): string {
  if (trace.kind === 'nothing') return vscode.l10n.t('no stack trace in its beginning');
  const [error] = trace.errors;
  const frames = trace.errors.reduce((sum, one) => sum + one.frames.length, 0);
  return itemText(vscode.l10n.t('{0} frames: {1} {2}', frames, error?.type ?? '', error?.message ?? ''), 120);
}

async function pastedText(): Promise<string | undefined> {
  const document = await vscode.workspace.openTextDocument({ language: 'log', content: '' });
  await vscode.window.showTextDocument(document);
  const trace = vscode.l10n.t('Trace to Code');
  const answer = await showInformation(vscode.l10n.t('Paste the stack trace, then go on.'), trace);
  return answer === trace && document.getText().trim() !== '' ? document.getText() : undefined;
}
