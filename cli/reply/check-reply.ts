import { CliError, exitOf } from "../cli-error.ts";
import type { Interruption } from "../io.ts";
import { oneLine, printable } from "../output/printable.ts";
import type { Reply } from "./reply.ts";

/** Throws unless the reply came to its own end. @throws CliError that says what became of it */
export function checkReply(reply: Reply, interruption?: Interruption): void {
  if (interruption) throw new CliError(interruption, "Stopped.");
  const { status, error } = reply;
  if (error) throw new CliError(exitOf(error.code), error.message, { code: error.code });
  if (status === "stopped") throw new CliError("failure", "The reply was stopped from elsewhere.");
  if (status === "interrupted") throw new CliError("failure", "The server was stopped before the reply was whole. Ask again.");
  if (status === "awaiting-approval") throw new CliError("failure", whatWaits(reply));
}

/** The calls that wait, each as it would be made, and how they are decided. */
function whatWaits({ runId = "<run>", waiting = [] }: Reply): string {
  const calls = waiting.flatMap(({ toolCallId, toolName, input }) => [
    `  ${oneLine(toolName)} ${printable(JSON.stringify(input))}`,
    `    hearth runs approve ${runId} ${oneLine(toolCallId)}`,
    `    hearth runs reject ${runId} ${oneLine(toolCallId)}`,
  ]);
  return ["The reply waits for your approval, here or in the browser:", ...calls].join("\n");
}
