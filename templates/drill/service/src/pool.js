import { PoolTimeout } from './errors.js';

/** Hands out at most `size` connections; who comes late waits up to `acquireTimeout` milliseconds. */
export function createPool({ size, acquireTimeout, connect }) {
  const idle = Array.from({ length: size }, connect);
  const queue = [];
  let timeouts = 0;

  /** Takes a connection; whoever calls this has to give it back with release(). */
  async function acquire() {
    const connection = idle.pop() ?? (await nextInLine());
    if (connection) return connection;
    timeouts += 1;
    throw new PoolTimeout(
      `No database connection became free within ${acquireTimeout} ms (${size - idle.length} of ${size} in use)`,
    );
  }

  function release(connection) {
    const waiting = queue.shift();
    if (waiting) waiting(connection);
    else idle.push(connection);
  }

  function nextInLine() {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(take), 1);
        resolve(undefined);
      }, acquireTimeout);
      const take = (connection) => {
        clearTimeout(timer);
        resolve(connection);
      };
      queue.push(take);
    });
  }

  return {
    size,
    acquire,
    release,
    get inUse() {
      return size - idle.length;
    },
    get waiting() {
      return queue.length;
    },
    get timeouts() {
      return timeouts;
    },
  };
}
