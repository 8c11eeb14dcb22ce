import type { WebSocket } from "ws";
import { clientFrame, type Notice, type ShellSize, serverFrame } from "./contract";
import type { Shell } from "./shell";

/** Bytes under way to a viewer, not yet drawn there, at which the program waits, and at which it goes on. */
const highBytes = 384 * 1024;
const lowBytes = 96 * 1024;
/** How long a viewer that draws nothing at all may hold the program up. */
const patienceMs = 2_000;
/** What a viewer that is cut off has to answer the farewell. */
const goodbyeMs = 1_000;

/** One who looks at a shell, over one WebSocket. Counts what is under way to it. */
export type Viewer = {
  output(bytes: Buffer): void;
  tell(notice: Notice): void;
  /** Whether the program should wait for it. */
  isBehind(): boolean;
  /** Cuts it off: nothing more is sent, and nothing it sends is heard. */
  close(code: number, reason: string): void;
};

/**
 * Attaches a WebSocket to a shell: the screen as it is, then what comes.
 *
 * A viewer that is behind holds the program up until it has drawn; one that draws nothing for two seconds (a lost network, a
 * sleeping tab) does so no longer: it is sent nothing more, and a fresh screen once it has caught up.
 */
export function attachViewer(socket: WebSocket, shell: Shell, size: ShellSize | null): Viewer {
  /** What waits for the screen to be drawn first; null once it is. */
  let waiting: Buffer[] | null = [];
  let unackedBytes = 0;
  let ackedAt = Date.now();
  let holds = false;
  let lags = false;

  const frame = (bytes: Buffer) => {
    if (socket.readyState !== socket.OPEN) return;
    if (waiting) waiting.push(bytes);
    else post(bytes);
  };
  const post = (bytes: Buffer) => {
    if (bytes[0] === serverFrame.output) {
      if (unackedBytes === 0) ackedAt = Date.now();
      unackedBytes += bytes.length - 1;
    }
    socket.send(bytes);
    if (unackedBytes > highBytes) holds = true;
  };
  const begin = () => {
    waiting = [];
    shell.screenInOrder((screen) => {
      const queued = waiting ?? [];
      waiting = null;
      post(noticeFrame({ type: "screen", ...screen.size() }));
      post(outputFrame(screen.snapshot()));
      for (const bytes of queued) post(bytes);
    });
    if (shell.ended) frame(noticeFrame({ type: "ended", ...shell.ended }));
  };
  const acked = (bytes: number) => {
    unackedBytes = Math.max(0, unackedBytes - bytes);
    ackedAt = Date.now();
    if (unackedBytes <= lowBytes) holds = false;
    if (lags && unackedBytes === 0) {
      lags = false;
      begin();
    }
    shell.settleFlow();
  };

  const viewer: Viewer = {
    output: (bytes) => {
      if (!lags) frame(bytes);
    },
    tell: (notice) => {
      if (!lags) frame(noticeFrame(notice));
    },
    isBehind() {
      if (holds && !lags && Date.now() - ackedAt > patienceMs) {
        lags = true;
        holds = false;
      }
      return holds;
    },
    close: (code, reason) => {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), goodbyeMs).unref();
    },
  };

  socket.on("message", (data: Buffer, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    if (!isBinary || data.length === 0) return socket.close(1003, "Frames are binary.");
    const [kind] = data;
    if (kind === clientFrame.input) shell.write(data.subarray(1));
    else if (kind === clientFrame.resize && data.length === 5) shell.resize({ cols: data.readUInt16BE(1), rows: data.readUInt16BE(3) });
    else if (kind === clientFrame.ack && data.length === 5) acked(data.readUInt32BE(1));
    else socket.close(1003, "There is no such frame.");
  });
  // Whatever goes wrong with a socket, `close` follows.
  socket.on("error", () => socket.terminate());
  socket.once("close", () => shell.detach(viewer));
  if (size) shell.resize(size);
  shell.attach(viewer);
  begin();
  return viewer;
}

/** Output with its kind in front, made once for all viewers. */
export function outputFrame(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(serverFrame.output), bytes]);
}

function noticeFrame(notice: Notice): Buffer {
  return Buffer.concat([Buffer.of(serverFrame.notice), Buffer.from(JSON.stringify(notice))]);
}
