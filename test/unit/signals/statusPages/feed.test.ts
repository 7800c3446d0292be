import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeStatusPage } from '../../../../src/signals/statusPages/judgeStatusPage.ts';
import { parseFeed } from '../../../../src/signals/statusPages/parseFeed.ts';
import { readFeed } from '../../../../src/signals/statusPages/readFeed.ts';

const now = '2026-11-30T10:00:00.000Z';
const moments = { now, impactStart: '2026-11-30T09:30:00.000Z' };

const item = (title: string, description: string, date = 'Mon, 30 Nov 2026 09:10:00 +0000') =>
  `<item><title>${title}</title><description>${description}</description><pubDate>${date}</pubDate>` +
  `<link>https://status.example.org/i/1</link><guid>https://status.example.org/i/1</guid></item>`;
const rss = (...items: readonly string[]) =>
  `<?xml version="1.0"?><!-- made by hand --><rss version="2.0"><channel><title>Status</title>${items.join('')}</channel></rss>`;

function told(xml: string, names: readonly string[] = []): readonly string[] {
  const sight = parseFeed(xml, now);
  if (sight === undefined) throw new Error('no feed');
  return judgeStatusPage({ kind: 'read', sight, ageSeconds: 0 }, names, moments).map(
    ({ verdict, text }) => `${verdict}: ${text}`,
  );
}

const statuspageUpdate = (...updates: readonly string[]) =>
  updates.map((text) => `&lt;p&gt;&lt;small&gt;Nov 30, 09:40 UTC&lt;/small&gt;&lt;br&gt;${text}&lt;/p&gt;`).join('');

