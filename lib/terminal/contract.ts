import { z } from "zod";

/** The WebSocket's path; the shell's id follows. `cols` and `rows` in the query are the viewer's size. */
export const terminalPath = "/api/terminal/";

const size = (least: number) => z.number().int().min(least).max(1_000);
export const shellSize = z.object({ cols: size(2), rows: size(1) });
export const shellId = z.object({ id: z.uuid() });
export const renameShellInput = shellId.extend({ name: z.string().trim().min(1, "Give it a name.").max(60) });
export const closeShellInput = shellId.extend({ force: z.boolean().default(false) });
export const noInput = z.object({});

export type ShellSize = z.infer<typeof shellSize>;

/** How a shell ended. `exitCode` is the shell's own; `signal` is 0 unless one ended it; `reason` tells what Hearth did. */
export type ShellEnd = { exitCode: number; signal: number; reason: "exited" | "idle" };

/** A shell as its owner sees it. */
export type ShellInfo = {
  id: string;
  name: string;
  /** The program in the foreground when it is not the shell itself. */
  running: string | null;
  ended: ShellEnd | null;
};

/** The command that was run last, or runs. Of a long output, `output` is its beginning and its end. */
export type LastCommand = { text: string; output: string; exitStatus: number | null; isRunning: boolean };

/** Whether there are terminals here, and if not, why. */
export type TerminalState = "ready" | "off" | "no-pty" | "no-server";

/**
 * Frames of the terminal's WebSocket: binary messages whose first byte is the kind.
 * From the server: output (bytes as the program wrote them) and notice (JSON, a `Notice`).
 * To the server: input (bytes as typed), resize (columns and rows, 16 bits each, big-endian) and ack (how many bytes
 * of output were drawn since the last, 32 bits, big-endian).
 */
export const serverFrame = { output: 0, notice: 1 } as const;
export const clientFrame = { input: 0, resize: 1, ack: 2 } as const;

/** What the server tells beside the output, in order with it. `screen` begins a whole screen: what was shown before is to be cleared. A viewer takes no other size than it is told. */
export type Notice =
  | ({ type: "screen" } & ShellSize)
  | ({ type: "size" } & ShellSize)
  | { type: "name"; name: string }
  | ({ type: "ended" } & ShellEnd);

/** Codes with which the server closes the WebSocket. After any other the viewer connects again. */
export const closeCode = { signedOut: 4401, noShell: 4404 } as const;

/** A frame to the server that tells a new size. */
export function resizeFrame({ cols, rows }: ShellSize): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(5);
  frame[0] = clientFrame.resize;
  const view = new DataView(frame.buffer);
  view.setUint16(1, cols);
  view.setUint16(3, rows);
  return frame;
}

/** A frame to the server that tells how many bytes were drawn. */
export function ackFrame(bytes: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(5);
  frame[0] = clientFrame.ack;
  new DataView(frame.buffer).setUint32(1, bytes);
  return frame;
}

/** A frame to the server with what was typed. */
export function inputFrame(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(bytes.length + 1);
  frame[0] = clientFrame.input;
  frame.set(bytes, 1);
  return frame;
}
