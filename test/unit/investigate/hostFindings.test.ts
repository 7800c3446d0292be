import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConfiguration } from '../../../src/config/serviceConfiguration.ts';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { addressesOf } from '../../../src/config/outsideAddresses.ts';
import { confirmedHosts } from '../../../src/connect/confirmedHosts.ts';
import { createDns } from '../../../src/connect/dns.ts';
import { createGit } from '../../../src/connect/git.ts';
import type { CheckContext, EvidenceText } from '../../../src/investigate/automaticCheck.ts';
import type { ToldFindings } from '../../../src/investigate/configuration/configurationCheck.ts';
import { earlierAnswers, parseHostEvidence } from '../../../src/investigate/hosts/hostEvidence.ts';
import { hostSource } from '../../../src/investigate/hosts/hostSource.ts';
import type { DnsReply, DnsServer } from '../../support/builders/dnsServer.ts';
import { startDnsServer } from '../../support/builders/dnsServer.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { changesSight, windowNow } from '../../support/builders/windowChanges.ts';

const host = 'api.example.org';
let server: DnsServer;
let repository: TestRepository;
/** What the check kept last. */
let kept: readonly EvidenceText[];
let confirmed: readonly string[];
let now: string;
/** What an incident before this one kept. */
let earlier: CheckContext | undefined;

const service = (...hosts: string[]): ServiceConfiguration => ({ name: 'api', paths: [], hosts });

beforeEach(async () => {
  server = await startDnsServer();
  repository = createRepository();
  repository.commit();
  kept = [];
  earlier = undefined;
  now = windowNow;
  confirmed = addressesOf([service(host, 'www.example.org')]).map(({ key }) => key);
});

afterEach(async () => {
  await server.close();
  repository.dispose();
});

const a = (...addresses: string[]): DnsReply => addresses.map((data) => ({ type: 'A' as const, data }));

interface Wish {
  readonly hosts?: readonly string[];
  readonly zoneFiles?: readonly string[];
  readonly signal?: AbortSignal;
  readonly outsideEnd?: AbortSignal;
}

/** Incidents before this one, the latest first. */
function storeOf(incidents: readonly (readonly [string, CheckContext])[]): Parameters<typeof earlierAnswers>[0] {
  const list = incidents.map(([id], index) => ({
    ...{ id, confidential: false },
    declaredAt: `2026-11-${String(20 - index)}T04:00:00.000Z`,
  }));
  const open = (id: string) => Promise.resolve(new Map(incidents).get(id));
  return { list: () => list, open } as unknown as Parameters<typeof earlierAnswers>[0];
}

/** Looks once, with what was kept before, and keeps what comes out. */
async function look({
  hosts = [host],
  zoneFiles = [],
  signal = new AbortController().signal,
  outsideEnd,
}: Wish = {}): Promise<ToldFindings> {
  const git = createGit({ environment: repository.environment });
  const memory = { read: () => confirmed, write: () => Promise.resolve() };
  const person = { isTrusted: () => true, confirm: () => Promise.resolve(false) };
  const source = hostSource({
    versions: git,
    repository: git,
    hosts: confirmedHosts(
      createDns({ servers: [server.address], timeoutMs: 400 }),
      createConfirmedAddresses(person, memory),
    ),
    configurationOf: () => Promise.resolve({ services: [service(...hosts)], changes: { featureFlags: [], zoneFiles } }),
    store: storeOf(earlier === undefined ? [] : [['earlier', earlier]]),
  });
  const told = await source(changesSight(repository, undefined), signal, {
    ...contextWith(kept),
    ...(outsideEnd === undefined ? {} : { outsideEnd }),
  });
  kept = told.evidence ?? [];
  return told;
}

/** The state of an incident whose last check kept `texts`. */
function contextWith(texts: readonly EvidenceText[]): CheckContext {
  const evidence = texts.map(({ name, text }, index) => ({ name, sha256: String(index), bytes: text.length }));
  const event = {
    type: 'check.completed',
    data: { check: 'configuration', verdict: 'unknown', summary: '', manual: false, evidence },
  };
  return {
    state: { entries: [{ event }], declared: undefined } as unknown as CheckContext['state'],
    now,
    readEvidence: ({ sha256 }) => Promise.resolve(Buffer.from(texts[Number(sha256)]?.text ?? '')),
  };
}

const told = async (reply: DnsReply, wish: Wish = {}): Promise<readonly string[]> => {
  server.answers = { [host]: reply };
  const { findings, unseen } = await look(wish);
  return [...findings.map(({ text, isSuspicious }) => `${isSuspicious ? '! ' : ''}${text}`), ...unseen];
};

