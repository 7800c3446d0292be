import { dayMs, epochMsOf } from '../../incident/isoTime.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { CertificateSight } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';

const soonDays = 14;
const verySoonDays = 3;

/** How long a certificate is still good: within 14 days *suspicious*, within 3 days and expired *bad*. */
export function judgeCertificate(sight: CertificateSight, now: IsoTime): ProbeVerdict {
  if (sight.kind === 'unread') {
    return {
      ...{ verdict: 'ok', isGap: true },
      text: 'its certificate was not seen',
      details: [`The certificate's end is not known: ${sight.reason}`],
    };
  }
  const { validFrom, validTo } = sight;
  const leftMs = epochMsOf(validTo) - epochMsOf(now);
  const details = [`The certificate is good from ${day(validFrom)} to ${day(validTo)}.`];
  if (leftMs <= 0) return { verdict: 'bad', text: `its certificate expired on ${day(validTo)}`, details };
  if (epochMsOf(validFrom) > epochMsOf(now)) {
    return { verdict: 'bad', text: `its certificate is not good before ${day(validFrom)}`, details };
  }
  if (leftMs > soonDays * dayMs) return { verdict: 'ok', text: `certificate good until ${day(validTo)}`, details };
  const text = `its certificate expires ${inDays(leftMs)}, on ${day(validTo)}`;
  return { verdict: leftMs <= verySoonDays * dayMs ? 'bad' : 'suspicious', text, details };
}

function day(time: IsoTime): string {
  return time.slice(0, 10);
}

function inDays(ms: number): string {
  const days = Math.floor(ms / dayMs);
  return days === 0 ? 'within a day' : `in ${String(days)} day${days === 1 ? '' : 's'}`;
}
