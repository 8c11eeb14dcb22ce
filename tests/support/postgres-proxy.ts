import { connect, createServer, type Socket } from "node:net";

export type PostgresProxy = Awaited<ReturnType<typeof postgresProxy>>;

/** A TCP proxy before the Postgres at `url`, through which its connections can be lost in the ways that networks lose them. */
export async function postgresProxy(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  let losing: { tag: string; lost: () => void } | undefined;

  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (bytes) => upstream.write(bytes));
    upstream.on("data", (bytes) => {
      if (!losing || !bytes.includes(losing.tag)) return client.write(bytes);
      // The server is done and ready for the next query: what it did is stored, and the client will not hear of it.
      losing.lost();
      losing = undefined;
      end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const through = new URL(url);
  through.port = String(port);
  through.hostname = "127.0.0.1";
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    /** Loses the server's next answer that carries `tag`, as in `INSERT 0 1`, and its connection with it. Settles when that has happened. */
    loseNextAnswer: (tag: string) =>
      new Promise<void>((lost) => {
        losing = { tag, lost };
      }),
    /** Ends every connection and refuses new ones until `restore`. */
    cut,
    restore() {
      isCut = false;
    },
    async close(): Promise<void> {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
