import * as vscode from 'vscode';
import type { TracedCode } from '../../investigate/code/traceToCode.ts';
import type { TracedError, TracedFrame } from '../../investigate/code/tracedCode.ts';
import { isInWindow, placeText } from '../../investigate/code/tracedCode.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { App } from '../app.ts';
import type { RevisionLine } from '../documents/openRevision.ts';
import { openRevisionLine } from '../documents/openRevision.ts';
import { createPreview } from '../platform/preview.ts';
import { ask } from '../platform/request.ts';
import type { Choice } from '../platform/prompts.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import { changeText, itemText } from './changeText.ts';

type Picked = { readonly kind: 'frame'; readonly frame: TracedFrame } | { readonly kind: 'others' };

const historyButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('history'),
  tooltip: vscode.l10n.t('Investigate This Line'),
};

/** Lists the frames; each opens its file as it runs, while a person walks through the list and when one is chosen. */
export async function walkFrames(app: App, title: string, traced: TracedCode, withOthers = false): Promise<void> {
  const preview = createPreview<RevisionLine>((place) => openRevisionLine(place, { keepFocus: true }), app.log);
  const choices = frameChoices(app, traced, withOthers);
  const first = choices.find(
    (choice) => 'value' in choice && choice.value.kind === 'frame' && isInWindow(choice.value.frame),
  );
  const picked = valueOf(
    await askChoice<Picked>({
      title,
      placeholder: placeholderOf(traced),
      choices,
      ...(first !== undefined && 'value' in first ? { active: first.value } : {}),
      onActive: (value) => {
        const [place] = value.kind === 'frame' ? placesOf(value.frame) : [];
        if (place !== undefined) preview.show(place);
      },
      onButton: (value) => {
        const [place] = value.kind === 'frame' ? placesOf(value.frame) : [];
        if (place?.line === undefined) return;
        // As a command, so that what goes wrong is told as with any other.
        void vscode.commands.executeCommand('mayday.investigateLine', ask({ incident: traced.incident, ...place }));
      },
    }),
  );
  await preview.end();
  if (picked === undefined) return;
  if (picked.kind === 'others') return walkFrames(app, title, traced, true);
  const place = await onePlace(title, picked.frame);
  if (place !== undefined) await openRevisionLine(place);
}

/** Which version the files are of, and what could not be seen. */
function placeholderOf({ revisions, unseen, isCut }: TracedCode): string {
  const seen = revisions.map(({ revision, name }) =>
    vscode.l10n.t('Files as in {0}, {1}.', revision.slice(0, 8), plainLine(name, 100)),
  );
  const cut = isCut ? [vscode.l10n.t('Only the first megabyte was looked through.')] : [];
  return plainLine([...seen, ...unseen, ...cut].join(' '), 300);
}

function frameChoices(
  app: App,
  { errors }: TracedCode,
  withOthers: boolean,
): readonly (Choice<Picked> | vscode.QuickPickItem)[] {
  const own = errors.flatMap((error) => {
    const frames = error.frames.filter((frame) => placesOf(frame).length > 0);
    return frames.length === 0 ? [] : [separator(errorText(error)), ...frames.map((frame) => ownChoice(app, frame))];
  });
  const others = errors.flatMap(({ frames }) => frames).filter((frame) => placesOf(frame).length === 0);
  if (others.length === 0) return own;
  const heading = separator(vscode.l10n.t('libraries, and what is not in the repository'));
  if (withOthers) return [...own, heading, ...others.map(otherChoice)];
  const more: Choice<Picked> = {
    label: others.length === 1 ? vscode.l10n.t('1 more frame') : vscode.l10n.t('{0} more frames', others.length),
    description: vscode.l10n.t('of libraries and the runtime, or in no file of the repository'),
    iconPath: new vscode.ThemeIcon('library'),
    value: { kind: 'others' },
  };
  return [...own, heading, more];
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function errorText({ type, message, times }: TracedError): string {
  // It stands at the right end of the first frame's row, and takes the room of what is told there.
  const name = itemText([type, message].filter((part) => part !== '').join(': '), 48);
  return times === undefined ? name : `${name} (${String(times)}×)`;
}

function ownChoice(app: App, frame: TracedFrame): Choice<Picked> {
  const { place, standing, code } = frame;
  const inWindow = isInWindow(frame);
  const where =
    place.kind === 'ambiguous' ? vscode.l10n.t('one of {0} files', place.paths.length) : (placeText(frame) ?? '');
  const who =
    standing === undefined
      ? noLine(frame)
      : standing.kind === 'known'
        ? changeText(standing, app.context.host.clock.now())
        : standing.reason;
  return {
    label: nameOf(frame),
    description: itemText(where, 200),
    detail: itemText(
      [...(inWindow ? [vscode.l10n.t('changed in the window')] : []), who, code ?? ''].filter(Boolean).join(' · '),
      300,
    ),
    iconPath: inWindow
      ? new vscode.ThemeIcon('git-commit', new vscode.ThemeColor('problemsWarningIcon.foreground'))
      : new vscode.ThemeIcon('debug-stackframe'),
    buttons: standing?.kind === 'known' ? [historyButton] : [],
    value: { kind: 'frame', frame },
  };
}

function noLine({ place }: TracedFrame): string {
  if (place.kind === 'ambiguous') return vscode.l10n.t('several files fit equally well');
  return vscode.l10n.t('built code without a source map: the line is not known');
}

function otherChoice(frame: TracedFrame): Choice<Picked> {
  const where = [frame.path ?? frame.className ?? '', ...(frame.line === undefined ? [] : [String(frame.line)])].join(
    ':',
  );
  return {
    label: nameOf(frame),
    description: itemText(where, 200),
    ...(frame.place.kind === 'outside' ? { detail: itemText(frame.place.reason, 300) } : {}),
    iconPath: new vscode.ThemeIcon('library', new vscode.ThemeColor('disabledForeground')),
    value: { kind: 'frame', frame },
  };
}

function nameOf({ function: name }: TracedFrame): string {
  return itemText(name ?? vscode.l10n.t('(top level)'), 120);
}

function placesOf({ place, repository, revision }: TracedFrame): readonly RevisionLine[] {
  if (repository === undefined || revision === undefined) return [];
  const paths = place.kind === 'repository' ? [place.path] : place.kind === 'ambiguous' ? place.paths : [];
  const line = place.kind === 'repository' || place.kind === 'ambiguous' ? place.line : undefined;
  return paths.map((path) => ({ repository, revision, path, ...(line === undefined ? {} : { line }) }));
}

async function onePlace(title: string, frame: TracedFrame): Promise<RevisionLine | undefined> {
  const places = placesOf(frame);
  if (places.length < 2) return places[0];
  return valueOf(
    await askChoice<RevisionLine>({
      title,
      placeholder: vscode.l10n.t('Several files fit this frame. Which one?'),
      choices: places.map((place) => ({ label: itemText(place.path, 300), value: place })),
    }),
  );
}
