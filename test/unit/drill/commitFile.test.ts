import { describe, expect, it } from 'vitest';
import { parseCommitFile } from '../../../src/drill/commitFile.ts';

const text = `From: Tomás Rivera <tomas.rivera@fernway.example>
Date: 43 min ago -0500
Subject: Do two things: this and that
Topic: side from 07-base
Tag: v2.0.0
Cause: yes

First paragraph.

Second paragraph.

create src/new.js
--- a/src/a.js
+++ b/src/a.js
@@
 kept

-old
+new
@@
+more
--- /dev/null
+++ b/src/b.js
@@
+whole
--- a/src/c.js
+++ /dev/null
@@
-away
`;

describe('a commit file', () => {
  const commit = parseCommitFile('08-two-things', text);

  it('has its headers and message', () => {
    expect(commit).toMatchObject({
      name: '08-two-things',
      author: 'Tomás Rivera <tomas.rivera@fernway.example>',
      date: '43 min ago -0500',
      subject: 'Do two things: this and that',
      body: 'First paragraph.\n\nSecond paragraph.',
      topic: { branch: 'side', from: '07-base' },
      tag: 'v2.0.0',
      isCause: true,
    });
  });

  it('has its edits', () => {
    expect(commit.edits).toEqual([
      { kind: 'create', path: 'src/new.js' },
      {
        kind: 'change',
        path: 'src/a.js',
        hunks: [
          { before: 'kept\n\nold\n', after: 'kept\n\nnew\n' },
          { before: '', after: 'more\n' },
        ],
      },
      { kind: 'add', path: 'src/b.js', text: 'whole\n' },
      { kind: 'remove', path: 'src/c.js', text: 'away\n' },
    ]);
  });

  it('may have neither body nor edits', () => {
    const merge = parseCommitFile(
      '09',
      'From: A <a@b.example>\nDate: 1 min ago +0000\nSubject: Merge\nMerges: side\n\n',
    );
    expect(merge).toMatchObject({ body: '', edits: [], merges: 'side', isCause: false });
  });

  it.each(['From', 'Date', 'Subject'])('needs %s', (header) => {
    const without = text.replace(new RegExp(`^${header}: .*\n`, 'm'), '');
    expect(() => parseCommitFile('08', without)).toThrow(`08.diff has no ${header}`);
  });
});
