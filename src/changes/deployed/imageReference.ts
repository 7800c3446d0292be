/** An image of a container as Kubernetes and Docker write it. */
export interface ImageReference {
  /** `registry.example:5000/shop/api` */
  readonly name: string;
  readonly tag?: string;
  /** `sha256:…`: of the image, never of a commit. */
  readonly digest?: string;
}

/** The parts of `registry:5000/shop/api:1.9.0@sha256:…`; undefined when it is no reference. */
export function parseImage(text: string): ImageReference | undefined {
  if (text.length > 1000) return undefined;
  const match = /^([\w.:/[\]-]*?[\w.-])(?::(\w[\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,128}))?$/.exec(text);
  const [, name, tag, digest] = match ?? [];
  if (name === undefined || (tag === undefined && /:\d+$/.test(name))) return undefined;
  return { name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
