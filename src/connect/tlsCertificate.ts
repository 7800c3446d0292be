import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { isoTimeOf } from '../incident/isoTime.ts';
import { redactedLine } from '../safety/redactedLine.ts';
import type { CertificateSight, ProbeLimits } from '../signals/probes/probeSight.ts';

/**
 * From when to when the certificate of an https address is good. It is read whether it is trusted or not, so nothing is
 * sent over the connection. What hinders that is an answer. Throws IncidentError `cancelled` when the signal aborts.
 */
export async function readCertificate(url: URL, { timeoutMs, signal }: ProbeLimits): Promise<CertificateSight> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const cancelled = (): IncidentError => new IncidentError('cancelled', `Asking ${url.host} was cancelled.`);
  if (signal.aborted) throw cancelled();
  const socket = connect({
    ...{ host, port: url.port === '' ? 443 : Number(url.port) },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false,
  });
  const tooLong = AbortSignal.timeout(timeoutMs);
  const end = AbortSignal.any([signal, tooLong]);
  try {
    return await new Promise<CertificateSight>((resolve, reject) => {
      socket.once('secureConnect', () => {
        resolve(datesOf(socket.getPeerCertificate()));
      });
      socket.once('error', (error) => {
        resolve({ kind: 'unread', reason: redactedLine(messageOf(error)) });
      });
      socket.once('close', () => {
        resolve({ kind: 'unread', reason: 'the connection was closed' });
      });
      end.addEventListener(
        'abort',
        () => {
          if (signal.aborted) reject(cancelled());
          resolve({ kind: 'unread', reason: `no answer within ${String(timeoutMs / 1000)} s` });
        },
        { once: true },
      );
    });
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

/** Without a certificate the library gives an empty object. */
function datesOf(certificate: Partial<PeerCertificate>): CertificateSight {
  const [from, to] = [certificate.valid_from, certificate.valid_to].map((text) => Date.parse(text ?? ''));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) {
    return { kind: 'unread', reason: 'the server showed none whose dates can be read' };
  }
  return { kind: 'read', validFrom: isoTimeOf(from), validTo: isoTimeOf(to) };
}
