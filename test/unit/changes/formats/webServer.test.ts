import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webServer } from '../../../../src/changes/configuration/formats/webServer.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const nginx = `worker_processes auto; # as many as there are
events { worker_connections 1024; }
http {
  include mime.types;
  log_format main '$remote_addr "$request" {$status};';
  upstream api {
    least_conn;
    server 10.0.0.1:8080 weight=5;
    server 10.0.0.2:8080;
  }
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }
  server {
    listen 80;
    server_name api.example.org;
    return 301 https://$host$request_uri;
  }
  server {
    listen 443 ssl http2;
    server_name api.example.org www.example.org;
    location /pay {
      proxy_pass http://api;
      proxy_read_timeout 60s;
      proxy_set_header Host $host;
      proxy_set_header X-Request-Id $request_id;
    }
    location ~ \\.php$ {
      fastcgi_param SCRIPT_FILENAME \${root}$fastcgi_script_name;
      if ($request_method = POST) {
        return 405;
      }
    }
  }
}
`;

const apache = `ServerRoot "/etc/httpd"
Listen 80
LoadModule proxy_module modules/mod_proxy.so
<VirtualHost *:443>
  ServerName shop.example.org
  # the balancer
  ProxyTimeout 60
  Header always set X-Frame-Options "DENY"
  <Proxy "balancer://api">
    BalancerMember http://10.0.0.1:8080 loadfactor=1
    BalancerMember http://10.0.0.2:8080
  </Proxy>
  ProxyPass "/pay" "balancer://api/pay"
  <Directory "/srv/www">
    Options -Indexes \\
      +FollowSymLinks
    Require all granted
  </Directory>
</VirtualHost>
<VirtualHost *:80>
  ServerName shop.example.org
  Redirect permanent / https://shop.example.org/
</VirtualHost>
`;

const haproxy = `global
  maxconn 4096
  log /dev/log local0

defaults
  mode http
  timeout connect 5s
  timeout server 60s # long

frontend web
  bind :443 ssl crt /etc/ssl/shop.pem
  acl is_pay path_beg /pay
  http-request set-header X-Proto https
  use_backend pay if is_pay
  default_backend api

backend api
  balance roundrobin
  option httpchk GET /healthz
  server a1 10.0.0.1:8080 check
  server a2 10.0.0.2:8080 check
`;

const caddy = `{
	email ops@example.org
}

(secure) {
	header X-Frame-Options DENY
}

