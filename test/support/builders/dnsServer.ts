import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a name server says: records, a response code (3 is NXDOMAIN), bytes that are no answer, or nothing at all. */
export type DnsReply = readonly DnsRecord[] | { readonly code: number } | { readonly bytes: Buffer } | 'silence';

export interface DnsRecord {
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** An address, or a name. */
  readonly data: string;
  /** Another name than the one that was asked for. */
  readonly name?: string;
}

export interface DnsServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** `<type> <name>` of every question so far. */
  readonly questions: readonly string[];
  /** What is said from now on; whatever is not given does not exist. */
  answers: Readonly<Record<string, DnsReply>>;
  close(): Promise<void>;
}

const types = { A: 1, CNAME: 5, AAAA: 28 } as const;

/**
 * A real name server on loopback, over UDP. `answers` is by name: records are given to the question they fit (aliases to
 * every question, as name servers do).
 */
export async function startDnsServer(answers: Readonly<Record<string, DnsReply>> = {}): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  const server = {
    address: '',
    questions,
    answers,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    questions.push(`${nameOfType(type)} ${name}`);
    const reply = server.answers[name] ?? { code: 3 };
    if (reply === 'silence') return;
    socket.send('bytes' in reply ? reply.bytes : response(query, { name, type, end }, reply), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.address = `127.0.0.1:${socket.address().port}`;
  return server;
}

interface Question {
  readonly name: string;
  readonly type: number;
  /** Where the question ends in the packet. */
  readonly end: number;
}

function readQuestion(packet: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

/** RFC 1035, 4.1: the header, the question as it came, the records. */
function response(
  query: Buffer,
  { name, type, end }: Question,
  reply: readonly DnsRecord[] | { readonly code: number },
): Buffer {
  const isCode = 'code' in reply;
  const records = isCode
    ? []
    : reply.filter((record) => types[record.type] === type || (record.type === 'CNAME' && type !== 5));
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8180 | (isCode ? reply.code : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(12, end), ...records.map((record) => recordBytes(record, name))]);
}

function recordBytes({ type, data, name }: DnsRecord, asked: string): Buffer {
  const content =
    type === 'CNAME' ? nameBytes(data) : type === 'A' ? Buffer.from(data.split('.').map(Number)) : addressBytes(data);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(types[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(30, 4);
  fixed.writeUInt16BE(content.length, 8);
  return Buffer.concat([nameBytes(name ?? asked), fixed, content]);
}

function nameBytes(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function addressBytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function nameOfType(type: number): string {
  return Object.entries(types).find(([, number]) => number === type)?.[0] ?? String(type);
}
