import { describe, expect, it } from 'vitest';
import { dedent, traceSummary } from '../../../support/builders/traceSummary.ts';

const cases: readonly (readonly [what: string, text: string, read: string])[] = [
  [
    'an uncaught exception with a cause and what both share',
    `
    Exception in thread "main" java.lang.IllegalStateException: Cart is closed
    	at com.acme.shop.Cart.add(Cart.java:12)
    	at com.acme.shop.Main.main(Main.java:30)
    Caused by: java.io.IOException: Connection reset by peer
    	at java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)
    	at com.acme.shop.Db.read(Db.java:44)
    	... 1 more
    `,
    `
    java
    java.lang.IllegalStateException: Cart is closed
    - add [com.acme.shop.Cart] Cart.java:12
    - main [com.acme.shop.Main] Main.java:30
    java.io.IOException: Connection reset by peer
    ~ read0 [sun.nio.ch.SocketDispatcher] ?
    - read [com.acme.shop.Db] Db.java:44
    `,
  ],
  [
    'loaders, modules with versions, and a logger’s jar names',
    `
    java.lang.NullPointerException: null
    	at app//com.acme.Foo.bar(Foo.java:12) ~[shop-1.4.jar!/:1.4]
    	at deployment.shop.war//com.acme.Baz.qux(Baz.java:3)
    	at java.base@17.0.1/java.lang.Thread.run(Thread.java:833) [?:?]
    	at org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:897)
    `,
    `
    java
    java.lang.NullPointerException: null
    - bar [com.acme.Foo] Foo.java:12
    - qux [com.acme.Baz] Baz.java:3
    ~ run [java.lang.Thread] Thread.java:833
    ~ service [org.springframework.web.servlet.FrameworkServlet] FrameworkServlet.java:897
    `,
  ],
  [
    'lambdas, inner classes, constructors and initialisers',
    `
    com.acme.ShopException
    	at com.acme.Foo.lambda$bar$0(Foo.java:12)
    	at com.acme.Foo$Inner.run(Foo.java:20)
    	at com.acme.Foo$$Lambda$14/0x0000000800066840.apply(Unknown Source)
    	at com.acme.Foo$$Lambda/0x00007f0c.apply(Unknown Source)
    	at com.acme.Foo.<init>(Foo.java:3)
    	at com.acme.Foo.<clinit>(Foo.java:2)
    	at com.acme.Foo$Proxy.call(<generated>)
    `,
    `
    java
    com.acme.ShopException: 
    - lambda$bar$0 [com.acme.Foo] Foo.java:12
    - run [com.acme.Foo$Inner] Foo.java:20
    ~ apply [com.acme.Foo$$Lambda$14/0x0000000800066840] ?
    ~ apply [com.acme.Foo$$Lambda/0x00007f0c] ?
    - <init> [com.acme.Foo] Foo.java:3
    - <clinit> [com.acme.Foo] Foo.java:2
    ~ call [com.acme.Foo$Proxy] ?
    `,
  ],
  [
    'Kotlin: file classes, coroutines and names in backticks',
    `
    Exception in thread "main" kotlin.UninitializedPropertyAccessException: lateinit property cart has not been initialized
    	at com.acme.shop.CartKt.total(Cart.kt:5)
    	at com.acme.shop.CheckoutKt$place$1.invokeSuspend(Checkout.kt:17)
    	at com.acme.shop.CartTest.adds two lines(CartTest.kt:9)
    	at kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(ContinuationImpl.kt:33)
    `,
    `
    java
    kotlin.UninitializedPropertyAccessException: lateinit property cart has not been initialized
    - total [com.acme.shop.CartKt] Cart.kt:5
    - invokeSuspend [com.acme.shop.CheckoutKt$place$1] Checkout.kt:17
    - adds two lines [com.acme.shop.CartTest] CartTest.kt:9
    ~ resumeWith [kotlin.coroutines.jvm.internal.BaseContinuationImpl] ContinuationImpl.kt:33
    `,
  ],
  [
    'suppressed exceptions',
    `
    java.lang.Exception: outer
    	at com.acme.A.a(A.java:1)
    	Suppressed: java.lang.RuntimeException: while closing
    		at com.acme.B.close(B.java:2)
    		... 1 more
    	Suppressed: com.acme.Gone
    		at com.acme.C.close(C.java:3)
    `,
    `
    java
    java.lang.Exception: outer
    - a [com.acme.A] A.java:1
    java.lang.RuntimeException: while closing
    - close [com.acme.B] B.java:2
    com.acme.Gone: 
    - close [com.acme.C] C.java:3
    `,
  ],
  [
    'a logger’s line with the error at its end, and a message of several lines',
    `
    2026-11-23 10:00:00.123 ERROR 1 --- [nio-8080-exec-1] c.a.shop.Api : Servlet.service() threw: org.acme.DbException: query failed
    SQL: select 1
    	at org.acme.Db.query(Db.java:7)
    	at com.acme.shop.Api.get(Api.java:8)
    `,
    `
    java
    org.acme.DbException: query failed / SQL: select 1
    - query [org.acme.Db] Db.java:7
    - get [com.acme.shop.Api] Api.java:8
    `,
  ],
  [
    'Scala, Groovy and Clojure',
    `
    scala.MatchError: None (of class scala.None$)
    	at com.acme.Cart$.$anonfun$add$1(Cart.scala:4)
    	at com.acme.Job.run(Job.groovy:9)
    	at shop.core$place_BANG_.invoke(core.clj:12)
    `,
    `
    java
    scala.MatchError: None (of class scala.None$)
    - $anonfun$add$1 [com.acme.Cart$] Cart.scala:4
    - run [com.acme.Job] Job.groovy:9
    - invoke [shop.core$place_BANG_] core.clj:12
    `,
  ],
  [
    'classes without a package, and a class that is no exception by name',
    `
    Exception in thread "main" Boom: now
    	at Main.main(Main.java:3)
    `,
    `
    java
    Boom: now
    - main [Main] Main.java:3
    `,
  ],
  [
    'a wrapped one of logback, root cause first',
    `
    com.acme.Root: disk full
    	at com.acme.Disk.write(Disk.java:4)
    Wrapped by: com.acme.SaveException: not saved
    	at com.acme.Store.save(Store.java:8)
    	... 12 common frames omitted
    `,
    `
    java
    com.acme.Root: disk full
    - write [com.acme.Disk] Disk.java:4
    com.acme.SaveException: not saved
    - save [com.acme.Store] Store.java:8
    `,
  ],
  [
    'a logger’s name before the exception, and an exception whose message names another',
    `
    ERROR 2026-11-23 10:00:00 [http-1] c.a.Cart: java.lang.IllegalStateException: boom
    	at com.acme.Cart.add(Cart.java:12)
    com.acme.CartException: java.io.IOException: closed
    	at com.acme.Cart.add(Cart.java:13)
    `,
    `
    java
    java.lang.IllegalStateException: boom
    - add [com.acme.Cart] Cart.java:12
    com.acme.CartException: java.io.IOException: closed
    - add [com.acme.Cart] Cart.java:13
    `,
  ],
];

describe('traces of Java and Kotlin', () => {
  it.each(cases)('%s', (_what, text, read) => {
    expect(traceSummary(dedent(text))).toBe(dedent(read));
  });
});
