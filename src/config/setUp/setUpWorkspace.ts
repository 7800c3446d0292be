import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError, messageOf } from '../../incident/incidentError.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { configurationFileName } from '../configurationFile.ts';
import { collectFacts } from './collectFacts.ts';
import { proposeConfiguration } from './proposeConfiguration.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

const args = z.strictObject({
  /** A workspace folder; needed where there are several. */
  folder: z.string().min(1).optional(),
});

export type SetUpWorkspaceArgs = z.output<typeof args>;

/** A first version of mayday.yaml. */
export interface SetUpResult {
  /** The path of mayday.yaml. */
  readonly file: string;
  /** The proposal is in the file now. False: there is a file already, and it stays as it is. */
  readonly written: boolean;
  readonly proposal: string;
}

export interface SetUpTools {
  readonly files: WorkspaceFiles;
  /** The workspace folder that is meant, and where its team keeps its files; undefined when no such folder is open. */
  placeOf(folder: string | undefined): { readonly folder: string; readonly teamDirectory: string } | undefined;
}

/** Looks at the repository and writes a first version of mayday.yaml; one that is there is never touched. */
export function createSetUpWorkspace({ files, placeOf }: SetUpTools): UseCase<SetUpWorkspaceArgs, SetUpResult> {
  return defineUseCase(args, async (wanted, _context, signal) => {
    const place = placeOf(wanted.folder);
    if (place === undefined) {
      throw new IncidentError('notFound', 'There is no workspace folder to look at.', {
        hint: 'Open a folder first; where several are open, name one.',
      });
    }
    const proposal = proposeConfiguration(await collectFacts(files, place.folder, signal));
    const file = join(place.teamDirectory, configurationFileName);
    return { file, written: await writeNew(file, proposal), proposal };
  });
}

async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new IncidentError('storage', `${file} cannot be written (${messageOf(error)}).`, { cause: error });
  }
}
