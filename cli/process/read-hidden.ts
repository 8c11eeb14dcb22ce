import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CliError } from "../cli-error.ts";

/** Asks on the terminal, and shows nothing of what is typed. */
export async function readHidden(question: string): Promise<string> {
  stderr.write(question);
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  const interrupted = new Promise<never>((_, reject) => {
    lines.once("SIGINT", () => reject(new CliError("interrupted", "Stopped.")));
    lines.once("close", () => reject(new CliError("usage", "There was no password.")));
  });
  try {
    return await Promise.race([lines.question(""), interrupted]);
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
