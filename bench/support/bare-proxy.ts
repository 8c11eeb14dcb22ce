/** The floor for a gateway in Node: passes requests on to a host and its answers back, and does nothing else. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, stream } from "undici";

const [host = ""] = process.argv.slice(2);
const dispatcher = new Agent({ pipelining: 1 });

const server = createServer((request, response) => {
  stream(
    `${host}${request.url}`,
    { method: "POST", headers: { "content-type": "application/json" }, body: request, dispatcher },
    (answer) => {
      response.writeHead(answer.statusCode, { "content-type": String(answer.headers["content-type"]) });
      return response;
    },
  ).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
