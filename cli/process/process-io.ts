import { readFile } from "node:fs/promises";
import v8 from "node:v8";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { interrupts } from "./interrupts.ts";
import { lineReader } from "./line-reader.ts";
import { readHidden } from "./read-hidden.ts";

/** This process as the world of a command. `finish` writes what is left and ends it. */
export function processIo(): { io: Io; finish(code: number): Promise<never> } {
  const { stdin, stdout, stderr } = process;
  const signals = interrupts();
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") signals.send("outputClosed");
      else throw error;
    });
  }
  const lines = lineReader();
  const io: Io = {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isTerminal: { in: Boolean(stdin.isTTY), out: Boolean(stdout.isTTY), err: Boolean(stderr.isTTY) },
    colour: { out: hasColour(stdout), err: hasColour(stderr) },
    readInput: async () => {
      const pieces: Buffer[] = [];
      for await (const piece of stdin) pieces.push(piece as Buffer);
      return toText(Buffer.concat(pieces), "The input");
    },
    readLine: lines.read,
    readHidden,
    readFile: async (file) => {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new CliError("usage", `${file} cannot be read (${error.code}).`);
      });
      return toText(bytes, file);
    },
    serve,
    onInterrupt: signals.listen,
  };
  return { io, finish };
}

/** Colours for a person's eyes only; https://no-color.org */
function hasColour(stream: { isTTY?: boolean }): boolean {
  return Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

function toText(bytes: Buffer, what: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below, as a text with zero bytes is.
  }
  throw new CliError("usage", `${what} is not text. Only text (UTF-8) can be sent.`);
}

/** Waits for what was written to be taken, since leaving throws it away where the output is a pipe. */
async function finish(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writable) await new Promise((resolve) => stream.write("", resolve));
  }
  process.exit(code);
}

/** In this process, so that signals and the terminal are the server's own. */
async function serve(port: number | undefined): Promise<never> {
  // As `npm start` says to Node; before any WebAssembly is compiled it can still be said.
  v8.setFlagsFromString("--liftoff-only");
  if (port !== undefined) process.env.PORT = String(port);
  await import("../../bin/start.ts");
  return new Promise(() => {});
}
