/** The process answers: restart it when this fails. */
export function live({ build }) {
  return { status: 'up', service: 'checkout', ...build };
}

/** The process can do its work: send it no traffic while this fails. */
export async function ready({ db, build }) {
  const database = await check(async () => {
    const connection = await db.pool.acquire();
    try {
      await connection.ping();
    } finally {
      db.pool.release(connection);
    }
  });
  const isUp = database.status === 'up';
  return {
    httpStatus: isUp ? 200 : 503,
    body: { status: database.status, version: build.version, schema: db.schema, checks: { database } },
  };
}

async function check(probe) {
  try {
    await probe();
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', error: error.message };
  }
}
