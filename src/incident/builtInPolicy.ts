import type { AlertPolicy, Policy, SeverityPolicy } from './policy.ts';
import { roles } from './words.ts';

const within = (minutes: number) => ({ kind: 'within', minutes }) as const;
const every = (minutes: number) => ({ kind: 'every', minutes }) as const;
const hour = 60;
const day = 24 * hour;

const severities: Policy['severities'] = {
  SEV1: level('total outage, data loss, or a security breach', [5, 30, 15], { allRoles: true, review: true }),
  SEV2: level('a major feature is down, significant impact', [15, hour, 30], { allRoles: true, review: true }),
  SEV3: level('minor degradation, a workaround exists', [hour, 4 * hour, 2 * hour], { allRoles: false, review: false }),
  SEV4: {
    meaning: 'cosmetic, minimal impact',
    respond: { kind: 'nextBusinessDay' },
    mitigate: within(7 * day),
    communicate: { kind: 'ticket' },
    roles: [],
    postMortem: false,
    review: false,
  },
};

function level(
  meaning: string,
  [respond, mitigate, communicate]: readonly [number, number, number],
  duties: { readonly allRoles: boolean; readonly review: boolean },
): SeverityPolicy {
  return {
    meaning,
    respond: within(respond),
    mitigate: within(mitigate),
    communicate: every(communicate),
    roles: duties.allRoles ? roles : [],
    postMortem: true,
    review: duties.review,
  };
}

/** Words in use for the severity of alerts, and the priorities of PagerDuty; when two levels fit, the worse one. */
const alerts: AlertPolicy = {
  label: 'severity',
  severities: {
    ...{ page: 'SEV1', critical: 'SEV1', emergency: 'SEV1', p1: 'SEV1', sev1: 'SEV1' },
    ...{ error: 'SEV2', high: 'SEV2', major: 'SEV2', p2: 'SEV2', sev2: 'SEV2' },
    ...{ warning: 'SEV3', warn: 'SEV3', ticket: 'SEV3', minor: 'SEV3', low: 'SEV3', p3: 'SEV3', sev3: 'SEV3' },
    ...{ info: 'SEV4', none: 'SEV4', p4: 'SEV4', p5: 'SEV4', sev4: 'SEV4' },
  },
};

/**
 * The protocol (POL-010 and POL-008) exactly as written; a workspace overrides any part of it.
 * @param zone IANA time zone of business days: the machine's, unless the workspace names one.
 */
export function builtInPolicy(zone: string): Policy {
  return {
    severities,
    classifyWithinMinutes: 5,
    warnAtPercent: 80,
    calendar: { zone, workingDays: [1, 2, 3, 4, 5], holidays: [] },
    channelPrefix: 'incident-',
    postMortemWithinHours: 48,
    reviewWithinBusinessDays: 5,
    sprintDays: 14,
    actionItemSprints: 2,
    changeWindowMinutes: 4 * hour,
    roles: {
      incidentCommander: { name: 'Incident Commander', duty: 'coordinates, decides, owns communication' },
      technicalLead: { name: 'Technical Lead', duty: 'directs the investigation' },
      communicationsLead: { name: 'Communications Lead', duty: 'stakeholder updates (SEV1, SEV2)' },
      scribe: { name: 'Scribe', duty: 'keeps the timeline' },
    },
    checks: [
      { id: 'deployments', name: 'Recent deployments', looksAt: 'the last 4 hours of commits and deploys' },
      {
        id: 'configuration',
        name: 'Recent configuration changes',
        looksAt: 'feature flags, environment variables, DNS',
      },
      { id: 'dependencies', name: 'External dependencies', looksAt: 'health endpoints, status pages' },
      { id: 'infrastructure', name: 'Infrastructure', looksAt: 'CPU, memory, disk, connections' },
      { id: 'traffic', name: 'Traffic', looksAt: 'DDoS, load spike, unusual patterns' },
      { id: 'logs', name: 'Error logs', looksAt: 'structured log search by correlation id' },
      { id: 'metrics', name: 'Metrics', looksAt: 'RED (rate, errors, duration), SLO burn rate' },
    ],
    symptoms: {
      highErrorRate: {
        name: 'High error rate',
        lookFirst: [
          { checks: ['deployments'], hint: 'recent deploys → rollback' },
          { checks: ['dependencies'], hint: 'dependencies → circuit break' },
        ],
        mitigations: ['rollBack', 'circuitBreaker', 'killSwitch', 'scaleOut', 'rateLimit'],
      },
      highLatency: {
        name: 'High latency',
        lookFirst: [
          { checks: ['infrastructure'], hint: 'slow database queries' },
          { checks: ['dependencies'], hint: 'external APIs → timeouts' },
        ],
        mitigations: ['scaleOut', 'circuitBreaker', 'rateLimit', 'rollBack', 'killSwitch'],
      },
      serviceDown: {
        name: 'Service down',
        lookFirst: [
          { checks: ['infrastructure'], hint: 'pod/container health → restart' },
          { checks: ['dependencies'], hint: 'network → DNS, load balancer' },
        ],
        mitigations: ['rollBack', 'scaleOut', 'circuitBreaker', 'rateLimit', 'killSwitch'],
      },
      dataIssues: {
        name: 'Data issues',
        lookFirst: [
          { checks: ['deployments', 'configuration'], hint: 'recent migrations' },
          { checks: ['infrastructure'], hint: 'replication lag' },
        ],
        mitigations: ['killSwitch', 'rollBack', 'circuitBreaker', 'rateLimit', 'scaleOut'],
      },
    },
    mitigations: [
      {
        id: 'rollBack',
        cause: 'Bad deploy',
        action: 'Roll back',
        command: 'kubectl rollout undo deployment/<app>',
      },
      {
        id: 'scaleOut',
        cause: 'Resource exhaustion',
        action: 'Scale out',
        command: 'kubectl scale deployment/<app> --replicas=<n>',
      },
      { id: 'circuitBreaker', cause: 'Dependency failure', action: 'Open the circuit breaker, enable the fallback' },
      { id: 'killSwitch', cause: 'Feature bug', action: 'Kill switch through the feature flag' },
      { id: 'rateLimit', cause: 'Traffic spike', action: 'Rate limiting, scale the CDN' },
    ],
    verification: [
      { id: 'healthChecks', text: 'Health checks pass (`/health/live`, `/health/ready`)' },
      { id: 'errorRate', text: 'Error rate back to baseline' },
      { id: 'latency', text: 'Latency back to baseline' },
      { id: 'syntheticMonitors', text: 'Synthetic monitors green' },
      { id: 'userFlows', text: 'User flows verified' },
    ],
    alerts,
  };
}
