import { describe, expect, it } from 'vitest';
import { dedent, traceSummary } from '../../../support/builders/traceSummary.ts';

type Case = readonly [what: string, text: string, read: string];

const ruby: readonly Case[] = [
  [
    'Ruby 3.4 with class names',
    `
    /app/lib/cart.rb:12:in 'Cart#add': sold out (OutOfStock)
    	from /app/lib/order.rb:3:in 'block (2 levels) in Order.place'
    	from /usr/local/bundle/gems/rack-3.0.8/lib/rack/method_override.rb:28:in 'Rack::MethodOverride#call'
    	from <internal:kernel>:187:in 'Kernel#loop'
    `,
    `
    ruby
    OutOfStock: sold out
    - Cart#add [Cart] /app/lib/cart.rb:12
    - block (2 levels) in Order.place [Order] /app/lib/order.rb:3
    ~ Rack::MethodOverride#call [Rack::MethodOverride] /usr/local/bundle/gems/rack-3.0.8/lib/rack/method_override.rb:28
    ~ Kernel#loop [Kernel] ?
    `,
  ],
  [
    'Ruby 3.3 with its backtick, and a script without an ending',
    `
    bin/shop:4:in \`fetch': key not found: "STRIPE_URL" (KeyError)
    	from bin/shop:4:in \`<main>'
    `,
    `
    ruby
    KeyError: key not found: "STRIPE_URL"
    - fetch bin/shop:4
    - <main> bin/shop:4
    `,
  ],
  [
    'the log of Rails',
    `
    NoMethodError (undefined method 'price' for nil):

    app/models/cart.rb:12:in 'Cart#total'
    app/controllers/carts_controller.rb:5:in 'CartsController#show'
    `,
    `
    ruby
    NoMethodError: undefined method 'price' for nil
    - Cart#total [Cart] app/models/cart.rb:12
    - CartsController#show [CartsController] app/controllers/carts_controller.rb:5
    `,
  ],
  [
    'Ruby 2.5 in a terminal: the outermost first',
    `
    Traceback (most recent call last):
    	2: from main.rb:9:in \`<main>'
    	1: from main.rb:5:in \`outer'
    main.rb:2:in \`inner': boom (RuntimeError)
    `,
    `
    ruby
    RuntimeError: boom
    - inner main.rb:2
    - outer main.rb:5
    - <main> main.rb:9
    `,
  ],
];

const php: readonly Case[] = [
  [
    'an uncaught exception: each place with the function it is in',
    `
    PHP Fatal error:  Uncaught Shop\\OutOfStock: tent-2p is sold out in /var/www/html/src/Cart.php:12
    Stack trace:
    #0 /var/www/html/src/Checkout.php(30): Shop\\Cart->add('tent-2p')
    #1 /var/www/html/vendor/slim/slim/Slim/App.php(99): Shop\\Checkout::place()
    #2 [internal function]: Slim\\App->run()
    #3 {main}
      thrown in /var/www/html/src/Cart.php on line 12
    `,
    `
    php
    Shop\\OutOfStock: tent-2p is sold out
    - add [Shop\\Cart] /var/www/html/src/Cart.php:12
    - place [Shop\\Checkout] /var/www/html/src/Checkout.php:30
    ~ run [Slim\\App] /var/www/html/vendor/slim/slim/Slim/App.php:99
    ~ {main} ?
    `,
  ],
  [
    'an error without a trace',
    `
    [23-Nov-2026 10:00:00 UTC] PHP Warning:  Undefined array key "sku" in /app/src/Cart.php on line 3
    `,
    `
    php
    Warning: Undefined array key "sku"
    - ? /app/src/Cart.php:3
    `,
  ],
  [
    'one exception because of another: what was reported first',
    `
    PDOException: SQLSTATE[HY000] [2002] Connection refused in /app/src/Db.php:4
    Stack trace:
    #0 /app/src/Db.php(4): PDO->__construct('mysql:host=db')
    #1 {main}

    Next RuntimeException: No database in /app/src/Db.php:9
    Stack trace:
    #0 /app/public/index.php(3): Db->open()
    #1 {main}
    `,
    `
    php
    RuntimeException: No database
    - open [Db] /app/src/Db.php:9
    - {main} /app/public/index.php:3
    PDOException: SQLSTATE[HY000] [2002] Connection refused
    - __construct [PDO] /app/src/Db.php:4
    - {main} /app/src/Db.php:4
    `,
  ],
  [
    'Laravel’s log',
    `
    [2026-11-23 10:00:00] production.ERROR: boom {"exception":"[object] (RuntimeException(code: 0): boom at /app/app/Cart.php:7)
    [stacktrace]
    #0 /app/app/Http/Controllers/CartController.php(12): App\\\\Cart->add()
    #1 {main}
    "}
    `,
    `
    php
    RuntimeException: boom
    - add [App\\\\Cart] /app/app/Cart.php:7
    - {main} /app/app/Http/Controllers/CartController.php:12
    `,
  ],
];