api.example.org, www.example.org {
	import secure
	encode gzip
	handle_path /pay/* {
		reverse_proxy 10.0.0.1:8080 10.0.0.2:8080 {
			lb_policy least_conn
			health_interval 10s
		}
	}
	respond "Not {here}" 404 # last
}
`;

const envoy = `static_resources:
  clusters:
    - name: api
      connect_timeout: 5s
      lb_policy: ROUND_ROBIN
    - name: pay
      connect_timeout: 1s
`;

const traefik = `http:
  routers:
    api:
      rule: Host(\`api.example.org\`)
      service: api
  services:
    api:
      loadBalancer:
        servers:
          - url: http://10.0.0.1:8080
`;

const edited = (text: string, from: string, to: string) => {
  if (!text.includes(from)) throw new Error(`not there: ${from}`);
  return text.replace(from, () => to);
};

type Case = readonly [
  title: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
];

const cases: readonly Case[] = [
  ['nginx: the same', 'nginx.conf', nginx, nginx, []],
  [
    'nginx: a timeout of a location',
    'nginx.conf',
    nginx,
    edited(nginx, '60s', '5s'),
    ['server api.example.org › location /pay › proxy_read_timeout: 60s → 5s'],
  ],
  [
    'nginx: spaces, comments, quotes',
    'nginx.conf',
    nginx,
    edited(
      edited(edited(nginx, ' # as many as there are', ''), 'least_conn;', "\n    'least_conn' ; # spread"),
      '{ worker_connections 1024; }',
      '{\n  worker_connections   1024;\n}',
    ),
    [],
  ],
  [
    'nginx: the order of directives and blocks',
    'nginx.conf',
    nginx,
    edited(
      edited(nginx, '      proxy_read_timeout 60s;\n', ''),
      '    location /pay {',
      '    location /pay {\n      proxy_read_timeout 60s;',
    ),
    [],
  ],
  [
    'nginx: a weight',
    'nginx.conf',
    nginx,
    edited(nginx, 'weight=5', 'weight=1'),
    ['upstream api › server 10.0.0.1:8080: weight=5 → weight=1'],
  ],
  [
    'nginx: another server',
    'nginx.conf',
    nginx,
    edited(nginx, '10.0.0.2:8080', '10.0.0.3:8080'),
    ['upstream api › server 10.0.0.3:8080 added', 'upstream api › server 10.0.0.2:8080 removed'],
  ],
  [
    'nginx: servers in another order',
    'nginx.conf',
    nginx,
    edited(
      nginx,
      '    server 10.0.0.1:8080 weight=5;\n    server 10.0.0.2:8080;\n',
      '    server 10.0.0.2:8080;\n    server 10.0.0.1:8080 weight=5;\n',
    ),
    [],
  ],
  [
    'nginx: a header',
    'nginx.conf',
    nginx,
    edited(nginx, 'Host $host', 'Host $proxy_host'),
    ['server api.example.org › location /pay › proxy_set_header Host: $host → $proxy_host'],
  ],
  [
    'nginx: a header gone',
    'nginx.conf',
    nginx,
    edited(nginx, '      proxy_set_header X-Request-Id $request_id;\n', ''),
    ['server api.example.org › location /pay › proxy_set_header X-Request-Id removed (was $request_id)'],
  ],
  [
    'nginx: one of two servers of a name',
    'nginx.conf',
    nginx,
    edited(nginx, 'return 301', 'return 308'),
    ['server api.example.org › return: 301 https://$host$request_uri → 308 https://$host$request_uri'],
  ],
  [
    'nginx: a location more',
    'nginx.conf',
    nginx,
    edited(nginx, '    location /pay {', '    location = /ready { return 200; }\n    location /pay {'),
    ['server api.example.org › location = /ready added: return 200'],
  ],
  [
    'nginx: a location gone',
    'nginx.conf',
    nginx,
    nginx.replace(/ {4}location \/pay \{[^}]*\}\n/, ''),
    [
      'server api.example.org › location /pay removed (was proxy_pass http://api; proxy_read_timeout 60s; proxy_set_header Host $host; proxy_set_header X-Request-Id $request_id)',
    ],
  ],
  [
    'nginx: a location renamed',
    'nginx.conf',
    nginx,
    edited(nginx, 'location /pay', 'location /payments'),
    ['server api.example.org: location /pay → location /payments'],
  ],
  [
    'nginx: a block within',
    'nginx.conf',
    nginx,
    edited(nginx, '405', '403'),
    ['server api.example.org › location ~ \\.php$ › if ($request_method = POST) › return: 405 → 403'],
  ],
  [
    'nginx: a map',
    'nginx.conf',
    nginx,
    edited(nginx, "'' close", "'' ''"),
    ['map $http_upgrade $connection_upgrade › : close → '],
  ],
  ['nginx: around everything', 'nginx.conf', nginx, edited(nginx, 'auto', '4'), ['worker_processes: auto → 4']],
  [
    'nginx: no semicolon',
    'nginx.conf',
    nginx,
    'http {\n  gzip on\n}\n',
    ['line 2: gzip does not end with a semicolon'],
  ],
  ['nginx: an open block', 'nginx.conf', nginx, 'http {\n  gzip on;\n', ['line 1: a block does not close']],
  ['nginx: an open quote', 'nginx.conf', nginx, 'a "b;\n', ['line 1: a quote does not end']],
  ['nginx: a brace too much', 'nginx.conf', nginx, 'a b;\n}\n', ['line 2: a block closes that never opened']],
  [
    'httpd: a timeout',
    'httpd.conf',
    apache,
    edited(apache, 'ProxyTimeout 60', 'ProxyTimeout 5'),
    ['VirtualHost shop.example.org › ProxyTimeout: 60 → 5'],
  ],
  [
    'httpd: spaces, comments, continuation',
    'httpd.conf',
    apache,
    edited(edited(apache, '  # the balancer\n', ''), '-Indexes \\\n      +FollowSymLinks', '-Indexes +FollowSymLinks'),
    [],
  ],
  [
    'httpd: a member of a balancer',
    'httpd.conf',
    apache,
    edited(apache, '10.0.0.2', '10.0.0.3'),
    [
      'VirtualHost shop.example.org › Proxy balancer://api › BalancerMember http://10.0.0.3:8080 added',
      'VirtualHost shop.example.org › Proxy balancer://api › BalancerMember http://10.0.0.2:8080 removed',
    ],
  ],
  [
    'httpd: a header',
    'httpd.conf',
    apache,
    edited(apache, 'DENY', 'SAMEORIGIN'),
    ['VirtualHost shop.example.org › Header always set X-Frame-Options: DENY → SAMEORIGIN'],
  ],
  [
    'httpd: who may',
    'httpd.conf',
    apache,
    edited(apache, 'all granted', 'all denied'),
    ['VirtualHost shop.example.org › Directory /srv/www › Require all: granted → denied'],
  ],
  [
    'httpd: a module gone',
    'httpd.conf',
    apache,
    edited(apache, 'LoadModule proxy_module modules/mod_proxy.so\n', ''),
    ['LoadModule proxy_module removed (was modules/mod_proxy.so)'],
  ],
  [
    'httpd: a section that does not close',
    'httpd.conf',
    apache,
    edited(apache, '</Directory>', ''),
    ['line 19: </VirtualHost> closes what is not open'],
  ],
  [
    'httpd: names in another case',
    'httpd.conf',
    apache,
    edited(edited(apache, 'ServerName', 'servername'), '<Directory "/srv/www">', '<DIRECTORY "/srv/www">'),
    [],
  ],
  [
    'httpd: a name in another case with another value',
    'httpd.conf',
    apache,
    edited(edited(apache, '<VirtualHost', '<virtualhost'), 'ProxyTimeout 60', 'proxytimeout 5'),
    ['VirtualHost shop.example.org › proxytimeout: 60 → 5'],
  ],
  ['httpd: no directive', 'httpd.conf', apache, '{"a": 1}', ['line 1: no directive']],
  [
    'HAProxy: a timeout',
    'haproxy.cfg',
    haproxy,
    edited(haproxy, '60s # long', '5s'),
    ['defaults › timeout server: 60s → 5s'],
  ],
  [
    'HAProxy: a server',
    'haproxy.cfg',
    haproxy,
    edited(haproxy, '10.0.0.2:8080 check', '10.0.0.9:8080 check'),
    ['backend api › server a2: 10.0.0.2:8080 check → 10.0.0.9:8080 check'],
  ],
  [
    'HAProxy: a server gone',
    'haproxy.cfg',
    haproxy,
    edited(haproxy, '  server a2 10.0.0.2:8080 check\n', ''),
    ['backend api › server a2 removed (was 10.0.0.2:8080 check)'],
  ],
  [
    'HAProxy: where it goes',
    'haproxy.cfg',
    haproxy,
    edited(haproxy, 'default_backend api', 'default_backend pay'),
    ['frontend web › default_backend: api → pay'],
  ],
  [
    'HAProxy: comments and spaces',
    'haproxy.cfg',
    haproxy,
    edited(haproxy, '  maxconn 4096', '# more\n\n\tmaxconn   4096'),
    [],
  ],
  ['HAProxy: no section', 'haproxy.cfg', haproxy, 'maxconn 1\n', ['line 1: a line before the first section']],
  [
    'Caddy: an interval',
    'Caddyfile',
    caddy,
    edited(caddy, '10s', '1m'),
    [
      'site api.example.org, www.example.org › handle_path /pay/* › reverse_proxy 10.0.0.1:8080 10.0.0.2:8080 › health_interval: 10s → 1m',
    ],
  ],
  [
    'Caddy: an answer',
    'Caddyfile',
    caddy,
    edited(caddy, '404', '410'),
    ['site api.example.org, www.example.org › respond: Not {here} 404 → Not {here} 410'],
  ],
  [
    'Caddy: comments, spaces, lines',
    'Caddyfile',
    caddy,
    edited(edited(caddy, ' # last', ''), 'api.example.org, www', 'api.example.org,\nwww'),
    [],
  ],
  [
    'Caddy: a file of one site',
    'Caddyfile',
    'example.org\nreverse_proxy :9000\n',
    'example.org\nreverse_proxy :9001\n',
    ['site example.org › reverse_proxy: :9000 → :9001'],
  ],
  [
    'Caddy: more sites from outside',
    'Caddyfile',
    '{$MORE_SITES}\nimport sites/*\na.example.org {\n\tgzip\n}\n',
    '{$MORE_SITES}\na.example.org {\n\tgzip\n\tlog\n}\n',
    ['import sites/* removed', 'site a.example.org › log added'],
  ],
  ['Caddy: an open block', 'Caddyfile', caddy, 'a {\n b\n', ['line 1: a block does not close']],
  [
    'Envoy',
    'envoy.yaml',
    envoy,
    edited(envoy, 'connect_timeout: 5s', 'connect_timeout: 1s'),
    ['static_resources.clusters[api].connect_timeout: 5s → 1s'],
  ],
  [
    'Envoy: the order of clusters',
    'envoy.yaml',
    envoy,
    'static_resources:\n  clusters:\n  - {name: pay, connect_timeout: 1s}\n  - {name: api, connect_timeout: 5s, lb_policy: ROUND_ROBIN}\n',
    [],
  ],
  [
    'Traefik',
    'traefik/dynamic.yml',
    traefik,
    edited(traefik, 'service: api', 'service: pay'),
    ['http.routers.api.service: api → pay'],
  ],
];

describe('webServer', () => {
  it.each(cases)('%s', (_title, path, before, after, told) => {
    expect(toldDifferences(webServer, before, after, { path })).toEqual(told);
  });

  it('tells the line of what changed', () => {
    const [difference] = webServer.differences({
      path: 'nginx.conf',
      before: nginx,
      after: edited(nginx, '60s', '5s'),
      beside: new Map(),
    });
    expect(difference?.line).toBe(nginx.split('\n').findIndex((line) => line.includes('60s')) + 1);
  });

  it.each([
    ['deploy/nginx.conf', undefined, true],
    ['nginx/conf.d/shop.conf', undefined, true],
    ['conf.d/shop.conf', 'server {\n  listen 80;\n}\n', true],
    ['sites-available/shop', 'upstream api {\n  server a;\n}\n', true],
    ['apache2/sites-available/shop.conf', undefined, true],
    ['public/.htaccess', undefined, true],
    ['haproxy.cfg', undefined, true],
    ['lb/web.cfg', haproxy, true],
    ['setup.cfg', '[metadata]\nname = x\n', false],
    ['Caddyfile', undefined, true],
    ['config/proxy.yaml', envoy, true],
    ['config/dynamic.yml', traefik, true],
    ['k8s/traefik.yaml', 'apiVersion: v1\nkind: Service\n', false],
    ['conf/app.conf', 'debug = true\n', false],
    ['src/nginx.ts', undefined, false],
  ])('fits %s', (path, text, fits) => {
    expectFit(webServer, path, text, fits);
  });

  it('reads or refuses whatever is in the file', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      ';',
      '"',
      "'",
      '#',
      '\n',
      'server',
      '<VirtualHost a>',
      '</VirtualHost>',
      '\\',
      '${',
      'frontend a',
      ' ',
      '`',
    );
    const paths = fc.constantFrom('nginx.conf', 'httpd.conf', 'haproxy.cfg', 'Caddyfile');
    fc.assert(
      fc.property(paths, fc.array(parts, { maxLength: 60 }), (path, text) => {
        toldDifferences(webServer, '', text.join(' '), { path });
      }),
    );
    for (const path of ['nginx.conf', 'httpd.conf', 'haproxy.cfg', 'Caddyfile'])
      for (const hostile of [
        'a {'.repeat(50_000),
        '${'.repeat(100_000),
        '<a '.repeat(50_000),
        `<a${' '.repeat(100_000)}x`,
        'a \\\n'.repeat(50_000),
        '"'.repeat(100_001),
        'a b;\n'.repeat(50_000),
      ])
        toldDifferences(webServer, '', hostile, { path });
  }, 30_000);
});
