const reference = /\bsecret:([A-Za-z_]\w{0,99})/g;

/** The names of the secrets that a text of mayday.yaml refers to, `Bearer secret:SHOP_TOKEN`; each once. */
export function secretNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(reference)].map(([, name]) => name ?? ''))];
}

/** The text with the secrets in their places. */
export function withSecrets(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(reference, (whole, name: string) => values.get(name) ?? whole);
}
