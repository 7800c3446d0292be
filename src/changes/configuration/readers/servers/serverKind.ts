import type { ConfigurationBlock } from '../../blockDifferences.ts';
import { readApache } from './apacheBlocks.ts';
import { readCaddyfile } from './caddyBlocks.ts';
import { readHaproxy } from './haproxyBlocks.ts';
import { readNginx } from './nginxBlocks.ts';

/** A server whose configuration is read as blocks. */
export interface ServerKind {
  fits(path: string, text: string | undefined): boolean;
  read(text: string): ConfigurationBlock;
}

const folder = (name: string): RegExp => new RegExp(`(^|/)(?:[\\w.-]{0,40}[-_.])?${name}(?:[-_.][\\w.-]{0,40})?/`, 'i');
const nginxFolder = folder('nginx');
const apacheFolder = folder('(?:apache2?|httpd)');
const apacheSection =
  /^[ \t]{0,80}<(?:VirtualHost|Directory|Location|LocationMatch|Files|FilesMatch|IfModule|Proxy)[\s>]/im;
const nginxDirective =
  /^[ \t]{0,80}(?:server|http|events|upstream\s{1,20}\S{1,200}|location\s[^\n{]{1,300}|map\s[^\n{]{1,300})\s{0,20}\{/m;

const kinds: readonly ServerKind[] = [
  {
    fits: (path, text) =>
      /(^|\/)(?:httpd|apache2?|ssl-vhosts?|vhosts?)[\w.-]{0,40}\.conf$|(^|\/)\.htaccess$/i.test(path) ||
      (isConf(path) &&
        (apacheFolder.test(path)
          ? text === undefined || !nginxDirective.test(text)
          : text !== undefined && apacheSection.test(text))),
    read: readApache,
  },
  {
    fits: (path, text) =>
      /(^|\/)nginx[\w.-]{0,40}\.conf$|\.nginx(?:\.conf)?$/i.test(path) ||
      (isConf(path) &&
        (nginxFolder.test(path) ||
          (text !== undefined && nginxDirective.test(text) && /;[ \t]*(?:#[^\n]*)?$/m.test(text)))),
    read: readNginx,
  },
  {
    fits: (path, text) =>
      /(^|\/)haproxy[\w.-]{0,40}\.(?:cfg|conf)$/i.test(path) ||
      (/\.cfg$/i.test(path) &&
        (folder('haproxy').test(path) ||
          (text !== undefined &&
            /^(?:frontend|backend|listen)\s{1,40}\S/m.test(text) &&
            /^[ \t]{1,40}(?:server|bind|default_backend)\s/m.test(text)))),
    read: readHaproxy,
  },
  { fits: (path) => /(^|\/)Caddyfile(?:\.[\w-]{1,40})?$|\.caddy(?:file)?$/i.test(path), read: readCaddyfile },
];

/** Files of a server's folders often have no ending: `sites-available/shop`. */
function isConf(path: string): boolean {
  return (
    /\.(?:conf|vhost|inc)(?:\.template)?$/i.test(path) ||
    /(^|\/)(?:sites-(?:available|enabled)|conf\.d|vhosts?\.d)\/[^/.]{1,100}(?:\.[a-z]{2,24}){0,4}$/i.test(path)
  );
}

/** True for a path that allows one of the servers though only the content tells. */
export function mayBeServer(path: string): boolean {
  return isConf(path) || /\.cfg$/i.test(path);
}

/** The server that a file configures; undefined for none of those read as blocks. */
export function serverKind(path: string, text: string | undefined): ServerKind | undefined {
  return kinds.find((kind) => kind.fits(path, text));
}
