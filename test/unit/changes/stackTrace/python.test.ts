import { describe, expect, it } from 'vitest';
import { dedent, traceSummary } from '../../../support/builders/traceSummary.ts';

const cases: readonly (readonly [what: string, text: string, read: string])[] = [
  [
    'a traceback with markers: the innermost frame first',
    `
    Traceback (most recent call last):
      File "/app/shop/main.py", line 30, in <module>
        main()
        ~~~~^^
      File "/app/shop/cart.py", line 12, in add
        return self.items[sku]
               ~~~~~~~~~~^^^^^
    KeyError: 'tent-2p'
    `,
    `
    python
    KeyError: 'tent-2p'
    - add /app/shop/cart.py:12
    - <module> /app/shop/main.py:30
    `,
  ],
  [
    'while another one was handled: what was reported first',
    `
    Traceback (most recent call last):
      File "/app/shop/cart.py", line 12, in add
        x
    KeyError: 'a'

    During handling of the above exception, another exception occurred:

    Traceback (most recent call last):
      File "/app/shop/api.py", line 7, in post
        y
    shop.errors.OutOfStock: tent-2p is sold out
    `,
    `
    python
    shop.errors.OutOfStock: tent-2p is sold out
    - post /app/shop/api.py:7
    KeyError: 'a'
    - add /app/shop/cart.py:12
    `,
  ],
  [
    'raised from another one, three deep',
    `
    Traceback (most recent call last):
      File "/a.py", line 1, in a
    OSError: [Errno 28] No space left on device

    The above exception was the direct cause of the following exception:

    Traceback (most recent call last):
      File "/b.py", line 2, in b
    RuntimeError

    The above exception was the direct cause of the following exception:

    Traceback (most recent call last):
      File "/c.py", line 3, in c
    socket.timeout: timed out
    `,
    `
    python
    socket.timeout: timed out
    - c /c.py:3
    RuntimeError: 
    - b /b.py:2
    OSError: [Errno 28] No space left on device
    - a /a.py:1
    `,
  ],
  [
    'an exception group',
    `
      + Exception Group Traceback (most recent call last):
      |   File "/app/jobs.py", line 5, in main
      |     raise ExceptionGroup("jobs", errors)
      | ExceptionGroup: jobs (2 sub-exceptions)
      +-+---------------- 1 ----------------
        | Traceback (most recent call last):
        |   File "/app/mail.py", line 7, in send
        |     raise ValueError("no address")
        | ValueError: no address
        +---------------- 2 ----------------
        | Traceback (most recent call last):
        |   File "/app/stock.py", line 9, in count
        |     1 / 0
        |     ~~^~~
        | ZeroDivisionError: division by zero
        +------------------------------------
    `,
    `
    python
    ExceptionGroup: jobs (2 sub-exceptions)
    - main /app/jobs.py:5
    ValueError: no address
    - send /app/mail.py:7
    ZeroDivisionError: division by zero
    - count /app/stock.py:9
    `,
  ],
  [
    'a syntax error, which has no function',
    `
      File "/app/shop/cart.py", line 3
        def add(self
               ^
    SyntaxError: '(' was never closed
    `,
    `
    python
    SyntaxError: '(' was never closed
    - ? /app/shop/cart.py:3
    `,
  ],
  [
    'libraries, the import machinery, and code that was typed',
    `
    Traceback (most recent call last):
      File "<frozen importlib._bootstrap>", line 1007, in _find_and_load
      File "<stdin>", line 1, in <module>
      File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
      File "/app/venv/lib/python3.11/site-packages/django/core/handlers/base.py", line 197, in _get_response
      File "/usr/local/lib/python3.12/dist-packages/x.py", line 1, in x
      File "C:\\Python311\\lib\\asyncio\\runners.py", line 44, in run
      File "C:\\repo\\shop\\cart.py", line 12, in add
    django.db.utils.OperationalError: could not connect to server: Connection refused
    	Is the server running on host "db"?
    `,
    `
    python
    django.db.utils.OperationalError: could not connect to server: Connection refused / Is the server running on host "db"?
    - add C:/repo/shop/cart.py:12
    ~ run C:/Python311/lib/asyncio/runners.py:44
    ~ x /usr/local/lib/python3.12/dist-packages/x.py:1
    ~ _get_response /app/venv/lib/python3.11/site-packages/django/core/handlers/base.py:197
    ~ decode /usr/lib/python3.11/json/decoder.py:337
    ~ <module> ?:1
    ~ _find_and_load ?:1007
    `,
  ],
  [
    'a log line before, and one after that is no message',
    `
    2026-11-23 10:00:00,123 ERROR django.request Internal Server Error: /checkout
    Traceback (most recent call last):
      File "/app/shop/api.py", line 7, in post
        pay()
    shop.errors.CardDeclined: declined
    INFO: 10.0.0.1 - "POST /checkout" 500
    `,
    `
    python
    shop.errors.CardDeclined: declined
    - post /app/shop/api.py:7
    `,
  ],
  [
    'a line of another program within',
    `
    Traceback (most recent call last):
      File "/app/a.py", line 1, in a
    INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK
        a()
      File "/app/b.py", line 2, in b
    ValueError: bad
    `,
    `
    python
    ValueError: bad
    - b /app/b.py:2
    - a /app/a.py:1
    `,
  ],
  [
    'faulthandler: the most recent call first',
    `
    Fatal Python error: Segmentation fault

    Current thread 0x00007f1c (most recent call first):
      File "/app/native.py", line 4 in crash
      File "/app/main.py", line 9 in <module>
    `,
    `
    python
    : 
    - crash /app/native.py:4
    - <module> /app/main.py:9
    `,
  ],
  [
    'recursion, and an exception in a thread',
    `
    Exception in thread Thread-1 (worker):
    Traceback (most recent call last):
      File "/app/w.py", line 3, in f
        f()
      [Previous line repeated 996 more times]
    RecursionError: maximum recursion depth exceeded
    `,
    `
    python
    RecursionError: maximum recursion depth exceeded
    - f /app/w.py:3
    `,
  ],
  [
    'AWS Lambda: the error above its traceback, and only there',
    `
    [ERROR] KeyError: 'id'
    Traceback (most recent call last):
    \u00a0\u00a0File "/var/task/app.py", line 12, in handler
    \u00a0\u00a0\u00a0\u00a0return event['id']
    END RequestId: 1
    [ERROR] ValueError: bad
    Traceback (most recent call last):
      File "/var/task/app.py", line 20, in handler
    `,
    `
    python
    KeyError: 'id'
    - handler /var/task/app.py:12
    ValueError: bad
    - handler /var/task/app.py:20
    `,
  ],
  [
    'AWS Lambda in JSON',
    `
    {"errorMessage": "'id'", "errorType": "KeyError", "requestId": "x", "stackTrace": ["  File \\"/var/task/app.py\\", line 12, in handler\\n    x = event['id']\\n"]}
    {"errorMessage": "bad", "errorType": "ValueError", "stackTrace": ["  File \\"/var/task/app.py\\", line 3, in handler\\n", "  File \\"/var/task/b.py\\", line 4, in g\\n"]}
    `,
    `
    python
    KeyError: 'id'
    - handler /var/task/app.py:12
    ValueError: bad
    - g /var/task/b.py:4
    - handler /var/task/app.py:3
    `,
  ],
  [
    'gunicorn: its next line is no part of the message',
    `
    [2026-11-23 10:00:00 +0000] [7] [ERROR] Exception in worker process
    Traceback (most recent call last):
      File "/app/a.py", line 3, in f
    ZeroDivisionError: division by zero
    [2026-11-23 10:00:00 +0000] [7] [INFO] Worker exiting
    `,
    `
    python
    ZeroDivisionError: division by zero
    - f /app/a.py:3
    `,
  ],
];

describe('traces of Python', () => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
