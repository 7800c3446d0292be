import type { Verdict } from '../../incident/words.ts';
import type { FailedProbe, ProbeFailure } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';

/**
 * What a probe without an answer comes to. What speaks against the other side is *bad*; what may as well be this machine
 * or its configuration (a name that is not known here, a missing route, a redirect) is *unknown*.
 */
export function judgeFailure({ failure, message, hint }: FailedProbe, timeoutMs: number): ProbeVerdict {
  const known = failures[failure];
  // Whom this machine does not know others may well trust: that says nothing about the service.
  const isStranger = failure === 'tls' && unknownAuthority.test(message);
  if (known === undefined || isStranger) {
    return { verdict: 'unknown', text: `is unknown: ${withoutStop([message, hint].filter(Boolean).join(' '))}` };
  }
  const [, code = ''] = failure === 'tls' ? (/\(([A-Z][A-Z0-9_]{3,60})\)/.exec(message) ?? []) : [];
  const limit = String(Math.round(timeoutMs / 100) / 10);
  const text = `${known.text.replace('{limit}', limit)}${code === '' ? '' : ` (${code})`}`;
  return { verdict: known.verdict, text, details: [message] };
}

/** Codes of OpenSSL as Node gives them. */
const unknownAuthority = /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|CERT_UNTRUSTED|INVALID_CA/;

const failures: Readonly<Partial<Record<ProbeFailure, { readonly verdict: Verdict; readonly text: string }>>> = {
  connectionRefused: { verdict: 'bad', text: 'refuses the connection: nothing listens there' },
  connectionLost: { verdict: 'bad', text: 'closes the connection before it has answered' },
  timeout: { verdict: 'bad', text: 'does not answer within {limit} s' },
  tls: { verdict: 'bad', text: 'has an encrypted connection (TLS) that is not accepted' },
  noHttp: { verdict: 'bad', text: 'answers with something that is not HTTP' },
};

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