describe('hostSource', () => {
  it('tells a first answer, the same again, and another one', async () => {
    expect(await told(a('10.0.0.4'))).toEqual([
      'api.example.org resolves to 10.0.0.4; there is no earlier answer to compare with',
    ]);
    now = '2026-11-23T07:05:00.000Z';
    const before = kept;
    expect(await told(a('10.0.0.4'))).toEqual(['api.example.org resolves to 10.0.0.4, as before']);
    expect(kept).toEqual(before);
    expect(await told(a('10.0.0.9'))).toEqual([
      '! api.example.org resolves to 10.0.0.9, was 10.0.0.4 (first seen 2026-11-23 07:00 UTC)',
    ]);
    const changed = kept;
    expect(parseHostEvidence(kept[0]?.text ?? '')).toEqual([
      {
        host,
        answers: [
          { firstSeenAt: now, addresses: ['10.0.0.9'] },
          { firstSeenAt: windowNow, addresses: ['10.0.0.4'] },
        ],
      },
    ]);
    expect(await told(a('10.0.0.9'))).toEqual([
      '! api.example.org resolves to 10.0.0.9, was 10.0.0.4 (first seen 2026-11-23 07:00 UTC)',
    ]);
    expect(kept).toEqual(changed);
    const rotating = 'its answers rotate (2 different ones since 2026-11-23 07:00 UTC)';
    expect(await told(a('10.0.0.4'))).toEqual([`api.example.org resolves to 10.0.0.4; ${rotating}`]);
    expect(await told(a('10.0.0.9'))).toEqual([`api.example.org resolves to 10.0.0.9; ${rotating}`]);
  });

  it('takes the answer of an earlier incident for a host that this one has none of yet', async () => {
    server.answers = { 'www.example.org': a('10.0.1.1') };
    await look({ hosts: ['www.example.org'] });
    earlier = contextWith(kept);
    kept = [];
    await told(a('10.0.0.4'));
    server.answers = { [host]: a('10.0.0.4'), 'www.example.org': a('10.0.1.2') };
    const { findings } = await look({ hosts: [host, 'www.example.org'] });
    expect(findings.map(({ text }) => text)).toEqual([
      'api.example.org resolves to 10.0.0.4, as before',
      'www.example.org resolves to 10.0.1.2, was 10.0.1.1 (first seen 2026-11-23 07:00 UTC)',
    ]);
  });

  it('does not take what rotates for a change, in whatever order it comes', async () => {
    await told(a('10.0.0.4', '10.0.0.5'));
    expect(await told(a('10.0.0.5', '10.0.0.4'))).toEqual([
      'api.example.org resolves to 10.0.0.4, 10.0.0.5, as before',
    ]);
    const rotating =
      'api.example.org resolves to 10.0.0.5, 10.0.0.6; its answers rotate (2 different ones since 2026-11-23 07:00 UTC)';
    expect(await told(a('10.0.0.5', '10.0.0.6'))).toEqual([rotating]);
    expect(await told(a('10.0.0.5', '10.0.0.6'))).toEqual([rotating]);
  });

  it.each<[string, DnsReply, readonly string[]]>([
    [
      'no such name',
      { code: 3 },
      ['! api.example.org does not exist (NXDOMAIN); was 10.0.0.4 (first seen 2026-11-23 07:00 UTC)'],
    ],
    ['no address', [], ['! api.example.org has no address; was 10.0.0.4 (first seen 2026-11-23 07:00 UTC)']],
    [
      'a server that fails',
      { code: 2 },
      [
        '! api.example.org could not be resolved: the name server failed (SERVFAIL); was 10.0.0.4 (first seen 2026-11-23 07:00 UTC)',
      ],
    ],
    [
      'silence, which may be the network of this machine',
      'silence',
      [
        'api.example.org could not be resolved: no name server answered in time; was 10.0.0.4 (first seen 2026-11-23 07:00 UTC).',
      ],
    ],
  ])('tells %s, and keeps what was known', async (_what, reply, expected) => {
    await told(a('10.0.0.4'));
    const before = kept;
    expect(await told(reply)).toEqual(expected);
    expect(kept).toEqual(before);
  });

  it('holds the answer against the zone file of what runs', async () => {
    const zone =
      '$ORIGIN example.org.\n@ 300 IN SOA ns1 admin 1 2 3 4 5\napi 300 IN A 10.0.0.9\nwww 300 IN CNAME lb.example.net.\n';
    repository.commit({ files: { 'dns/example.org.zone': zone } });
    repository.write('dns/example.org.zone', zone.replace('10.0.0.9', '10.0.0.4'));
    expect(await told(a('10.0.0.4'))).toEqual([
      'api.example.org resolves to 10.0.0.4; there is no earlier answer to compare with',
      '! api.example.org resolves to 10.0.0.4, but dns/example.org.zone:3 says 10.0.0.9',
    ]);
    expect(await told(a('10.0.0.9'))).toHaveLength(1);
    server.answers = {
      'www.example.org': [
        { type: 'CNAME', data: 'other.example.net' },
        { type: 'A', data: '10.0.0.1', name: 'other.example.net' },
      ],
    };
    expect((await look({ hosts: ['www.example.org'] })).findings.at(-1)).toMatchObject({
      text: 'www.example.org resolves to other.example.net, but dns/example.org.zone:4 says lb.example.net',
      path: 'dns/example.org.zone',
      line: 4,
      isSuspicious: true,
    });
  });

  it('reads zone files that the team names, and says which it could not read', async () => {
    repository.commit({
      files: { 'infra/names.txt': 'api.example.org. 300 IN A 10.0.0.9\n', 'dns/bad.zone': 'x SOA (\n\n' },
    });
    const texts = await told(a('10.0.0.4'), { zoneFiles: ['infra/*.txt'] });
    expect(texts[1]).toBe('! api.example.org resolves to 10.0.0.4, but infra/names.txt:1 says 10.0.0.9');
    expect(texts[2]).toMatch(/^dns\/bad\.zone was not compared with what hosts resolve to \(line \d+: /);
  });

  it('asks nothing before a person agreed, and says so', async () => {
    confirmed = [];
    server.answers = { [host]: a('10.0.0.4') };
    const { findings, unseen } = await look();
    expect(findings).toEqual([]);
    expect(unseen).toEqual([expect.stringMatching(/^DNS lookup of api\.example\.org was not asked: nobody confirmed/)]);
    expect(server.questions).toEqual([]);
  });

  it('looks up neither addresses nor what means this machine', async () => {
    expect((await look({ hosts: ['10.0.0.4', 'localhost', 'shop.localhost'] })).findings).toEqual([]);
    expect(server.questions).toEqual([]);
  });

  it('says that no host is configured', async () => {
    expect(await look({ hosts: [] })).toMatchObject({
      findings: [],
      unseen: ['No host names are configured (hosts of services in mayday.yaml), so none were resolved.'],
    });
  });

  it('makes names that strangers answer with harmless', async () => {
    const texts = await told([
      { type: 'CNAME', data: 'evil\u001b[31m](command:x)`.example' },
      { type: 'A', data: '10.0.0.4', name: 'evil\u001b[31m](command:x)`.example' },
    ]);
    expect(texts.join()).not.toContain('\u001b');
  });

  it('says that the time of the check was over, and keeps what was known', async () => {
    await told(a('10.0.0.4'));
    const before = kept;
    const { findings, unseen } = await look({ outsideEnd: AbortSignal.abort() });
    expect(findings).toEqual([]);
    expect(unseen).toEqual(['api.example.org was not resolved before the time of this check was over: look again.']);
    expect(kept).toEqual(before);
  });

  it('is cancelled', async () => {
    await expect(look({ signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('earlierAnswers', () => {
  it('takes those of the latest earlier incident that kept any, and none of a confidential one', async () => {
    await told(a('10.0.0.4'));
    const withAnswers = contextWith(kept);
    const summaries = [
      { id: 'later', declaredAt: '2026-11-23T08:00:00.000Z', confidential: false },
      { id: 'secret', declaredAt: '2026-11-23T05:00:00.000Z', confidential: true },
      { id: 'empty', declaredAt: '2026-11-23T04:00:00.000Z', confidential: false },
      { id: 'old', declaredAt: '2026-11-22T04:00:00.000Z', confidential: false },
    ];
    const opened: string[] = [];
    const store = {
      list: () => summaries,
      open: (id: string) => {
        opened.push(id);
        return Promise.resolve(id === 'old' ? withAnswers : contextWith([]));
      },
    } as unknown as Parameters<typeof earlierAnswers>[0];
    expect(await earlierAnswers(store, '2026-11-23T06:00:00.000Z', [host])).toMatchObject([{ host }]);
    expect(opened).toEqual(['empty', 'old']);
  });

  it('takes each host from the latest incident that has it', async () => {
    const keep = async (answers: Record<string, DnsReply>) => {
      kept = [];
      server.answers = answers;
      await look({ hosts: Object.keys(answers) });
      return contextWith(kept);
    };
    const older = await keep({ [host]: a('10.0.0.1'), 'www.example.org': a('10.0.1.1') });
    const newer = await keep({ [host]: a('10.0.0.2') });
    const incidents = storeOf([
      ['newer', newer],
      ['older', older],
    ]);
    const records = await earlierAnswers(incidents, '2026-11-23T06:00:00.000Z', [host, 'www.example.org']);
    expect(records.map((record) => [record.host, record.answers[0]?.addresses])).toEqual([
      [host, ['10.0.0.2']],
      ['www.example.org', ['10.0.1.1']],
    ]);
  });
});
