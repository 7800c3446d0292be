import { describe, expect, it } from 'vitest';
import { dedent, traceSummary } from '../../../support/builders/traceSummary.ts';

const cases: readonly (readonly [what: string, text: string, read: string])[] = [
  [
    'V8 with async frames of ES modules',
    `
    PoolTimeout: No database connection became free within 500 ms (8 of 8 in use)
        at Object.acquire (file:///srv/checkout/src/pool.js:15:11)
        at process.processTicksAndRejections (node:internal/process/task_queues:104:5)
        at async beginTransaction (file:///srv/checkout/src/transaction.js:6:22)
        at async file:///srv/checkout/src/respond.js:44:12
    `,
    `
    javascript
    PoolTimeout: No database connection became free within 500 ms (8 of 8 in use)
    - acquire /srv/checkout/src/pool.js:15:11
    ~ process.processTicksAndRejections node:internal/process/task_queues:104:5
    - beginTransaction /srv/checkout/src/transaction.js:6:22
    - ? /srv/checkout/src/respond.js:44:12
    `,
  ],
  [
    'CommonJS, methods with aliases, constructors and the module itself',
    `
    /usr/src/app/lib/cart.js:12
        throw new TypeError("Cannot read properties of undefined (reading 'price')");
        ^

    TypeError: Cannot read properties of undefined (reading 'price')
        at Cart.add [as put] (/usr/src/app/lib/cart.js:12:11)
        at new Order (/usr/src/app/lib/order.js:3:5)
        at Function.Order.from (/usr/src/app/lib/order.js:9:10)
        at Layer.handle [as handle_request] (/usr/src/app/node_modules/express/lib/router/layer.js:95:5)
        at Object.<anonymous> (/usr/src/app/index.js:7:1)
        at Module._compile (node:internal/modules/cjs/loader:1358:14)
        at Array.map (<anonymous>)
        at /usr/src/app/index.js:1:1

    Node.js v22.1.0
    `,
    `
    javascript
    TypeError: Cannot read properties of undefined (reading 'price')
    - Cart.add [Cart] /usr/src/app/lib/cart.js:12:11
    - new Order /usr/src/app/lib/order.js:3:5
    - Function.Order.from [Order] /usr/src/app/lib/order.js:9:10
    ~ Layer.handle [Layer] /usr/src/app/node_modules/express/lib/router/layer.js:95:5
    - <anonymous> /usr/src/app/index.js:7:1
    ~ Module._compile [Module] node:internal/modules/cjs/loader:1358:14
    ~ Array.map [Array] ?
    - ? /usr/src/app/index.js:1:1
    `,
  ],
  [
    'a cause, with what it shares left out',
    `
    Error: Checkout failed
        at placeOrder (/app/src/checkout.ts:20:9)
        at async respond (/app/src/respond.ts:4:3) {
      [cause]: CardDeclined: The card was declined
          at charge (/app/src/payments.ts:8:11)
          ... 2 lines matching cause stack trace ...
          at async respond (/app/src/respond.ts:4:3) {
        code: 'card_declined'
      }
    }
    `,
    `
    javascript
    Error: Checkout failed
    - placeOrder /app/src/checkout.ts:20:9
    - respond /app/src/respond.ts:4:3
    CardDeclined: The card was declined
    - charge /app/src/payments.ts:8:11
    - respond /app/src/respond.ts:4:3
    `,
  ],
  [
    'an AggregateError as Node prints it',
    `
    AggregateError: All promises were rejected
        at async Promise.any (index 0)
        at async main (/app/main.js:4:3) {
      [errors]: [
        Error: primary is down
            at primary (/app/db.js:3:9),
        Error: replica is down
            at replica (/app/db.js:7:9)
      ]
    }
    `,
    `
    javascript
    AggregateError: All promises were rejected
    ~ Promise.any (index 0) ?
    - main /app/main.js:4:3
    Error: primary is down
    - primary /app/db.js:3:9
    Error: replica is down
    - replica /app/db.js:7:9
    `,
  ],
  [
    'eval: the place of the call',
    `
    ReferenceError: x is not defined
        at eval (eval at run (/app/src/run.js:3:5), <anonymous>:1:1)
        at eval (eval at <anonymous> (/app/src/tpl.js:9:1), <anonymous>:2:7)
        at run (/app/src/run.js:3:5)
    `,
    `
    javascript
    ReferenceError: x is not defined
    - eval /app/src/run.js:3:5
    - eval /app/src/tpl.js:9:1
    - run /app/src/run.js:3:5
    `,
  ],
  [
    'Windows paths and file URLs with escapes',
    `
    Error: boom
        at load (C:\\repo\\shop\\src\\cart.js:12:3)
        at file:///C:/repo/My%20Shop/src/main.mjs:1:1
        at file:///home/robin/100%/main.mjs:2:1
    `,
    `
    javascript
    Error: boom
    - load C:/repo/shop/src/cart.js:12:3
    - ? C:/repo/My Shop/src/main.mjs:1:1
    - ? /home/robin/100%/main.mjs:2:1
    `,
  ],
  [
    'webpack, Next.js and Turbopack addresses',
    `
    Error: boom
        at add (webpack://shop/./src/cart.ts?a1b2:14:9)
        at page (webpack-internal:///(rsc)/./app/page.tsx:9:11)
        at next (webpack://_N_E/../src/shared.ts:1:2)
        at turbo (turbopack://[project]/src/turbo.ts:3:4)
        at __webpack_require__ (webpack:///webpack/bootstrap:19:32)
        at main (https://shop.test/static/js/main.3f2a.js?v=2:1:4711)
    `,
    `
    javascript
    Error: boom
    - add src/cart.ts:14:9
    - page app/page.tsx:9:11
    - next src/shared.ts:1:2
    - turbo src/turbo.ts:3:4
    ~ __webpack_require__ webpack/bootstrap:19:32
    - main /static/js/main.3f2a.js:1:4711
    `,
  ],
  [
    'Firefox and Safari',
    `
    add@https://shop.test/static/cart.js:14:9
    async*main@https://shop.test/static/main.js:3:4
    Cart.prototype.put@https://shop.test/static/cart.js:20:1
    outer/inner<@https://shop.test/static/cart.js:21:7
    eval code@[native code]
    @webpack://shop/./src/x.ts:3:4
    run@https://shop.test/a.js line 12 > eval:1:1
    global code@https://shop.test/@scope/pkg/x.js:1:2
    `,
    `
    javascript
    : 
    - add /static/cart.js:14:9
    - main /static/main.js:3:4
    - Cart.prototype.put [Cart] /static/cart.js:20:1
    - outer/inner /static/cart.js:21:7
    - ? src/x.ts:3:4
    - run /a.js:12
    `,
  ],
  [
    'a rejection in a browser’s console',
    `
    Uncaught (in promise) TypeError: Failed to fetch
        at load (http://localhost:5173/src/api.ts:4:17)
    `,
    `
    javascript
    TypeError: Failed to fetch
    - load /src/api.ts:4:17
    `,
  ],
  [
    'an error with a code, a message of several lines, and a framework’s prefix',
    `
    Error [ERR_REQUIRE_ESM]: require() of ES Module not supported.
    Instead change the require to a dynamic import().
        at Object.<anonymous> (/app/x.cjs:1:1)
    Caused by: RangeError: Invalid array length
        at grow (/app/y.js:2:2)
    `,
    `
    javascript
    Error: require() of ES Module not supported. / Instead change the require to a dynamic import().
    - <anonymous> /app/x.cjs:1:1
    RangeError: Invalid array length
    - grow /app/y.js:2:2
    `,
  ],
  [
    'Node before 16, Deno and Bun',
    `
    Error: old
        at f (/app/a.js:1:1)
        at Server.emit (events.js:315:20)
        at listOnTimeout (internal/timers.js:554:17)
        at ext:core/01_core.js:123:9
        at bun:main:1:1
    `,
    `
    javascript
    Error: old
    - f /app/a.js:1:1
    ~ Server.emit [Server] events.js:315:20
    ~ listOnTimeout internal/timers.js:554:17
    ~ ? ext:core/01_core.js:123:9
    ~ ? bun:main:1:1
    `,
  ],
  [
    'lines of another program in between',
    `
    TypeError: x is not a function
        at a (/app/a.js:1:1)
    GET /health 200 1.2 ms
        at b (/app/b.js:2:2)
    [info] request done
        at c (/app/c.js:3:3)
    `,
    `
    javascript
    TypeError: x is not a function
    - a /app/a.js:1:1
    - b /app/b.js:2:2
    - c /app/c.js:3:3
    `,
  ],
  [
    'console.trace and a stack without a head',
    `
        at a (/app/a.ts:1:1)
        at b (/app/b.tsx:2:2)
    `,
    `
    javascript
    : 
    - a /app/a.ts:1:1
    - b /app/b.tsx:2:2
    `,
  ],
  [
    'messages of several lines: of an error of any name, and of its cause',
    `
    Boom: first
    second line
        at fail (/app/a.js:1:1) {
      [cause]: Error: inner
      more of it
          at deep (/app/b.js:2:2)
    }
    `,
    `
    javascript
    Boom: first / second line
    - fail /app/a.js:1:1
    Error: inner / more of it
    - deep /app/b.js:2:2
    `,
  ],
  [
    'paths with spaces, parentheses and colons',
    `
    Error: odd
        at f (/app/my shop (old)/a.js:1:2)
        at async Promise.all (index 3)
        at g (/app/a:b.js:3:4)
    `,
    `
    javascript
    Error: odd
    - f /app/my shop (old)/a.js:1:2
    ~ Promise.all (index 3) ?
    - g /app/a:b.js:3:4
    `,
  ],
];

describe('traces of JavaScript and TypeScript', () => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
