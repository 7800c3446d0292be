const packed = /^(?:webpack|webpack-internal|turbopack|rsc)$/;

/**
 * The path of a script's address in a JavaScript trace: `file:///C:/x.js`, `webpack://shop/./src/x.ts?a1b2`,
 * `webpack-internal:///(rsc)/./src/x.ts`, `https://shop.test/x.js`. What is no address stays as it is, `node:fs` too.
 */
export function scriptPath(address: string): string {
  const [, scheme, rest = ''] = /^([a-z][\w+.-]{1,40}):\/\/(.*)$/i.exec(address) ?? [];
  if (scheme === undefined) return address.replace(/\?.*$/, '');
  const path = rest.replace(/[?#].*$/, '');
  if (scheme === 'file') return decoded(path.replace(/^\/(?=[A-Za-z]:)/, ''));
  // What stands before the first slash is the project's name, or the server's.
  if (!packed.test(scheme)) return decoded(path.replace(/^[^/]*/, ''));
  return path
    .replace(/^[^/]*\//, '')
    .replace(/^\([\w-]+\)\//, '')
    .replace(/^(?:\.{1,2}\/)+/, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A `%` in a name that was never encoded.
    return path;
  }
}
