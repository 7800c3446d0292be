import { describe, expect, it } from 'vitest';
import { dedent, traceSummary } from '../../../support/builders/traceSummary.ts';

const cases: readonly (readonly [what: string, text: string, read: string])[] = [
  [
    'a panic with its goroutine',
    `
    panic: runtime error: invalid memory address or nil pointer dereference
    [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47b2a3]

    goroutine 1 [running]:
    github.com/acme/shop/internal/cart.(*Cart).Add(0x0, {0xc000012345, 0x3})
    	/app/internal/cart/cart.go:12 +0x1f
    main.main()
    	/app/cmd/shop/main.go:30 +0x2a5
    exit status 2
    `,
    `
    go
    panic: runtime error: invalid memory address or nil pointer dereference
    - Add [Cart] /app/internal/cart/cart.go:12
    - main [main] /app/cmd/shop/main.go:30
    `,
  ],
  [
    'one that was recovered and thrown again, with the runtime’s frames',
    `
    panic: boom [recovered]
    	panic: boom

    goroutine 7 [running]:
    testing.tRunner.func1.2({0x512340, 0x5a1f80})
    	/usr/local/go/src/testing/testing.go:1631 +0x24a
    panic({0x512340?, 0x5a1f80?})
    	/usr/local/go/src/runtime/panic.go:770 +0x132
    github.com/acme/shop/stock.Take(...)
    	/home/robin/shop/stock/stock.go:9
    created by testing.(*T).Run in goroutine 1
    	/usr/local/go/src/testing/testing.go:1742 +0x390
    `,
    `
    go
    panic: boom
    ~ tRunner.func1.2 [testing] /usr/local/go/src/testing/testing.go:1631
    ~ panic /usr/local/go/src/runtime/panic.go:770
    - Take [github.com/acme/shop/stock] /home/robin/shop/stock/stock.go:9
    ~ Run [T] /usr/local/go/src/testing/testing.go:1742
    `,
  ],
  [
    'several goroutines, closures, and who began them',
    `
    fatal error: all goroutines are asleep - deadlock!

    goroutine 1 [semacquire]:
    sync.runtime_Semacquire(0xc0000121b8?)
    	/usr/local/go/src/runtime/sema.go:62 +0x25
    main.main()
    	/repo/main.go:18 +0xa5

    goroutine 18 [chan receive, 2 minutes]:
    main.worker.func1()
    	/repo/main.go:9 +0x3a
    created by main.worker
    	/repo/main.go:8 +0x6c
    `,
    `
    go
    fatal error: all goroutines are asleep - deadlock!
    ~ runtime_Semacquire [sync] /usr/local/go/src/runtime/sema.go:62
    - main [main] /repo/main.go:18
    goroutine 18: chan receive, 2 minutes
    - worker.func1 [main] /repo/main.go:9
    - worker [main] /repo/main.go:8
    `,
  ],
  [
    'modules, vendored code, and paths that -trimpath shortened',
    `
    panic: bad

    goroutine 1 [running]:
    gopkg.in/yaml%2ev3.handleErr(0xc00011fd58)
    	/go/pkg/mod/gopkg.in/yaml.v3@v3.0.1/yaml.go:294 +0x6d
    github.com/pkg/errors.New({0x1, 0x2})
    	/app/vendor/github.com/pkg/errors/errors.go:102 +0x1
    github.com/acme/shop/internal/cart.Total[...]({0xc0, 0x1, 0x1})
    	github.com/acme/shop/internal/cart/total.go:4 +0x9
    net/http.HandlerFunc.ServeHTTP(0xc0, {0x7, 0x8}, 0x9)
    	net/http/server.go:2136 +0x29
    github.com/acme/dep.Do()
    	github.com/acme/dep@v1.2.0/do.go:3 +0x2
    `,
    `
    go
    panic: bad
    ~ handleErr [gopkg.in/yaml.v3] /go/pkg/mod/gopkg.in/yaml.v3@v3.0.1/yaml.go:294
    ~ New [github.com/pkg/errors] /app/vendor/github.com/pkg/errors/errors.go:102
    - Total[...] [github.com/acme/shop/internal/cart] github.com/acme/shop/internal/cart/total.go:4
    ~ HandlerFunc.ServeHTTP [net/http] net/http/server.go:2136
    ~ Do [github.com/acme/dep] github.com/acme/dep@v1.2.0/do.go:3
    `,
  ],
  [
    'a stack of pkg/errors, without a goroutine',
    `
    order not placed: connection refused
    github.com/acme/shop/orders.(*Store).Insert
    	/app/orders/store.go:41
    runtime.goexit
    	/usr/local/go/src/runtime/asm_amd64.s:1650
    `,
    `
    go
    : order not placed: connection refused
    - Insert [Store] /app/orders/store.go:41
    ~ goexit [runtime] /usr/local/go/src/runtime/asm_amd64.s:1650
    `,
  ],
  [
    'Windows, and a GOPATH that is no GOROOT',
    `
    goroutine 1 [running]:
    main.main()
    	C:/repo/shop/main.go:3 +0x1
    github.com/acme/old.Do()
    	/home/robin/go/src/github.com/acme/old/do.go:5 +0x1
    `,
    `
    go
    goroutine 1: running
    - main [main] C:/repo/shop/main.go:3
    - Do [github.com/acme/old] /home/robin/go/src/github.com/acme/old/do.go:5
    `,
  ],
  [
    'two stacks of pkg/errors: the cause’s and that of what wraps it',
    `
    connection refused
    main.dial
    	/app/dial.go:4
    main.main
    	/app/main.go:7
    order not placed
    main.place
    	/app/place.go:9
    `,
    `
    go
    : connection refused
    - dial [main] /app/dial.go:4
    - main [main] /app/main.go:7
    : order not placed
    - place [main] /app/place.go:9
    `,
  ],
  [
    'panics that net/http caught',
    `
    2026/11/23 10:00:00 http: panic serving 10.0.0.1:5: runtime error: index out of range [3]
    goroutine 34 [running]:
    net/http.(*conn).serve.func1()
    	/usr/local/go/src/net/http/server.go:1868 +0xb9
    main.a()
    	/app/a.go:7 +0x25
    2026/11/23 10:00:00 http: panic serving [::1]:6: boom
    goroutine 35 [running]:
    main.b()
    	/app/b.go:7 +0x25
    `,
    `
    go
    panic: runtime error: index out of range [3]
    ~ serve.func1 [conn] /usr/local/go/src/net/http/server.go:1868
    - a [main] /app/a.go:7
    panic: boom
    - b [main] /app/b.go:7
    `,
  ],
  [
    'panics that Gin recovered from',
    `
    2026/11/23 10:00:00 [Recovery] 2026/11/23 - 10:00:00 panic recovered:
    GET / HTTP/1.1
    Host: shop.test

    runtime error: index out of range [3]
    /usr/local/go/src/runtime/panic.go:88 (0x43)
    	goPanicIndex: panic(boundsError{x: int64(x)})
    /app/cart.go:12 (0x7a)
    	(*Cart).Add: return x[3]
    /app/main.go:7 (0x7b)
    	main: run()

    2026/11/23 10:00:01 [Recovery] 2026/11/23 - 10:00:01 panic recovered:
    boom
    /app/b.go:7 (0x7c)
    	b: ???
    `,
    `
    go
    panic: runtime error: index out of range [3]
    ~ goPanicIndex /usr/local/go/src/runtime/panic.go:88
    - (*Cart).Add /app/cart.go:12
    - main /app/main.go:7
    panic: boom
    - b /app/b.go:7
    `,
  ],
];

it('the message of zap stands in another field than its stack', () => {
  const line = (msg: string, file: string): string =>
    JSON.stringify({
      level: 'error',
      ts: 1,
      msg,
      stacktrace: `main.f\n\t/app/${file}.go:12\nmain.main\n\t/app/main.go:3`,
    });
  expect(traceSummary(`${line('boom', 'a')}\n${line('bang', 'b')}\n`).split('\n')).toEqual([
    'go',
    ...[': boom', '- f [main] /app/a.go:12', '- main [main] /app/main.go:3'],
    ...[': bang', '- f [main] /app/b.go:12', '- main [main] /app/main.go:3'],
  ]);
});

describe('traces of Go', () => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
