import { eventually } from './pages/eventually.ts';
import type { Workbench } from './pages/workbench.ts';
import type { WalkStep } from './walkStep.ts';

const investigation = [/^SEV2 Checkout requests fail/, 'Investigation'] as const;
const configuration = [...investigation, '2 Recent configuration changes'] as const;
const dependencies = [...investigation, '3 External dependencies'] as const;
const infrastructure = [...investigation, '4 Infrastructure'] as const;
const traffic = [...investigation, '5 Traffic'] as const;
const metrics = [...investigation, '7 Metrics'] as const;

/** What the service itself tells: the outage is found with nothing but its address configured. */
export const walkThroughSignals: readonly WalkStep[] = [
  {
    name: 'signals',
    run: async (workbench) => {
      const tree = workbench.tree('Incidents');
      await tree.collapse(configuration);
      for (const check of [
        [...dependencies.slice(0, -1), /^3 External dependencies bad: checkout \/health\/ready answers 503: database/],
        [...infrastructure.slice(0, -1), /^4 Infrastructure bad: checkout database connections 8 of 8 in use/],
        [...metrics.slice(0, -1), /^7 Metrics bad: checkout error rate is .* route \/checkout: .* fail \(503\)/],
        [...traffic.slice(0, -1), /^5 Traffic (ok|unknown): /],
      ]) {
        await tree.find(check);
      }
      await tree.expand(dependencies);
      await tree.find([...dependencies, /^checkout \/health\/ready bad: answers 503: database/]);
      await tree.find([...dependencies, /^1 ok checkout \/health\/live/]);
      await tree.expand(infrastructure);
      await tree.find([...infrastructure, /^checkout database connections bad: 8 of 8 in use/]);
      await tree.expand(metrics);
      await tree.find([...metrics, /^checkout error rate bad: is /]);
    },
  },
  {
    name: 'charts',
    run: async (workbench) => {
      await workbench.tree('Incidents').click([...metrics, /^\d charts /]);
      await eventually('a chart of the error rate', async () =>
        (await textOfPanel(workbench)).includes('checkout') ? true : undefined,
      );
    },
  },
];

/** The words of the page of charts: a frame within a frame. */
async function textOfPanel({ page }: Workbench): Promise<string> {
  for (const frame of page.frames()) {
    const main = frame.locator('main');
    if (frame.url().includes('fake.html') && (await main.count()) > 0) return main.innerText();
  }
  return '';
}
