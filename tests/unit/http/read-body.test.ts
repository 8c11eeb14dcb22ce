import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { NodeRequest } from "srvx/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBytes, readJsonBody } from "@/lib/http/read-body";

const maxBytes = 1000;
let port: number;
/** What reading each request's body came to, in the order of the requests. */
let readings: Promise<unknown>[];
let told: PromiseWithResolvers<void>;
let read: (request: Request) => Promise<unknown>;
const server = createServer((req, res) => {
  const reading = read(new NodeRequest({ req, res }));
  readings.push(reading);
  told.resolve();
  reading.then(
    () => res.end("read"),
    () => res.writeHead(413).end("not read"),
  );
});

beforeEach(async () => {
  readings = [];
  told = Promise.withResolvers();
  read = (request) => readJsonBody(request, maxBytes);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (body: BodyInit) =>
  fetch(`http://127.0.0.1:${port}/`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    duplex: "half",
  } as RequestInit);

/** A body that comes in several pieces and tells no length. */
const inPieces = (...pieces: string[]) =>
  new ReadableStream({
    async start(controller) {
      for (const piece of pieces) {
        controller.enqueue(new TextEncoder().encode(piece));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      controller.close();
    },
  });

test("a body from the socket is read whole, however many pieces it comes in", async () => {
  expect((await post('{"text":"one"}')).status).toBe(200);
  expect((await post(inPieces('{"te', 'xt":"t', 'wo"}'))).status).toBe(200);
  await expect(Promise.all(readings)).resolves.toEqual([{ text: "one" }, { text: "two" }]);
});

test("a body without a byte ends too", async () => {
  read = (request) => readBytes(request, maxBytes);
  expect((await post("")).status).toBe(200);
  await expect(readings[0]).resolves.toHaveLength(0);
});

test("a body that tells no length is refused once it is past the limit", async () => {
  expect((await post(inPieces('"', "x".repeat(900), "x".repeat(900), '"'))).status).toBe(413);
  await expect(readings[0]).rejects.toMatchObject({ code: "too_large" });
});

test("a body that breaks off ends its reading, also when it did so before the reading began", async () => {
  const begun = Promise.withResolvers<void>();
  const readEarly = read;
  for (const isLate of [false, true]) {
    told = Promise.withResolvers();
    if (isLate) read = (request) => begun.promise.then(() => readEarly(request));
    const client = connect(port, "127.0.0.1");
    client.write('POST / HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"te');
    await told.promise;
    client.destroy();
    if (isLate) setTimeout(() => begun.resolve(), 100);
    await expect(readings.at(-1)).rejects.toMatchObject({ code: "invalid_request" });
  }
});
