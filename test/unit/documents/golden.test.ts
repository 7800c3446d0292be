import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatText } from '../../../src/documents/messageText.ts';
import { handoverDocument } from '../../../src/documents/handoverDocument.ts';
import { renderMessage } from '../../../src/documents/renderMessage.ts';
import { renderPostMortem } from '../../../src/documents/renderPostMortem.ts';
import { timelineDocument } from '../../../src/documents/timelineDocument.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import { updateKinds } from '../../../src/incident/words.ts';
import { after } from '../../support/builders/events.ts';
import { checkoutDown, justDeclared, wholeIncident } from '../../support/builders/state.ts';
import { expectGolden } from '../../support/golden.ts';

const templatesDirectory = join(import.meta.dirname, '../../../templates');
const zone = 'Europe/Berlin';
const places = { templatesDirectory, trusted: false };

describe('documents as people read them', () => {
  it.each(updateKinds)('the %s message of a whole incident', async (kind) => {
    const rendered = await renderMessage(wholeIncident(), kind, {}, { ...places, now: after(65), zone });
    await expectGolden(`message-${kind}.md`, rendered.text);
  });

  it.each(updateKinds)('the %s message when nothing is known yet', async (kind) => {
    const state = justDeclared({ title: 'Something <b>broke</b> in src/db_pool.js', impact: ' ', drill: true });
    const rendered = await renderMessage(state, kind, {}, { ...places, now: after(2), zone });
    await expectGolden(`message-${kind}-unknown.md`, rendered.text);
  });

  it('a message in a chat has no backslashes and no spaces at line ends', async () => {
    const state = justDeclared({ title: 'Something <b>broke</b> in *src/db_pool.js*' });
    const { text } = await renderMessage(state, 'initial', {}, { ...places, now: after(2), zone });
    const lines = chatText(text).split('\n');
    expect(lines[0]).toBe('🔴 INCIDENT [SEV-1]: Something <b>broke</b> in *src/db_pool.js*');
    expect(lines.filter((line) => /\s$/.test(line))).toEqual([]);
  });

  it('the post-mortem of a whole incident', async () => {
    await expectGolden('post-mortem.md', (await renderPostMortem(wholeIncident(), zone, places)).text);
  });

  it('the post-mortem when nothing is recorded', async () => {
    await expectGolden('post-mortem-empty.md', (await renderPostMortem(foldIncident([]), zone, places)).text);
  });

  it('the post-mortem of a confidential incident that is not over', async () => {
    const state = justDeclared({ confidential: true, drill: true });
    await expectGolden('post-mortem-confidential.md', (await renderPostMortem(state, zone, places)).text);
  });

  it('the timeline of a whole incident', async () => {
    await expectGolden('timeline.md', timelineDocument(wholeIncident(), zone));
  });

  it('the timeline when nothing is recorded', async () => {
    await expectGolden('timeline-empty.md', timelineDocument(foldIncident([]), 'UTC'));
  });

  it('a handover in the middle of an incident', async () => {
    const log = checkoutDown();
    const until = log.events.findIndex(({ type }) => type === 'handover.accepted');
    const state = foldIncident(log.events.slice(0, until));
    const [handover] = state.handovers;
    expect(handover).toBeDefined();
    await expectGolden('handover.md', handoverDocument(state, handover!, { now: after(30), zone }));
  });

  it('a handover of an incident about which nothing is said', async () => {
    const handover = { roles: [], from: 'Ana <a@b.c>', to: 'Ben', situation: '', tried: ' ', next: '' };
    const document = handoverDocument(foldIncident([]), handover, { now: after(30), zone: 'UTC' });
    await expectGolden('handover-empty.md', document);
  });
});
