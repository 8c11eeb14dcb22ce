import type { Terminal } from "@xterm/xterm";
import {
  ackFrame,
  closeCode,
  inputFrame,
  type Notice,
  resizeFrame,
  type ShellEnd,
  type ShellSize,
  serverFrame,
  terminalPath,
} from "@/lib/terminal/contract";
import type { ConnectionState } from "./terminal-types";

type Options = {
  id: string;
  terminal: Terminal;
  /** The size to ask for when it connects; null to take the shell's as it is. */
  size: () => ShellSize | null;
  onState: (state: ConnectionState) => void;
  onEnded: (end: ShellEnd) => void;
  onName: (name: string) => void;
  /** Whether the reader is still signed in, as an admin; asked when a connection cannot be had. */
  isSignedIn: () => Promise<boolean>;
};

export type ShellConnection = {
  type(text: string): void;
  typeBytes(bytes: Uint8Array): void;
  resize(size: ShellSize): void;
  /** Connects now, without waiting for the next try. */
  retry(): void;
  close(): void;
};

const firstPauseMs = 300;
const longestPauseMs = 10_000;
/** Drawn bytes are told in portions of this size, and when nothing is left to draw. */
const ackBytes = 64 * 1024;
/** A long paste goes in pieces: the server takes no frame without limit. */
const longestInputBytes = 64 * 1024;

/** Joins a terminal of the browser with a shell of the server, and joins them again whenever the network comes back. */
export function connectShell(options: Options): ShellConnection {
  const { id, size, onState, isSignedIn } = options;
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let pauseMs = firstPauseMs;
  let isClosed = false;
  /** What was typed while it connects. What is typed into a lost connection is dropped: it would arrive out of the blue. */
  let early: Uint8Array<ArrayBuffer>[] = [];

  const connect = () => {
    clearTimeout(timer);
    const wanted = size();
    const query = wanted ? `?cols=${wanted.cols}&rows=${wanted.rows}` : "";
    const address = new URL(`${terminalPath}${id}${query}`, window.location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const opened = new WebSocket(address);
    opened.binaryType = "arraybuffer";
    socket = opened;
    early = [];
    opened.onopen = () => {
      for (const frame of early.splice(0)) opened.send(frame);
      pauseMs = firstPauseMs;
      onState("open");
    };
    opened.onmessage = receiver(opened, options);
    opened.onclose = ({ code }) => {
      if (isClosed || socket !== opened) return;
      if (code === closeCode.noShell) return onState("gone");
      if (code === closeCode.signedOut) return onState("signed-out");
      onState("reconnecting");
      timer = window.setTimeout(() => void again(), pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
  };
  const again = async () => {
    const signedIn = await isSignedIn();
    if (isClosed) return;
    if (signedIn) connect();
    else onState("signed-out");
  };
  const retry = () => {
    if (socket?.readyState !== WebSocket.CLOSED) return;
    pauseMs = firstPauseMs;
    connect();
  };
  const send = (frame: Uint8Array<ArrayBuffer>) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
    else if (socket?.readyState === WebSocket.CONNECTING) early.push(frame);
  };
  const typeBytes = (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.length; from += longestInputBytes) send(inputFrame(bytes.subarray(from, from + longestInputBytes)));
  };
  onState("connecting");
  connect();
  window.addEventListener("online", retry);
  return {
    type: (text) => typeBytes(new TextEncoder().encode(text)),
    typeBytes,
    resize: (asked) => send(resizeFrame(asked)),
    retry,
    close() {
      isClosed = true;
      clearTimeout(timer);
      window.removeEventListener("online", retry);
      socket?.close();
    },
  };
}

/** Draws what comes over one socket, and tells how much was drawn: the program waits for it. */
function receiver(socket: WebSocket, { terminal, onEnded, onName }: Options) {
  let undrawnBytes = 0;
  let drawnBytes = 0;
  const drawn = (bytes: number) => {
    undrawnBytes -= bytes;
    drawnBytes += bytes;
    if (drawnBytes < ackBytes && undrawnBytes > 0) return;
    if (socket.readyState === WebSocket.OPEN) socket.send(ackFrame(drawnBytes));
    drawnBytes = 0;
  };
  return ({ data }: MessageEvent<ArrayBuffer>) => {
    const bytes = new Uint8Array(data, 1);
    if (new Uint8Array(data)[0] === serverFrame.output) {
      undrawnBytes += bytes.length;
      terminal.write(bytes, () => drawn(bytes.length));
      return;
    }
    const notice: Notice = JSON.parse(new TextDecoder().decode(bytes));
    if (notice.type === "ended") onEnded(notice);
    else if (notice.type === "name") onName(notice.name);
    else {
      // In order with the output: RIS (ESC c) empties the terminal only once what came before is drawn.
      terminal.write(notice.type === "screen" ? "\x1bc" : "", () => terminal.resize(notice.cols, notice.rows));
    }
  };
}
