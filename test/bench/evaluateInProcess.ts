/** Where Node listens once a debugger was asked for. */
const inspectorAddress = 'http://127.0.0.1:9229/json/list';
const timeoutMs = 10_000;

/**
 * Collects the garbage of a Node process of this machine, evaluates an expression in it and gives the value. Nothing has to
 * be loaded into it for that: a signal opens its debugger, which stays open. Throws when it cannot be reached within 10 s.
 */
export async function evaluateInProcess<T>(pid: number, expression: string): Promise<T> {
  process.kill(pid, 'SIGUSR1');
  const socket = await connect(await debuggerAddress());
  try {
    const evaluate = async (source: string): Promise<unknown> => {
      const { result } = await call<{ readonly result: { readonly value: unknown } }>(socket, 'Runtime.evaluate', {
        expression: source,
        returnByValue: true,
      });
      return result.value;
    };
    if ((await evaluate('process.pid')) !== pid) throw new Error('another process listens on the port of the debugger');
    await call(socket, 'HeapProfiler.collectGarbage', {});
    return (await evaluate(expression)) as T;
  } finally {
    socket.close();
  }
}

async function debuggerAddress(): Promise<string> {
  for (const end = performance.now() + timeoutMs; ;) {
    try {
      const targets = (await (await fetch(inspectorAddress)).json()) as { readonly webSocketDebuggerUrl: string }[];
      if (targets[0]) return targets[0].webSocketDebuggerUrl;
    } catch (error) {
      if (performance.now() > end) throw new Error(`no debugger answers on ${inspectorAddress}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function connect(address: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      resolve(socket);
    });
    socket.addEventListener('error', () => {
      reject(new Error(`no debugger at ${address}`));
    });
  });
}

let lastId = 0;

function call<T>(socket: WebSocket, method: string, params: object): Promise<T> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listen = ({ data }: { readonly data: unknown }): void => {
      const answer = JSON.parse(String(data)) as { readonly id?: number; readonly result: T; readonly error?: object };
      if (answer.id !== id) return;
      socket.removeEventListener('message', listen);
      if (answer.error === undefined) resolve(answer.result);
      else reject(new Error(`${method} failed: ${JSON.stringify(answer.error)}`));
    };
    socket.addEventListener('message', listen);
    setTimeout(() => {
      reject(new Error(`${method} did not answer within ${timeoutMs / 1000} s`));
    }, timeoutMs).unref();
    socket.send(JSON.stringify({ id, method, params }));
  });
}
