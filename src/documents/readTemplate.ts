import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { renderTemplate, templateLimitBytes } from './renderTemplate.ts';
import type { Template } from './renderTemplate.ts';
import type { TemplateProblem } from './templateProblem.ts';
import { writeDocument } from './writeDocument.ts';

/** The templates that a team can have its own version of. */
export const templateNames = ['initial', 'update', 'resolved', 'post-mortem'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Where templates are. */
export interface TemplatePlaces {
  /** The templates that come with Mayday; absolute. */
  readonly templatesDirectory: string;
  /** `.incidents` of the workspace, whose `templates/` come first; absolute. */
  readonly teamDirectory?: string | undefined;
  /** Templates are code of the repository's authors: without trust the workspace's are not even read. */
  readonly trusted: boolean;
}

/** A document, the template it was made by, and what was wrong with the team's when the bundled one had to serve. */
export interface RenderedText {
  readonly text: string;
  /** The path of the template that was used. */
  readonly template: string;
  readonly problem?: TemplateProblem;
}

/**
 * Renders the team's template over a view, or the bundled one when the team has none, it cannot be trusted or it has an
 * error; the error is then in `problem`, to be shown.
 * @throws IncidentError `storage` when the bundled template cannot be used either.
 */
export async function renderWithTemplates(
  name: TemplateName,
  view: object,
  places: TemplatePlaces,
  escape: (text: string) => string,
): Promise<RenderedText> {
  const team = await readTeamTemplate(name, places);
  if (team === undefined) return renderBundled(name, view, places, escape);
  if (team.kind === 'failed') return { ...(await renderBundled(name, view, places, escape)), problem: team.problem };
  const rendering = renderTemplate(team.template, view, escape);
  if (rendering.kind === 'rendered') return { text: rendering.text, template: team.template.file };
  return { ...(await renderBundled(name, view, places, escape)), problem: rendering.problem };
}

/** Which of the templates were copied to the team's folder, and which were there already. Absolute paths. */
export interface CustomizedTemplates {
  readonly copied: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Copies the bundled templates (`from`) to the team's folder (`to`, made when missing); what is there stays.
 * @throws IncidentError `storage` when they cannot be written.
 */
export async function customizeTemplates(from: string, to: string): Promise<CustomizedTemplates> {
  const copied: string[] = [];
  const kept: string[] = [];
  for (const name of templateNames) {
    const path = join(to, fileNameOf(name));
    if (await isTaken(path)) kept.push(path);
    else copied.push(await writeDocument(path, (await readBundled(name, from)).text));
  }
  return { copied, kept };
}

/** A link that leads nowhere is somebody's, too. */
async function isTaken(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

type TeamTemplate =
  | { readonly kind: 'read'; readonly template: Template }
  | { readonly kind: 'failed'; readonly problem: TemplateProblem };

async function readTeamTemplate(name: TemplateName, places: TemplatePlaces): Promise<TeamTemplate | undefined> {
  if (!places.trusted || places.teamDirectory === undefined) return undefined;
  const file = join(places.teamDirectory, 'templates', fileNameOf(name));
  try {
    return { kind: 'read', template: await readTemplate(file) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    return { kind: 'failed', problem: { file, message: messageOf(error) } };
  }
}

async function readTemplate(file: string): Promise<Template> {
  const found = await stat(file);
  // A pipe or a device would never end.
  if (!found.isFile()) throw new Error('it is not a file');
  if (found.size > templateLimitBytes) throw new Error(`it is larger than ${templateLimitBytes / 1024} KB`);
  return { file, text: await readFile(file, 'utf8') };
}

async function renderBundled(
  name: TemplateName,
  view: object,
  { templatesDirectory }: TemplatePlaces,
  escape: (text: string) => string,
): Promise<RenderedText> {
  const template = await readBundled(name, templatesDirectory);
  const rendering = renderTemplate(template, view, escape);
  if (rendering.kind === 'rendered') return { text: rendering.text, template: template.file };
  throw installationError(`The template ${template.file} cannot be used: ${rendering.problem.message}`);
}

async function readBundled(name: TemplateName, directory: string): Promise<Template> {
  const file = join(directory, fileNameOf(name));
  return readTemplate(file).catch((error: unknown) => {
    throw installationError(`Could not read the template ${file}: ${messageOf(error)}`, error);
  });
}

function installationError(message: string, cause?: unknown): IncidentError {
  const hint = 'Install Mayday again, or report this: the template belongs to it.';
  return new IncidentError('storage', message, { hint, cause });
}

function fileNameOf(name: TemplateName): string {
  return `${name}.md.hbs`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
