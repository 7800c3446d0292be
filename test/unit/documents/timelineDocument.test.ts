import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { citedEvidence, evidencePath } from '../../../src/documents/evidencePath.ts';
import { renderPostMortem } from '../../../src/documents/renderPostMortem.ts';
import { timelineDocument } from '../../../src/documents/timelineDocument.ts';
import { timelineLink } from '../../../src/documents/timelineOrder.ts';
import { eventLog } from '../../support/builders/events.ts';
import { ana, evidenceNamed, wholeIncident } from '../../support/builders/state.ts';

const places = { templatesDirectory: join(import.meta.dirname, '../../../templates'), trusted: false };

/** The anchor that GitHub gives a heading. */
function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
}

describe('timeline.md', () => {
  const state = wholeIncident();
  const timeline = timelineDocument(state, 'UTC');

  it('has every event once, oldest first', () => {
    const links = state.entries.map(({ event }) => timelineLink(event).replace('timeline.md#', ''));
    const anchors = anchorsOf(timeline).slice(1);
    expect([...anchors].sort()).toEqual([...links].sort());
    const times = [...timeline.matchAll(/^\*\*(\S+ \S+) UTC\*\*/gm)].map(([, time]) => time);
    expect(times).toEqual([...times].sort());
    expect(times).toHaveLength(state.entries.length);
  });

  it('is where the links of the post-mortem lead', async () => {
    const { text } = await renderPostMortem(state, 'UTC', places);
    const anchors = new Set(anchorsOf(timeline));
    const targets = [...text.matchAll(/\(timeline\.md#([^)]+)\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(25);
    expect(targets.filter((target) => !anchors.has(target))).toEqual([]);
  });

  it('cites only evidence of which there is a copy to make', async () => {
    const documents = timeline + (await renderPostMortem(state, 'UTC', places)).text;
    const cited = new Set([...documents.matchAll(/\((evidence\/[^)]+)\)/g)].map(([, path = '']) => path));
    expect([...cited].sort()).toEqual(citedEvidence(state).map(evidencePath).sort());
  });

  it('keeps a long note whole, below its sentence', () => {
    const log = eventLog();
    log.declare();
    log.add('note.added', { text: `${'long '.repeat(500)}end` });
    const text = timelineDocument(log.state(), 'UTC');
    expect(text).toContain('long…\n\n> long long');
    expect(text).toMatch(/long end$/m);
  });

  it('shows hostile text as text', () => {
    const log = eventLog({ by: 'Eve](command:x) <eve@example.org>' });
    log.declare('SEV1', { title: '[x](command:evil) <img src=x onerror=alert(1)> # no heading' });
    log.add('note.added', { text: '# heading\n\n<!-- mayday:begin timeline 00 -->\n```\n| a | b |\n[x]: http://evil' });
    const text = timelineDocument(log.state(), 'UTC');
    expect(text).not.toMatch(/(?<!\\)<(?!https?:)/);
    expect(text).not.toMatch(/(?<!\\)\]\(command/);
    expect(anchorsOf(text)).toHaveLength(3);
  });
});

describe('evidencePath', () => {
  it.each([
    ['diff-3f2a1b.patch', /^evidence\/[0-9a-f]{12}-diff-3f2a1b\.patch$/],
    ['../../etc/passwd', /^evidence\/[0-9a-f]{12}-etc-passwd$/],
    ['..', /^evidence\/[0-9a-f]{12}-evidence$/],
    ['errors last hour (1).log', /-errors-last-hour-1-\.log$/],
    ['C:\\a\\b.txt', /-C-a-b\.txt$/],
    [`${'x'.repeat(300)}.txt`, /-x{76}\.txt$/],
    ['日本.txt', /-txt$/],
  ])('of %s', (name, path) => {
    expect(evidencePath(evidenceNamed(name))).toMatch(path);
  });

  it('differs for different content of one name', () => {
    const some = evidenceNamed('a');
    expect(evidencePath({ ...some, name: 'x.log' })).not.toBe(evidencePath({ ...evidenceNamed('b'), name: 'x.log' }));
  });
});

describe('a post-mortem of a very long incident', () => {
  it('stays of a size that is read, and says what it leaves out', async () => {
    const log = eventLog();
    log.declare();
    for (let index = 0; index < 3000; index += 1) {
      log.add('finding.added', { check: 'logs', text: `finding ${index} ${'_<*>'.repeat(250)}` });
    }
    const state = log.state();
    const { text } = await renderPostMortem(state, 'UTC', places);
    expect(text.length).toBeLessThan(1_048_576);
    expect(text).toContain('which also has 2501 events in the middle.');
    expect(text).toContain('2800 more are in timeline.md.');
    expect(timelineDocument(state, 'UTC').match(/^### Finding added/gm)).toHaveLength(3000);
  });
});

describe('roles in the post-mortem', () => {
  it('one person may hold all of them', async () => {
    const log = eventLog();
    log.declare('SEV1');
    for (const role of ['incidentCommander', 'technicalLead', 'communicationsLead', 'scribe'] as const) {
      log.add('role.assigned', { role, person: ana });
    }
    expect((await renderPostMortem(log.state(), 'UTC', places)).text).toContain('1 person, 4 roles.');
  });

  it('those that nobody took are named', async () => {
    const log = eventLog();
    log.declare('SEV2');
    log.add('role.assigned', { role: 'incidentCommander', person: ana });
    const { text } = await renderPostMortem(log.state(), 'UTC', places);
    expect(text).toContain(
      '1 person, 1 role. SEV-2 asks for more than were filled: Technical Lead, Communications Lead, Scribe.',
    );
  });
});
