/**
 * Takes a connection and collects writes: commit() carries them all out and gives the connection back,
 * rollback() forgets them.
 */
export async function beginTransaction(pool) {
  const connection = await pool.acquire();
  const writes = [];

  return {
    read: (query) => query(connection),
    write: (statement) => void writes.push(statement),
    async commit() {
      for (const statement of writes) await statement(connection);
      pool.release(connection);
    },
    rollback() {
      writes.length = 0;
      pool.release(connection);
    },
  };
}
