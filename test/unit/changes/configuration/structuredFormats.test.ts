import { describe, expect, it } from 'vitest';
import { classifyConfiguration } from '../../../../src/changes/configuration/classifyConfiguration.ts';
import { configurationFormats } from '../../../../src/changes/configuration/configurationFormats.ts';

// Which format reads a file when several might.

const formats = configurationFormats({ featureFlags: [], zoneFiles: [] });
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n';
const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const template = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n';
const settings = 'timeout: 3s\n';

describe('which format reads structured settings', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['.env.production', 'A=1\n', 'environment'],
    ['config/api.env', 'A=1\n', 'environment'],
    ['k8s/shop.yaml', deployment, 'kubernetes'],
    ['config/shop.yaml', deployment, 'kubernetes'],
    ['charts/shop/templates/shop.yaml', template, 'helm'],
    ['charts/shop/templates/shop.yaml', deployment, 'kubernetes'],
    ['charts/shop/Chart.yaml', 'apiVersion: v2\nname: shop\n', 'helm'],
    ['charts/shop/values-prod.yaml', settings, 'helm'],
    ['config/values.yaml', settings, 'helm'],
    ['overlays/prod/kustomization.yaml', kustomization, 'kustomize'],
    ['compose.prod.yaml', 'services: {}\n', 'compose'],
    ['config/docker-compose.yml', 'services: {}\n', 'compose'],
    ['.github/workflows/deploy.yml', 'on: push\n', 'workflow'],
    ['.circleci/config.yml', 'version: 2.1\n', 'workflow'],
    ['.gitlab-ci.yml', 'stages: []\n', 'workflow'],
    ['Jenkinsfile', 'pipeline {}\n', 'workflow'],
    ['config/shop.yaml', settings, 'application'],
    ['application-prod.yml', settings, 'application'],
    ['appsettings.json', '{}', 'application'],
    ['fly.toml', 'app = "x"\n', 'application'],
    ['package.json', '{}', 'application'],
    ['package-lock.json', '{}', 'lockFile'],
    ['Cargo.lock', '', 'lockFile'],
    ['main.tf', '', 'terraform'],
    ['Dockerfile', 'FROM a\n', 'docker'],
    ['tsconfig.json', '{}', undefined],
    ['.eslintrc.json', '{}', undefined],
    ['src/index.ts', '', undefined],
    ['data/users.json', '[]', 'structured'],
    ['services/api/limits.json', '{}', 'structured'],
    ['template.yaml', 'AWSTemplateFormatVersion: 2010-09-09\n', 'structured'],
    ['src/api.template.json', '{}', undefined],
    ['test/fixtures/limits.json', '{}', undefined],
    ['deploy/my.cnf', '[mysqld]\nport = 3306\n', 'structured'],
    ['deploy/redis.conf', 'maxmemory 1gb\n', undefined],
    ['.vscode/settings.json', '{}', undefined],
  ])('%s', (path, text, kind) => {
    expect(classifyConfiguration(path, text, formats)?.kind).toBe(kind);
  });
});
