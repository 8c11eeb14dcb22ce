import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import headless from "@xterm/headless";
import { WebSocket } from "ws";
import { ackFrame, inputFrame, type Notice, resizeFrame, type ShellSize, serverFrame } from "@/lib/terminal/contract";
import type { TakeUpgrade } from "@/lib/terminal/terminal-upgrades";
import { eventually } from "./api-client";

type Options = {
  cookie: string;
  id: string;
  size?: ShellSize;
  origin?: string;
  /** Whether it tells what it has drawn, as the page does; true unless told. */
  acks?: boolean;
};

/** A server that hands its upgrades to `take`, as Hearth's does. */
export async function upgradeServer(take: TakeUpgrade) {
  const server = createServer();
  server.on("upgrade", (request, socket, head) => {
    if (!take(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, close };
}

/** Looks on at a shell as the page does: a real WebSocket, and a real terminal that draws what comes. */
export function viewShell(url: string, { cookie, id, size = { cols: 80, rows: 24 }, origin = url, acks = true }: Options) {
  const terminal = new headless.Terminal({ ...size, scrollback: 10_000, allowProposedApi: true });
  const notices: Notice[] = [];
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/terminal/${id}?cols=${size.cols}&rows=${size.rows}`, {
    headers: { cookie, origin },
  });
  let receivedBytes = 0;
  let firstOutput: string | undefined;
  let end: { code: number } | { status: number } | undefined;
  socket.on("message", (data: Buffer) => {
    const bytes = data.subarray(1);
    if (data[0] === serverFrame.output) {
      receivedBytes += bytes.length;
      firstOutput ??= bytes.toString();
      terminal.write(bytes, () => acks && socket.readyState === socket.OPEN && socket.send(ackFrame(bytes.length)));
      return;
    }
    const notice: Notice = JSON.parse(bytes.toString());
    notices.push(notice);
    if (notice.type === "screen") terminal.reset();
    if (notice.type === "screen" || notice.type === "size") terminal.resize(notice.cols, notice.rows);
  });
  socket.on("unexpected-response", (_request, response) => {
    end = { status: response.statusCode ?? 0 };
    socket.terminate();
  });
  socket.on("close", (code) => {
    end ??= { code };
  });
  socket.on("error", () => {});
  const isOpen = new Promise<void>((resolve) => socket.once("open", resolve));
  const post = (frame: Uint8Array) => void isOpen.then(() => socket.send(frame));
  const lines = () =>
    Array.from({ length: terminal.buffer.active.length }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? "");
  return {
    socket,
    terminal,
    notices,
    text: () => lines().join("\n"),
    receivedBytes: () => receivedBytes,
    /** The screen as it was sent when this one attached. */
    firstOutput: () => firstOutput ?? "",
    type: (text: string) => post(inputFrame(Buffer.from(text))),
    resize: (to: ShellSize) => post(resizeFrame(to)),
    ack: (bytes: number) => post(ackFrame(bytes)),
    /** Waits until the screen or its scroll-back has a line of exactly this, or like it. A prompt that came late may stand before it. */
    shows: (wanted: string | RegExp, withinMs?: number) =>
      eventually(
        async () => lines().some((line) => (typeof wanted === "string" ? line.replace(/^[#$] /, "") === wanted : wanted.test(line))),
        withinMs,
      ),
    ended: (withinMs?: number) => eventually(async () => end, withinMs),
    notice: <T extends Notice["type"]>(type: T) =>
      eventually(async () => notices.find((one): one is Extract<Notice, { type: T }> => one.type === type)),
    close: () => socket.terminate(),
  };
}
