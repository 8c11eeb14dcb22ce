import { CliError, exitOf } from "../cli-error.ts";
import type { Interruption } from "../io.ts";
import type { Reply } from "./reply.ts";

/** Throws unless the reply came to its own end. @throws CliError that says what became of it */
export function checkReply(reply: Reply, interruption?: Interruption): void {
  if (interruption) throw new CliError(interruption, "Stopped.");
  const { status, error } = reply;
  if (error) throw new CliError(exitOf(error.code), error.message, { code: error.code });
  if (status === "stopped") throw new CliError("failure", "The reply was stopped from elsewhere.");
  if (status === "interrupted") throw new CliError("failure", "The server was stopped before the reply was whole. Ask again.");
  if (status === "awaiting-approval") throw new CliError("failure", "The reply waits for an approval. Give it in the browser.");
}
