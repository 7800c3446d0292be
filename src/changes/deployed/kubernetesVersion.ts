import type { KubernetesDeployment } from '../../config/serviceConfiguration.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ToldVersion } from './endpointVersion.ts';
import { parseImage } from './imageReference.ts';
import { listAt, numberAt, recordAt, textAt } from './jsonFields.ts';

/** The version that a Deployment tells (apps/v1): by the label or annotation that is configured, else by its image's tag. */
export function kubernetesVersion(deployment: unknown, target: KubernetesDeployment): ToldVersion {
  const told = target.label === undefined ? ofImage(deployment, target.container) : ofLabel(deployment, target.label);
  const progress = rolloutProgress(deployment);
  return told.kind === 'silent' || progress === undefined ? told : { ...told, where: `${told.where}; ${progress}` };
}

function ofLabel(deployment: unknown, label: string): ToldVersion {
  const template = recordAt(deployment, 'spec', 'template');
  for (const holder of [template, deployment]) {
    for (const field of ['labels', 'annotations']) {
      const version = textAt(holder, 'metadata', field, label)?.trim();
      if (version !== undefined && version !== '') {
        return { kind: 'told', version: plainLine(version, 200), where: label };
      }
    }
  }
  return { kind: 'silent', reason: `it has no label or annotation ${label}` };
}

function ofImage(deployment: unknown, container: string | undefined): ToldVersion {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  const chosen = container === undefined ? containers[0] : containers.find((one) => textAt(one, 'name') === container);
  const written = textAt(chosen, 'image');
  if (written === undefined) {
    return {
      kind: 'silent',
      reason: container === undefined ? 'it has no container' : `it has no container ${container}`,
    };
  }
  const shown = plainLine(written, 200);
  const image = parseImage(written.trim());
  if (image === undefined) return { kind: 'silent', reason: `its image ${shown} is no reference that could be read` };
  if (image.tag !== undefined) return { kind: 'told', version: image.tag, where: `image ${shown}` };
  const why = image.digest === undefined ? 'has no tag' : 'has only a digest, and a digest is no commit';
  return { kind: 'silent', reason: `its image ${shown} ${why}` };
}

/** While a rollout goes on, some instances run what was before. */
function rolloutProgress(deployment: unknown): string | undefined {
  const wanted = numberAt(deployment, 'status', 'replicas') ?? numberAt(deployment, 'spec', 'replicas');
  const updated = numberAt(deployment, 'status', 'updatedReplicas') ?? 0;
  const seen = numberAt(deployment, 'status', 'observedGeneration');
  const generation = numberAt(deployment, 'metadata', 'generation');
  if (seen !== undefined && generation !== undefined && seen < generation) return 'its rollout has not begun yet';
  if (wanted === undefined || wanted === 0 || updated >= wanted) return undefined;
  return `still rolling out, ${String(updated)} of ${String(wanted)} updated`;
}
