import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terraform } from '../../../../src/changes/configuration/formats/terraform.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const main = `# The shop
terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.40"
    }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_instance" "web" {
  ami           = data.aws_ami.base.id
  instance_type = "t3.small" // small is enough
  count         = var.is_prod ? 3 : 1

  tags = {
    Name  = "web-\${var.stage}"
    Owner = "shop"
  }

  root_block_device {
    volume_size = 20
  }

  user_data = <<-EOT
    #!/bin/sh
    export PORT=8080 # not { a block
    start-shop
  EOT
}

resource "aws_security_group" "web" {
  name = "web"

  ingress {
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    cidr_blocks = [
      "10.0.0.0/8", # office
      "10.1.0.0/16",
    ]
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

locals {
  hosts  = { for h in var.hosts : h.name => h.ip }
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket" }] })
}
`;

const policy = `data "aws_iam_policy_document" "a" {
  statement {
    actions = [
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplates", # at least
      "ec2:DescribeSubnets"
    ]
  }
}
`;

const lock = `# This file is maintained automatically by "terraform init".
provider "registry.example.org/hashicorp/aws" {
  version     = "5.40.0"
  constraints = "~> 5.40"
  hashes = [
    "h1:aaaa",
    "zh:bbbb",
  ]
}
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
  ['the same', 'main.tf', main, main, []],
  [
    'an attribute',
    'main.tf',
    main,
    edited(main, '"t3.small"', '"t3.large"'),
    ['resource aws_instance.web: instance_type: "t3.small" → "t3.large"'],
  ],
  [
    'an expression',
    'main.tf',
    main,
    edited(main, '? 3 : 1', '? 1 : 1'),
    ['resource aws_instance.web: count: var.is_prod ? 3 : 1 → var.is_prod ? 1 : 1'],
  ],
  [
    'alignment, comments, blank lines',
    'main.tf',
    main,
    edited(
      edited(edited(main, 'ami           =', '\n\n  ami ='), ' // small is enough', ''),
      '# The shop',
      '/* of\n the shop */',
    ),
    [],
  ],
  [
    'the order of attributes',
    'main.tf',
    main,
    edited(main, '    from_port   = 443\n    to_port     = 443\n', '    to_port     = 443\n    from_port   = 443\n'),
    [],
  ],
  [
    'the order of a set',
    'main.tf',
    main,
    edited(main, '      "10.0.0.0/8", # office\n      "10.1.0.0/16",\n', '      "10.1.0.0/16", "10.0.0.0/8"\n'),
    [],
  ],
  [
    'a member of a set in another order',
    'main.tf',
    'resource "a" "b" {\n  cidr_blocks = ["10.0.0.0/8", "10.1.0.0/16"]\n}\n',
    'resource "a" "b" {\n  cidr_blocks = ["10.2.0.0/16", "10.0.0.0/8"]\n}\n',
    ['resource a.b: cidr_blocks: ["10.0.0.0/8", "10.1.0.0/16"] → ["10.2.0.0/16", "10.0.0.0/8"]'],
  ],
  [
    'the order of what a module may count',
    'main.tf',
    'module "net" {\n  cidr_blocks = ["a", "b"]\n}\n',
    'module "net" {\n  cidr_blocks = ["b", "a"]\n}\n',
    ['module net: cidr_blocks: ["a", "b"] → ["b", "a"]'],
  ],
  [
    'the order of expressions',
    'main.tf',
    'resource "a" "b" {\n  cidr_blocks = concat(["a"], ["b"])\n}\n',
    'resource "a" "b" {\n  cidr_blocks = concat(["b"], ["a"])\n}\n',
    ['resource a.b: cidr_blocks: concat(["a"], ["b"]) → concat(["b"], ["a"])'],
  ],
  [
    'the order of blocks',
    'variables.tf',
    'variable "a" {}\nvariable "b" { default = 1 }\n',
    'variable "b" { default = 1 }\nvariable "a" {\n}\n',
    [],
  ],
  [
    'a member of an object',
    'main.tf',
    main,
    edited(main, 'Owner = "shop"', 'Owner = "pay"'),
    ['resource aws_instance.web: tags.Owner: "shop" → "pay"'],
  ],
  [
    'a template',
    'main.tf',
    main,
    edited(main, 'web-${var.stage}', 'web-${upper("${var.stage}")}'),
    ['resource aws_instance.web: tags.Name: "web-${var.stage}" → "web-${upper("${var.stage}")}"'],
  ],
  [
    'a version of a provider',
    'main.tf',
    main,
    edited(main, '~> 5.40', '~> 6.0'),
    ['terraform: required_providers.aws.version: "~> 5.40" → "~> 6.0"'],
  ],
  [
    'a nested block',
    'main.tf',
    main,
    edited(main, 'volume_size = 20', 'volume_size = 10'),
    ['resource aws_instance.web: root_block_device.volume_size: 20 → 10'],
  ],
  [
    'one of several nested blocks',
    'main.tf',
    main,
    edited(main, '"10.1.0.0/16"', '"0.0.0.0/0"'),
    [
      'resource aws_security_group.web: ingress.cidr_blocks: ["10.0.0.0/8", "10.1.0.0/16"] → ["10.0.0.0/8", "0.0.0.0/0"]',
    ],
  ],
  [
    'a list in one line',
    'main.tf',
    main,
    edited(main, '[\n      "10.0.0.0/8", # office\n      "10.1.0.0/16",\n    ]', '["10.0.0.0/8", "10.1.0.0/16"]'),
    [],
  ],
  [
    'a nested block more',
    'main.tf',
    main,
    edited(
      main,
      '  ingress {\n    from_port   = 22',
      '  ingress {\n    from_port = 80\n    to_port = 80\n  }\n  ingress {\n    from_port   = 22',
    ),
    ['resource aws_security_group.web: ingress added: from_port 80; to_port 80'],
  ],
  [
    'a here-document, as lines',
    'main.tf',
    main,
    edited(main, 'PORT=8080', 'PORT=9090'),
    [
      'resource aws_instance.web: user_data: export PORT=8080 # not { a block → export PORT=9090 # not { a block (changed line)',
    ],
  ],
  ['a here-document, indented anew', 'main.tf', main, edited(main, '    start-shop', '        start-shop'), []],
  [
    'a here-document gone',
    'main.tf',
    main,
    main.replace(/ {2}user_data[\s\S]*EOT\n {2}EOT\n|\n {2}user_data[\s\S]*?\n {2}EOT\n/, '\n'),
    ['resource aws_instance.web: user_data removed (was 3 lines)'],
  ],
  [
    'a function over an object',
    'main.tf',
    main,
    edited(main, '"Allow"', '"Deny"'),
    [
      'locals: policy: jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket" }] }) → jsonencode({ Statement = [{ Effect = "Deny", Action = "s3:GetObject", Resource = "arn:aws:s3:::bucket" }] })',
    ],
  ],
  [
    'a long list, as lines',
    'main.tf',
    policy,
    edited(policy, '"ec2:DescribeSubnets"', '"ec2:DescribeSubnets",\n      "iam:*"'),
    ['data aws_iam_policy_document.a: statement.actions added: "iam:*" (changed line)'],
  ],
  [
    'a for expression',
    'main.tf',
    main,
    edited(main, 'h.ip }', 'h.fqdn }'),
    ['locals: hosts: { for h in var.hosts : h.name => h.ip } → { for h in var.hosts : h.name => h.fqdn }'],
  ],
  [
    'a resource more',
    'main.tf',
    main,
    `${main}resource "aws_eip" "web" {\n  instance = 1\n}\n`,
    ['resource aws_eip.web added: instance 1'],
  ],
  [
    'a resource gone',
    'main.tf',
    main,
    main.slice(0, main.indexOf('resource "aws_security_group"')) + main.slice(main.indexOf('variable "region"')),
    ['resource aws_security_group.web removed'],
  ],
  [
    'a resource renamed',
    'main.tf',
    main,
    edited(main, '"aws_instance" "web"', '"aws_instance" "shop"'),
    ['resource aws_instance.web → resource aws_instance.shop'],
  ],
  [
    'one of two providers',
    'main.tf',
    'provider "aws" {\n  region = "a"\n}\nprovider "aws" {\n  alias = "eu"\n  region = "b"\n}\n',
    'provider "aws" {\n  region = "a"\n}\nprovider "aws" {\n  alias = "eu"\n  region = "c"\n}\n',
    ['provider aws: region: "b" → "c"'],
  ],
  [
    'variables',
    'prod.tfvars',
    'instance_type = "t3.small"\nzones = ["a", "b"]\n',
    'zones=["a","c",]\ninstance_type = "t3.small"',
    ['zones: ["a", "b"] → ["a", "c"]'],
  ],
  [
    'a provider locked anew',
    '.terraform.lock.hcl',
    lock,
    edited(edited(lock, '5.40.0', '5.41.0'), 'h1:aaaa', 'h1:cccc'),
    ['provider registry.example.org/hashicorp/aws: version: "5.40.0" → "5.41.0"'],
  ],
  [
    'hashes for another platform',
    '.terraform.lock.hcl',
    lock,
    edited(lock, '"h1:aaaa",', '"h1:aaaa",\n    "h1:dddd",'),
    [],
  ],
  [
    'other content of the same version',
    '.terraform.lock.hcl',
    lock,
    edited(edited(lock, 'h1:aaaa', 'h1:eeee'), 'zh:bbbb', 'zh:ffff'),
    ['provider registry.example.org/hashicorp/aws "5.40.0": same version, other content (its hashes changed)'],
  ],
  ['a new file', 'x.tf', undefined, 'variable "a" {\n  default = 1\n}\n', ['variable a added: default 1']],
  ['an open block', 'main.tf', main, 'resource "a" "b" {\n  c = 1\n', ['line 1: a block does not close']],
  ['a brace too much', 'main.tf', main, 'a = 1\n}\n', ['line 2: a block closes that never opened']],
  ['an open string', 'main.tf', main, 'a = 1\nb = "x\n', ['line 2: a string does not end']],
  ['an open here-document', 'main.tf', main, 'a = <<EOT\nx\n', ['line 1: the here-document EOT does not end']],
  ['an open list', 'main.tf', main, 'a = [1,\n2\n', ['line 1: [ does not close']],
  ['a conflict', 'main.tf', main, `<<<<<<< HEAD\n${main}`, ['line 1: neither a block nor an attribute']],
  ['no value', 'main.tf', main, 'a =\n', ['line 1: a without a value']],
];

describe('terraform', () => {
  it.each(cases)('%s', (_title, path, before, after, told) => {
    expect(toldDifferences(terraform, before, after, { path })).toEqual(told);
  });

  it.each([
    ['infra/main.tf', true],
    ['prod.auto.tfvars', true],
    ['.terraform.lock.hcl', true],
    ['main.tf.json', false],
    ['notes.md', false],
  ])('fits %s: %s', (path, fits) => {
    expectFit(terraform, path, undefined, fits);
  });

  it('tells the line of what changed', () => {
    const [difference] = terraform.differences({
      path: 'main.tf',
      before: main,
      after: edited(main, 'Owner = "shop"', 'Owner = "pay"'),
      beside: new Map(),
    });
    expect(difference?.line).toBe(main.split('\n').findIndex((line) => line.includes('Owner')) + 1);
  });

  it('reads or refuses whatever is in the file', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '"',
      '${',
      '=',
      '\n',
      'a',
      ' ',
      '<<EOT\n',
      'EOT',
      '#',
      '/*',
      '*/',
      ',',
      'for',
      ':',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (text) => {
        toldDifferences(terraform, main, text.join(''), { path: 'main.tf' });
      }),
    );
    for (const hostile of [
      'a {'.repeat(50_000),
      `a = ${'{ b = '.repeat(50_000)}`,
      `a = ${'['.repeat(100_000)}`,
      `a = "${'${"'.repeat(50_000)}`,
      'a = <<E\n'.repeat(20_000),
      `a = 1${' '.repeat(200_000)}`,
    ])
      toldDifferences(terraform, main, hostile, { path: 'main.tf' });
  }, 30_000);
});
