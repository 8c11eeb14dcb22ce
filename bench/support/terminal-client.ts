import { WebSocket } from "ws";
import { ackFrame, inputFrame, serverFrame } from "../../lib/terminal/contract.ts";

/** One who looks on at a terminal and tells at once that what came is drawn: what is measured is the server, not a browser. */
export type TerminalClient = {
  type(text: string): void;
  /** Bytes of output so far. */
  bytes(): number;
  /** Waits until output has this text in it. */
  until(text: string): Promise<void>;
  close(): void;
};

/** Attaches to a terminal by the address that the page's own WebSocket has. */
export async function attachTerminal(address: string, cookie: string): Promise<TerminalClient> {
  const { host } = new URL(address);
  const socket = new WebSocket(address, { headers: { cookie, origin: `http://${host}` } });
  let bytes = 0;
  let tail = "";
  let waiting: { text: string; done: () => void } | undefined;
  socket.on("message", (data: Buffer) => {
    if (data[0] !== serverFrame.output) return;
    bytes += data.length - 1;
    socket.send(ackFrame(data.length - 1));
    if (!waiting) return;
    tail = (tail + data.toString("latin1", 1)).slice(-data.length - waiting.text.length);
    if (!tail.includes(waiting.text)) return;
    const { done } = waiting;
    waiting = undefined;
    done();
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    type: (text) => socket.send(inputFrame(Buffer.from(text))),
    bytes: () => bytes,
    until(text) {
      tail = "";
      return new Promise((done) => {
        waiting = { text, done };
      });
    },
    close: () => socket.close(),
  };
}
