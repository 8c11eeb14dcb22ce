import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { type ChatOptions, chatBody, chatOptionSpecs } from "../reply/chat-options.ts";
import { checkReply } from "../reply/check-reply.ts";
import { composeMessage } from "../reply/compose-message.ts";
import { findConversation } from "../reply/find-conversation.ts";
import { followReply } from "../reply/follow-reply.ts";
import { replyView } from "../reply/show-reply.ts";

type Options = ChatOptions & { file?: string[]; continue?: boolean; id?: string; temporary?: boolean };

export const ask = defineCommand<Options>({
  name: "ask",
  summary: "Ask one question; the reply is written as it comes",
  where: "everywhere",
  arguments: [{ usage: "[question...]", summary: "what to ask; what is piped in is added to it" }],
  options: [
    { flags: "-f, --file <path>", summary: "add a text file; may be given several times", repeatable: true, where: "shell" },
    ...chatOptionSpecs,
    { flags: "-c, --continue", summary: "go on with the chat used last" },
    { flags: "--id <chat>", summary: "go on with this chat" },
    { flags: "--temporary", summary: "store nothing of it" },
  ],
  examples: [
    'git diff | hearth ask "review"',
    'hearth ask -f notes.md -m ollama/llama3.2:3b "Make a list of the decisions"',
    'hearth ask --json "What is the capital of Iceland?" | jq -r .text',
  ],
  async run({ args, options, io, api }) {
    const files = await Promise.all((options.file ?? []).map(async (name) => ({ name, text: await io.readFile(name) })));
    const piped = io.isTerminal.in ? "" : await io.readInput();
    const message = composeMessage(args.join(" "), [...(piped ? [{ text: piped }] : []), ...files]);
    if (message === "")
      throw new CliError("usage", 'There is nothing to ask. Write it after the command, as in hearth ask "Why?", or pipe it in.');
    const conversationId = await findConversation(api, options);
    const body = { ...chatBody(options), message, conversationId, temporary: options.temporary ?? false, stream: true };
    const view = replyView(io);
    const { reply, interruption } = await followReply({
      api,
      io,
      open: (signal) => api.events("/api/v1/chat", { body, signal }),
      onHappening: options.json ? () => {} : view.show,
    }).finally(view.end);
    if (options.json) printJson(io, reply);
    checkReply(reply, interruption);
  },
});
