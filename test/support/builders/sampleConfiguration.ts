import type { ConfigurationSummary } from '../../../src/editor/rows/configurationSummary.ts';
import type { ConfigurationCommit } from '../../../src/investigate/configuration/configurationSight.ts';
import { after } from './events.ts';

const commit: ConfigurationCommit = {
  id: 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7',
  subject: 'Lower the pool size to 2',
  author: 'Ben Okafor',
  reachedAt: after(-14),
  afterImpactStart: false,
};
const other: ConfigurationCommit = {
  id: 'b0b1c2d3e4f5061728394a5b3f2a1b9c04de58f8',
  subject: 'Prices for\u001b[31m Black Friday\nand more',
  author: 'Ana Ruiz',
  reachedAt: after(-40),
  afterImpactStart: true,
};

/** What check 2 shows in all its shapes: one difference and several, lines, what is cut, what waits, findings, and what was not seen. */
export function sampleConfiguration(): ConfigurationSummary {
  const file = { status: 'modified', services: [], more: 0 } as const;
  return {
    repositories: [
      {
        name: 'checkout',
        directory: '/home/ana/checkout',
        isAssumed: false,
        deployed: {
          from: '1'.repeat(40),
          to: '2'.repeat(40),
          silent: 2,
          others: 7,
          leftOut: 12,
          files: [
            {
              ...file,
              path: 'config/flags.json',
              format: 'Feature flags',
              differences: [{ kind: 'told', text: 'flag new-pricing: off → on', note: 'prod', line: 12 }],
              commits: [other, commit],
              services: ['checkout'],
            },
            {
              ...file,
              path: 'config/production.yaml',
              format: 'Application configuration',
              differences: [
                { kind: 'changed', subject: 'pool.size', before: '20', after: '2', line: 4 },
                {
                  kind: 'added',
                  subject: 'env STRIPE_URL',
                  after: 'https://ana:[redacted url password 1a2b3c4d]@pay.test',
                },
                { kind: 'removed', subject: 'cache.ttl', before: '300', line: 9 },
              ],
              commits: [commit],
            },
            {
              ...file,
              path: 'deploy/legacy.xml',
              insteadBecause: 'not a format Mayday reads',
              differences: [{ kind: 'changed', subject: 'line 3', before: '<a/>', after: '<b/>', line: 3 }],
              commits: [],
            },
            {
              ...file,
              path: 'config/retries.yaml',
              format: 'Application configuration',
              differences: [{ kind: 'changed', subject: 'retries', before: '9', after: '0', line: 2 }],
              commits: [other],
            },
            {
              ...file,
              path: 'package-lock.json',
              format: 'Lock file',
              differences: [
                { kind: 'changed', subject: 'left-pad', before: '1.0.0', after: '2.0.0', note: 'major, direct' },
              ],
              more: 240,
              commits: [commit],
            },
          ],
        },
        pending: {
          from: '2'.repeat(40),
          to: '3'.repeat(40),
          silent: 0,
          others: 0,
          leftOut: 0,
          files: [
            {
              ...file,
              path: 'Dockerfile',
              format: 'Dockerfile',
              differences: [{ kind: 'changed', subject: 'image node', before: '20', after: '22', line: 1 }],
              commits: [other],
            },
          ],
        },
      },
    ],
    findings: [
      {
        text: 'env LOYALTY_URL newly read in src/receipts.js:1, set nowhere in the repository',
        source: 'environment',
        isSuspicious: true,
        repository: 'checkout',
        path: 'src/receipts.js',
        line: 1,
      },
      { text: 'shop.test resolves to 10.0.0.9 as before', source: 'host', isSuspicious: false },
    ],
    unseen: ['Zone files were not looked at: Git was not found on this machine.'],
  };
}