const csharp: readonly Case[] = [
  [
    'an inner exception, whose outer one goes on behind it',
    `
    Unhandled exception. System.InvalidOperationException: Order not placed
     ---> System.TimeoutException: The operation has timed out.
       at Acme.Shop.Db.Query(String sql, Int32 timeout) in /src/Shop/Db.cs:line 44
       --- End of inner exception stack trace ---
       at Acme.Shop.Cart.AddAsync(String sku) in /src/Shop/Cart.cs:line 12
       at System.Threading.Tasks.Task.Run[TResult](Func\`1 function)
    `,
    `
    csharp
    System.InvalidOperationException: Order not placed
    - AddAsync [Cart] /src/Shop/Cart.cs:12
    ~ Run[TResult] [Task] ?
    System.TimeoutException: The operation has timed out.
    - Query [Db] /src/Shop/Db.cs:44
    `,
  ],
  [
    'state machines, lambdas, constructors and Windows paths',
    `
    System.NullReferenceException: Object reference not set to an instance of an object.
       at Acme.Cart.<AddAsync>d__5.MoveNext() in C:\\repo\\shop\\Cart.cs:line 12
    --- End of stack trace from previous location ---
       at Acme.Cart.<>c__DisplayClass0_0.<Total>b__0(Line line) in C:\\repo\\shop\\Cart.cs:line 20
       at Acme.Cart..ctor() in /_/src/Cart.cs:line 3
       at Program.<Main>$(String[] args) in /app/Program.cs:line 1
    `,
    `
    csharp
    System.NullReferenceException: Object reference not set to an instance of an object.
    - AddAsync [Cart] C:/repo/shop/Cart.cs:12
    - Total [Cart] C:/repo/shop/Cart.cs:20
    - .ctor [Cart] /_/src/Cart.cs:3
    - <Main>$ [Program] /app/Program.cs:1
    `,
  ],
];

const rust: readonly Case[] = [
  [
    'a panic with a backtrace',
    `
    thread 'main' panicked at src/main.rs:10:5:
    called \`Option::unwrap()\` on a \`None\` value
    stack backtrace:
       0: rust_begin_unwind
                 at /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/panicking.rs:665:5
       1: core::panicking::panic_fmt
                 at /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/core/src/panicking.rs:76:14
       2: shop::cart::Cart::add::h0123456789abcdef
                 at ./src/main.rs:10:5
       3: shop::main
                 at ./src/main.rs:3:5
       4: tokio::runtime::Runtime::block_on
                 at /home/robin/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.38.0/src/runtime/runtime.rs:351:9
    note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
    `,
    `
    rust
    panic: called \`Option::unwrap()\` on a \`None\` value
    ~ rust_begin_unwind /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/panicking.rs:665:5
    ~ core::panicking::panic_fmt /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/core/src/panicking.rs:76:14
    - shop::cart::Cart::add src/main.rs:10:5
    - shop::main src/main.rs:3:5
    ~ tokio::runtime::Runtime::block_on /home/robin/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.38.0/src/runtime/runtime.rs:351:9
    `,
  ],
  [
    'a panic alone, as older and newer versions write it',
    `
    thread 'worker-3' panicked at 'index out of bounds: the len is 3 but the index is 7', src/stock.rs:9:13
    note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
    thread '<unnamed>' (4711) panicked at crates/pay/src/lib.rs:4:1:
    declined
    `,
    `
    rust
    panic: index out of bounds: the len is 3 but the index is 7
    - ? src/stock.rs:9:13
    panic: declined
    - ? crates/pay/src/lib.rs:4:1
    `,
  ],
  [
    'anyhow',
    `
    Error: could not place the order

    Caused by:
        connection refused

    Stack backtrace:
       0: anyhow::error::<impl anyhow::Error>::msg
       1: shop::place
                 at ./src/place.rs:8:9
    `,
    `
    rust
    Error: could not place the order
    ~ anyhow::error::<impl anyhow::Error>::msg ?
    - shop::place src/place.rs:8:9
    `,
  ],
];

describe.each([
  ['Ruby', ruby],
  ['PHP', php],
  ['C#', csharp],
  ['Rust', rust],
] as const)('traces of %s', (_language, cases) => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
