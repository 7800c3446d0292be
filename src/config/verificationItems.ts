import type { VerificationItem } from '../incident/policy.ts';

/** Items as the file lists them, with ids: a text alone gets the id of the built-in item of that text, or one made from its words. */
export function verificationItems(
  listed: readonly (string | VerificationItem)[],
  builtIn: readonly VerificationItem[],
): readonly VerificationItem[] {
  const taken = new Set(listed.flatMap((item) => (typeof item === 'string' ? [] : [item.id])));
  return listed.map((item, index) => {
    if (typeof item !== 'string') return item;
    const wanted = builtIn.find(({ text }) => text === item)?.id ?? idFrom(item);
    const id = taken.has(wanted) ? `${wanted}${index + 1}` : wanted;
    taken.add(id);
    return { id, text: item };
  });
}

function idFrom(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9\p{M}]+/u)
    .map((word) => word.replace(/[^a-z0-9]/g, ''));
  const [first, ...rest] = words.filter(Boolean).slice(0, 5);
  if (first === undefined || !/^[a-z]/.test(first)) return 'item';
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
