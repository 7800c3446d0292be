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
    : 
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
];

describe('traces of Go', () => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
