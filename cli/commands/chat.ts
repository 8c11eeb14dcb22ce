import type { Conversation, Message } from "@/lib/chat/shapes";
import { type Api, listAll } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import { type Call, defineCommand } from "../command.ts";
import type { ExitName } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine, printable } from "../output/printable.ts";
import { style } from "../output/style.ts";
import { type ChatOptions, chatBody, chatOptionSpecs } from "../reply/chat-options.ts";
import { chatWords, readChatLine } from "../reply/chat-words.ts";
import { checkReply } from "../reply/check-reply.ts";
import { findConversation } from "../reply/find-conversation.ts";
import { followReply } from "../reply/follow-reply.ts";
import { replyView } from "../reply/show-reply.ts";

type Options = ChatOptions & { continue?: boolean; id?: string };
type State = { conversationId?: string; model?: string; hasLeft?: boolean };
type Open = Parameters<typeof followReply>[0]["open"];

/** Failures after which no further message can work, or nobody reads. */
const endings = new Set<ExitName>(["terminated", "outputClosed", "notSignedIn"]);

/** How many messages of a resumed chat a person is shown. */
const shownMessages = 4;

export const chat = defineCommand<Options>({
  name: "chat",
  summary: "Chat line by line, in a new chat or in one that is there",
  where: "everywhere",
  options: [
    ...chatOptionSpecs,
    { flags: "-c, --continue", summary: "go on with the chat used last" },
    { flags: "--id <chat>", summary: "go on with this chat" },
  ],
  examples: ["hearth chat --continue", "printf 'Hello\\nAnd now in French\\n' | hearth chat"],
  async run(call) {
    const { options, io, api } = call;
    const state: State = { conversationId: await findConversation(api, options), model: options.model };
    if (io.isTerminal.out && !options.json) io.err(style(io.colour.err, "grey", `${chatWords}\n`));
    if (state.conversationId) await resume(call, state);
    for (let line = await io.readLine("› "); line !== null; line = await io.readLine("› ")) {
      const meant = readChatLine(line);
      if (meant.kind === "leave") break;
      if (meant.kind === "new") state.conversationId = undefined;
      else if (meant.kind === "model") state.model = meant.model;
      else if (meant.kind === "say") io.err(`${meant.text}\n`);
      else if (meant.kind === "message") await answer(call, state, meant.text);
    }
    if (io.isTerminal.out && state.conversationId) io.err(`Go on with it: hearth chat --id ${state.conversationId}\n`);
  },
});

async function answer(call: Call<Options>, state: State, message: string): Promise<void> {
  const { conversationId } = state;
  const body = { ...chatBody({ ...call.options, model: state.model }), message, conversationId, stream: true };
  await take(call, state, (signal) => call.api.events("/api/v1/chat", { body, signal }));
}

/** Shows one reply. A person is told why it failed and goes on; a script's next line would build on what is not there. */
async function take({ api, io, options }: Call<Options>, state: State, open: Open): Promise<void> {
  const view = replyView(io);
  try {
    const followed = followReply({ api, io, open, onHappening: options.json ? () => {} : view.show });
    const { reply, interruption, hasLeft } = await followed.finally(view.end);
    state.conversationId = reply.conversationId ?? state.conversationId;
    state.hasLeft = hasLeft;
    if (options.json) printJson(io, reply);
    checkReply(reply, interruption);
  } catch (error) {
    const goesOn = error instanceof CliError && io.isTerminal.in && !state.hasLeft && !endings.has(error.exit);
    if (!goesOn) throw error;
    io.err(`${style(io.colour.err, "red", printable(error.message))}\n`);
  }
}

/** Shows a person where the chat is, and takes along a reply that is being written. */
async function resume(call: Call<Options>, state: State): Promise<void> {
  const { api, io, options } = call;
  const { title, activeRunId } = await api.get<Conversation>(`/api/v1/conversations/${state.conversationId}`);
  if (io.isTerminal.out && !options.json) await showLast(api, io, { title, conversationId: state.conversationId ?? "" });
  if (activeRunId) await take(call, state, (signal) => api.events(`/api/v1/runs/${activeRunId}/stream`, { query: { from: 0 }, signal }));
}

async function showLast(api: Api, io: Io, { title, conversationId }: { title: string; conversationId: string }): Promise<void> {
  const messages = await listAll<Message>(api, "/api/v1/messages", { conversationId });
  io.out(`${style(io.colour.out, "bold", oneLine(title))}\n`);
  const ended = messages.filter(({ role, status }) => role !== "system" && status !== "running");
  for (const { role, text } of ended.slice(-shownMessages)) io.out(`${role === "user" ? "› " : ""}${printable(text)}\n`);
}
