/** What `kubectl get deployment checkout -o json` prints of apps/v1, without what nobody here reads. */
export function deploymentJson({
  image = 'checkout:1.9.0',
  label,
  annotation,
  updated = 3,
  observed = 5,
  progressedAt = '2026-11-23T05:47:00Z',
}: {
  readonly image?: string;
  readonly label?: string;
  readonly annotation?: string;
  readonly updated?: number;
  readonly observed?: number;
  readonly progressedAt?: string;
}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'checkout',
      namespace: 'shop',
      generation: 5,
      annotations: {
        'deployment.kubernetes.io/revision': '7',
        ...(annotation ? { 'example.org/commit': annotation } : {}),
      },
      labels: { app: 'checkout' },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'checkout' } },
      template: {
        metadata: { labels: { app: 'checkout', ...(label ? { 'app.kubernetes.io/version': label } : {}) } },
        spec: { containers: containers(image) },
      },
    },
    status: {
      observedGeneration: observed,
      replicas: 3,
      updatedReplicas: updated,
      conditions: [
        { type: 'Available', status: 'True', lastUpdateTime: '2026-11-01T00:00:00Z' },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', lastUpdateTime: progressedAt },
      ],
    },
  };
}

/** One item of what `kubectl get replicasets -o json` prints. */
export function replicaSetJson({
  revision,
  history,
  image,
  at,
  owner = 'checkout',
}: {
  readonly revision: number;
  readonly history?: string;
  readonly image: string;
  readonly at: string;
  readonly owner?: string;
}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${owner}-5d8c7b9f6`,
      creationTimestamp: at,
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        ...(history === undefined ? {} : { 'deployment.kubernetes.io/revision-history': history }),
      },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, controller: true }],
    },
    spec: { replicas: 3, template: { spec: { containers: containers(image) } } },
    status: { replicas: 3 },
  };
}

function containers(image: string): object[] {
  return [
    { name: 'app', image },
    { name: 'proxy', image: 'envoy:1.30.1' },
  ];
}