describe('an entry', () => {
  const open = 'suspicious: tells of incident "API errors" (investigating) since 09:10 UTC';
  const none = 'ok: tells of nothing open (newest entry 30 Nov)';

  it.each([
    ['is open', item('API errors', statuspageUpdate('&lt;strong&gt;Investigating&lt;/strong&gt; - We look.')), open],
    [
      'is resolved, the newest message first',
      item(
        'API errors',
        statuspageUpdate('&lt;strong&gt;Resolved&lt;/strong&gt; - It is over.', 'Investigating - We look.'),
      ),
      none,
    ],
    ['is open again', item('API errors', statuspageUpdate('Investigating - Again.', 'Resolved - It is over.')), open],
    ['says so in its title', item('[RESOLVED] API errors', 'Everything works.'), none],
    ['operates normally', item('Service is operating normally: API errors', 'It was the network.'), none],
    [
      'is maintenance to come',
      item('Maintenance of the API', 'THIS IS A SCHEDULED EVENT Scheduled - We will upgrade.'),
      none,
    ],
    [
      'is maintenance under way',
      item('Maintenance of the API', 'In progress - We upgrade.'),
      'suspicious: tells of maintenance "Maintenance of the API" (in progress) since 09:10 UTC',
    ],
    ['is maintenance done', item('Maintenance of the API', 'Completed - Done. In progress - We upgrade.'), none],
    [
      'says nothing of how it stands',
      item('API errors', 'Requests fail.'),
      'suspicious: tells of incident "API errors" since 09:10 UTC',
    ],
    [
      'is days old',
      item('API errors', 'Monitoring - We wait.', 'Wed, 25 Nov 2026 08:00:00 GMT'),
      'suspicious: tells of incident "API errors" (monitoring) since 25 Nov, long before impact',
    ],
    [
      'is older than a week',
      item('API errors', 'Monitoring - We wait.', 'Sun, 22 Nov 2026 08:00:00 GMT'),
      'ok: tells of nothing open (newest entry 22 Nov)',
    ],
    [
      'is of the future',
      item('Maintenance', 'We will.', 'Tue, 01 Dec 2026 08:00:00 GMT'),
      'ok: tells of nothing open (it has no entries)',
    ],
    ['has no date', item('API errors', 'Investigating - x', ''), 'ok: tells of nothing open (it has no entries)'],
    [
      'has a date without a zone',
      item('API errors', 'Investigating - x', '2026-11-30 09:00:00'),
      'ok: tells of nothing open (it has no entries)',
    ],
  ])('that %s', (_what, entry, text) => {
    expect(told(rss(entry))).toEqual([text]);
  });

  it.each([
    'We are working to get this resolved as soon as possible.',
    'Service is partially restored; API requests in EU still fail.',
    'Service has not yet been restored.',
    'Service hasn’t been restored.',
    'This will be completed once traffic is restored.',
    'We will write again when the incident has been resolved.',
    'The incident has been resolved for most customers.',
    'The database has been restored, but payments still fail.',
    'We hope to have this resolved - sorry for the trouble.',
    'DNS names are not resolved: requests fail.',
    'Completed orders are not shown.',
  ])('is open while it says "%s"', (text) => {
    expect(told(rss(item('API errors', text)))).toEqual(['suspicious: tells of incident "API errors" since 09:10 UTC']);
  });

  it.each([
    'Completed payments fail',
    'Hosts not resolved',
    'Unresolved hosts',
    'Restored backups fail',
    'Partially resolved: API',
  ])('is open with the title "%s"', (title) => {
    expect(told(rss(item(title, 'Requests fail.')))).toEqual([
      `suspicious: tells of incident "${title}" since 09:10 UTC`,
    ]);
  });

  it.each([
    ['API errors', 'Resolved'],
    ['API errors', 'Resolved. Requests work.'],
    ['API errors', '[Resolved] Requests work.'],
    ['API errors', 'Status: Resolved'],
    ['API errors', 'Requests failed for an hour. This incident has been resolved.'],
    ['API errors', 'The issue is now resolved.'],
    ['API errors', 'Service has been fully restored.'],
    ['API errors', 'The service is operating normally.'],
    ['API errors', 'resolved - It is over.'],
    ['API errors - Resolved', 'Requests failed.'],
    ['Resolved: API errors', 'Requests failed.'],
    ['API errors (resolved)', 'Requests failed.'],
    ['API errors resolved', 'Requests failed.'],
  ])('is over: %s, %s', (title, text) => {
    expect(told(rss(item(title, text)))).toEqual([none]);
  });

  it.each([
    [['api'], [open]],
    [['Webhooks'], ['ok: tells of nothing open about Webhooks (newest entry 30 Nov)']],
    [['europe west'], [open]],
  ])('matters to %j by its text', (names, expected) => {
    expect(told(rss(item('API errors', 'Investigating - in EUROPE  west')), names)).toEqual(expected);
  });

  it('of Atom is dated by its last change and links to the page', () => {
    const xml = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Status</title><entry><id>tag:1</id>
      <published>2026-11-20T08:00:00Z</published><updated>2026-11-30T09:50:00Z</updated>
      <link rel="alternate" type="text/html" href="https://status.example.org/i/1?a=1&amp;b=2"/><title type="html">API &amp;amp; errors</title>
      <content type="html"><![CDATA[<p><strong>Identified</strong> - We <b>know</b>.</p>]]></content></entry></feed>`;
    expect(readFeed(xml)).toEqual([
      {
        ...{ id: 'tag:1', title: 'API & errors', text: 'Identified - We know .' },
        ...{ published: '2026-11-20T08:00:00.000Z', updated: '2026-11-30T09:50:00.000Z' },
        link: 'https://status.example.org/i/1?a=1&b=2',
      },
    ]);
    expect(told(xml)).toEqual([
      'suspicious: tells of incident "API & errors" (identified) since 20 Nov, long before impact',
    ]);
  });
});

it('an empty feed is a feed', () => {
  expect(told(rss())).toEqual(['ok: tells of nothing open (it has no entries)']);
});

describe('a hostile document', () => {
  it.each([
    '',
    ' ',
    'text',
    '{"a":1}',
    '<html><body>rss</body></html>',
    '<!DOCTYPE html><rss>',
    '<',
    '<!',
    '<!--',
    '<?xml',
    '<!DOCTYPE rss [',
    '<!x>'.repeat(1000),
  ])('%j is no feed, or an empty one', (xml) => {
    expect(readFeed(xml) ?? []).toEqual([]);
  });

  it('entities that it declares are not expanded', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
    const [entry] = readFeed(`<?xml version="1.0"?>${bomb}${rss(item('&b;&c;', '&b;'))}`) ?? [];
    expect(entry).toMatchObject({ title: '&b;&c;', text: '&b;' });
  });

  it('markup is dropped, also when it is hidden twice, and a link is one of the web', () => {
    const script = '&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img src=x onerror=alert(2)&amp;gt;';
    const entry = `<item><title><![CDATA[<b onclick="x">API</b>]]></title><description>${script}</description><link>command:workbench.action.quit</link></item>`;
    expect(readFeed(rss(entry))).toEqual([{ title: 'API', text: 'alert(1) <img src=x onerror=alert(2)>' }]);
  });

  it.each([
    ['items that never end', `<rss>${'<item>'.repeat(300_000)}`],
    ['tags that never end', `<rss><item>${'<a '.repeat(600_000)}</item>`],
    ['brackets', `<rss>${'<'.repeat(2_000_000)}`],
    ['ampersands', `<rss><item><title>${'&'.repeat(2_000_000)}</title></item></rss>`],
    ['items without an end of their parts', `<rss>${`<item><title>${'<title'.repeat(1000)}</item>`.repeat(200)}`],
    ['declarations', `${'<!a>'.repeat(500_000)}<rss>`],
  ])('%s cost no more than others', (_what, xml) => {
    const entries = readFeed(xml) ?? [];
    expect(entries.length).toBeLessThanOrEqual(50);
  });

  it('whatever it is, nothing is thrown and all text is short', () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<![CDATA[',
      ']]>',
      '&lt;',
      '&#60;',
      '&#x110000;',
      '<!--',
      '<',
      '>',
      '"',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const { title, text } of readFeed(`<rss>${pieces.join('')}`) ?? []) {
          expect(title.length + text.length).toBeLessThan(20_000);
        }
      }),
    );
  });
});
