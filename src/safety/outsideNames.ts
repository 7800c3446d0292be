const label = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedPattern = new RegExp(
  `^(?:(${label}(?:\\.${label})*)/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`,
);

/** True for a context of kubectl: what clouds and people name clusters, `gke_shop_west1_prod`, `arn:aws:eks:…:cluster/prod`, `admin@prod`. */
export function isKubernetesContext(text: string): boolean {
  return /^[A-Za-z0-9][\w.@:/+-]{0,252}$/.test(text);
}

/** True for the name of a namespace or container (RFC 1123 label). */
export function isKubernetesLabel(text: string): boolean {
  return labelPattern.test(text);
}

/** True for the name of a Deployment (RFC 1123 subdomain). */
export function isKubernetesName(text: string): boolean {
  return text.length <= 253 && subdomainPattern.test(text);
}

/** True for the key of a label or annotation, `app.kubernetes.io/version`. */
export function isKubernetesKey(text: string): boolean {
  return text.length <= 317 && qualifiedPattern.test(text);
}

/** True for a repository of GitHub, `owner/name`. */
export function isGithubRepository(text: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[\w.-]{1,100}$/.test(text);
}

/** True for the name of a secret, as `secret:NAME` refers to it and an environment variable has it. */
export function isSecretName(text: string): boolean {
  return /^[A-Za-z_]\w{0,99}$/.test(text);
}

/** True for a host name without a port, `api.example.org`. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && /^(?!-)[\p{L}\p{N}_-]{1,63}(?<!-)(?:\.(?!-)[\p{L}\p{N}_-]{1,63}(?<!-))*$/u.test(text);
}
