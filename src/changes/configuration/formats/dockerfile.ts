import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import type { Entry } from '../entryDifferences.ts';
import { entryDifferences, leftOf } from '../entryDifferences.ts';
import { reorderedText } from '../structure/reordered.ts';
import type { Stage } from '../readers/dockerStages.ts';
import { readStages } from '../readers/dockerStages.ts';

/** Dockerfiles and Containerfiles: base images, variables, ports and commands by their keys; RUN and COPY as lines. */
export const dockerfile: ConfigurationFormat = {
  kind: 'docker',
  name: 'Dockerfile',
  fits: (path) =>
    /(^|\/)(Dockerfile|Containerfile)([.-](?!md$|txt$)[^/]{1,100})?$/i.test(path) ||
    /\.(dockerfile|containerfile)$/i.test(path),
  differences,
};

function differences({ before, after }: FileVersions): readonly Difference[] {
  const earlier = stagesOf(before);
  const later = stagesOf(after);
  const told = images(earlier, later);
  // Of a stage that came or went its image is told, of a file that did, what its container runs with.
  const both = new Set(earlier.map(({ key }) => key).filter((key) => later.some((stage) => stage.key === key)));
  const isTold = (stage: Stage): boolean => both.size === 0 || both.has(stage.key);
  const entries = (stages: readonly Stage[]) =>
    entriesOf(stages.filter(isTold), stages.length, { steps: both.size > 0 });
  const rest = entryDifferences(entries(earlier), entries(later));
  return [...told, ...rest, ...reordered(earlier, later)];
}

function stagesOf(text: string | undefined): readonly Stage[] {
  if (text === undefined) return [];
  const stages = readStages(text);
  if (stages.every((stage) => stage.image === undefined)) throw new UnreadableConfiguration('line 1: no FROM');
  return stages;
}

function images(earlier: readonly Stage[], later: readonly Stage[]): readonly Difference[] {
  const was = new Map(earlier.map((stage) => [stage.key, stage]));
  const is = new Map(later.map((stage) => [stage.key, stage]));
  const several = Math.max(earlier.length, later.length) > 2;
  return [
    ...later.flatMap((stage) => imageDifference(was.get(stage.key), stage, several)),
    ...earlier.filter((stage) => !is.has(stage.key)).flatMap((stage) => imageDifference(stage, undefined, several)),
  ];
}

function imageDifference(was: Stage | undefined, is: Stage | undefined, several: boolean): readonly Difference[] {
  const before = was?.image;
  const after = is?.image;
  const name = is?.name ?? was?.name;
  const line = (is ?? was)?.line ?? 1;
  const byArg = after?.argument ?? before?.argument;
  const notes = [
    ...(several && name !== undefined ? [`stage ${name}`] : []),
    ...(byArg !== undefined && before !== undefined && after !== undefined ? [`by arg ${byArg}`] : []),
  ];
  const place = { line, ...(notes.length > 0 ? { note: notes.join(', ') } : {}) };
  if (before === undefined)
    return after === undefined
      ? []
      : [{ kind: 'added', subject: `image ${after.repository}`, after: after.version, ...place }];
  if (after === undefined)
    return [{ kind: 'removed', subject: `image ${before.repository}`, before: before.version, ...place }];
  const found: Difference[] = [];
  if (before.repository !== after.repository)
    found.push({ kind: 'changed', subject: 'image', before: whole(before), after: whole(after), ...place });
  else if (before.version !== after.version)
    found.push({
      kind: 'changed',
      subject: `image ${after.repository}`,
      before: before.version === '' ? 'no tag' : before.version,
      after: after.version === '' ? 'no tag' : after.version,
      ...place,
    });
  if (before.platform !== after.platform)
    found.push({
      kind: 'changed',
      subject: `platform of image ${after.repository}`,
      before: before.platform ?? 'as built',
      after: after.platform ?? 'as built',
      line,
    });
  return found;
}

function whole(image: { readonly repository: string; readonly version: string }): string {
  if (image.version === '') return image.repository;
  return `${image.repository}${image.version.startsWith('sha256:') ? '@' : ':'}${image.version}`;
}

function entriesOf(stages: readonly Stage[], count: number, { steps }: { readonly steps: boolean }): readonly Entry[] {
  return stages.flatMap((stage) =>
    stage.entries
      .filter((entry) => steps || !entry.isStep)
      .map((entry) => ({
        ...entry,
        key: `${stage.key}\0${entry.key}`,
        ...(count > 2 && stage.name !== undefined ? { note: `stage ${stage.name}` } : {}),
      })),
  );
}

/** The same lines in another order build another image: told once, for what no other difference tells. */
function reordered(earlier: readonly Stage[], later: readonly Stage[]): readonly Difference[] {
  const was = new Map(earlier.map((stage) => [stage.key, stage]));
  return later.flatMap((stage): readonly Difference[] => {
    const steps = stage.entries.filter((entry) => entry.isStep);
    const before = was.get(stage.key)?.entries.filter((entry) => entry.isStep) ?? [];
    const left = leftOf(before, steps);
    if (left.before.length + left.after.length > 0 || before.length !== steps.length) return [];
    const moved = steps.find((entry, at) => before[at]?.key !== entry.key || before[at].value !== entry.value);
    if (moved === undefined) return [];
    const text = reorderedText(`${stage.name === undefined ? '' : `stage ${stage.name}: `}steps`);
    return [{ kind: 'told', text, line: moved.line }];
  });
}
