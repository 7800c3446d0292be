import { join } from 'node:path';
import * as z from 'zod';
import { defineUseCase } from '../incident/defineUseCase.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { CustomizedTemplates } from '../documents/readTemplate.ts';
import { customizeTemplates } from '../documents/readTemplate.ts';

const args = z.strictObject({
  /** A workspace folder; needed where there are several. */
  folder: z.string().min(1).optional(),
});

export type CustomizeTemplatesArgs = z.output<typeof args>;

/** Where templates are, and where a team keeps its own. */
export interface TemplateFolders {
  /** The templates that come with Mayday; absolute. */
  readonly templatesDirectory: string;
  /** `.incidents` of a workspace folder (of the only one when none is named); undefined when no such folder is open. */
  teamDirectory(folder: string | undefined): Promise<string | undefined>;
}

/** Copies the templates to the team's folder, to be edited there; what is there already stays. */
export function createCustomizeTemplates(
  folders: TemplateFolders,
): UseCase<CustomizeTemplatesArgs, CustomizedTemplates> {
  return defineUseCase(args, async ({ folder }) => {
    const directory = await folders.teamDirectory(folder);
    if (directory === undefined) {
      throw new IncidentError('notFound', 'There is no workspace folder to put the templates into.', {
        hint: 'Open a folder first.',
      });
    }
    return customizeTemplates(folders.templatesDirectory, join(directory, 'templates'));
  });
}
