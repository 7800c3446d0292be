import { describe, expect, it } from 'vitest';
import {
  classifyConfiguration,
  looksLikeConfiguration,
} from '../../../../src/changes/configuration/classifyConfiguration.ts';
import { configurationFormats } from '../../../../src/changes/configuration/configurationFormats.ts';

const formats = configurationFormats({ featureFlags: ['ops/switches.yaml'], zoneFiles: ['ops/names.txt'] });
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\n';
const flagd =
  '{ "flags": { "a": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } } }';

describe('classifyConfiguration', () => {
  it.each([
    ['.env.production', '', 'environment'],
    ['deploy/api.yaml', deployment, 'kubernetes'],
    ['config/api.yaml', deployment, 'kubernetes'],
    ['config/api.yaml', 'server:\n  port: 80\n', 'application'],
    ['charts/api/values.yaml', 'image: {}\n', 'helm'],
    ['charts/api/Chart.yaml', 'name: api\nversion: 1.0.0\n', 'helm'],
    ['overlays/prod/kustomization.yaml', 'resources: [../base]\n', 'kustomize'],
    ['infra/main.tf', 'resource "a" "b" {}\n', 'terraform'],
    ['infra/prod.tfvars', 'a = 1\n', 'terraform'],
    ['services/api/Dockerfile', 'FROM node\n', 'docker'],
    ['docker-compose.prod.yml', 'services: {}\n', 'compose'],
    ['compose.yaml', 'services: {}\n', 'compose'],
    ['.github/workflows/deploy.yml', 'on: push\n', 'workflow'],
    ['.gitlab-ci.yml', 'stages: [a]\n', 'workflow'],
    ['flags/prod.flagd.json', flagd, 'featureFlags'],
    ['ops/switches.yaml', 'new-pricing: true\n', 'featureFlags'],
    ['dns/db.example.org', '$ORIGIN example.org.\n@ IN SOA ns. mail. 1 2 3 4 5\n', 'dns'],
    ['zones/example.org.zone', '@ IN SOA ns. mail. 1 2 3 4 5\n', 'dns'],
    ['ops/names.txt', '@ IN SOA ns. mail. 1 2 3 4 5\n', 'dns'],
    ['nginx/nginx.conf', 'http {}\n', 'webServer'],
    ['migrations/0042_drop_email.sql', 'ALTER TABLE users DROP COLUMN email;\n', 'migration'],
    ['db/migrate/20260101000000_add_users.rb', 'class AddUsers < ActiveRecord::Migration[7.1]\nend\n', 'migration'],
    ['package-lock.json', '{ "lockfileVersion": 3 }', 'lockFile'],
    ['pnpm-lock.yaml', 'lockfileVersion: "9.0"\n', 'lockFile'],
    ['go.sum', '', 'lockFile'],
    ['Cargo.lock', '', 'lockFile'],
    ['poetry.lock', '', 'lockFile'],
    ['config/application.properties', 'a=1\n', 'application'],
    ['config/app.toml', 'a = 1\n', 'application'],
    ['config/app.ini', 'a = 1\n', 'application'],
  ])('%s is of its kind', (path, text, kind) => {
    expect(classifyConfiguration(path, text, formats)?.kind).toBe(kind);
  });

  it.each([
    ['src/app.ts', 'export const a = 1;\n'],
    ['README.md', '# a\n'],
    ['config/app.xml', '<a/>\n'],
    ['src/server.py', 'import os\n'],
    ['assets/logo.svg', '<svg/>'],
    ['tsconfig.json', '{ // base\n}'],
  ])('%s is in no format', (path, text) => {
    expect(classifyConfiguration(path, text, formats)).toBeUndefined();
  });
});

describe('looksLikeConfiguration', () => {
  it.each([
    'config/app.xml',
    'db/schema.sql',
    'app.config',
    'Procfile',
    'Jenkinsfile',
    'etc/motd',
    'conf.d/x',
    'requirements.txt',
  ])('%s is told in lines', (path) => {
    expect(looksLikeConfiguration(path)).toBe(true);
  });

  it.each([
    'src/a.ts',
    'config/index.js',
    'config/README.md',
    '.gitignore',
    '.npmrc',
    'tsconfig.json',
    'test/fixtures/app.yaml',
    'lib/config.rb',
    'docs/a.txt',
    'config/logo.png',
  ])('%s is left to check 1', (path) => {
    expect(looksLikeConfiguration(path)).toBe(false);
  });
});
