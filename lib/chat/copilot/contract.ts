import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { runEvents } from "../contract";
import { messageText, modelId } from "../shapes";

const said = z.object({ role: z.enum(["user", "assistant"]), text: messageText });

export const askCopilot = defineContract({
  method: "POST",
  path: "/api/terminal/copilot",
  summary: "The terminal's copilot: ask, with what was said before, and follow the answer. Nothing of it is stored",
  tag: "Terminal",
  access: "admin",
  body: z.object({
    question: messageText,
    earlier: z.array(said).max(40).default([]).describe("What was said before, oldest first"),
    model: modelId.optional().describe("As listed by /api/v1/models; the first usable one when absent"),
  }),
  maxBodyBytes: 8 * 1024 * 1024,
  streams: runEvents,
  errors: ["rate_limited", "too_large"],
});
