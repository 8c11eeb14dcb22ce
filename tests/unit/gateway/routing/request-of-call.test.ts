import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { callSize } from "@/lib/gateway/policy/call-size";
import { requestOfCall } from "@/lib/gateway/routing/request-of-call";
import { estimateTokensOfChars } from "@/lib/gateway/token-estimate";

const model = "openai/gpt-5";

test("a request is as large as the call that it becomes: with its tools, images and files, in whatever script", () => {
  const call: LanguageModelV4CallOptions = {
    prompt: [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this? これは何ですか" },
          { type: "file", mediaType: "image/png", data: { type: "data", data: "aGVsbG8=" } },
          { type: "file", mediaType: "application/pdf", data: { type: "data", data: new Uint8Array(4_000) } },
        ],
      },
    ],
    tools: [{ type: "function", name: "weather", description: "天気", inputSchema: { type: "object", properties: {} } }],
  };
  const { chars, fileTokens } = requestOfCall(call);
  expect(fileTokens).toBe(2_600);
  expect(estimateTokensOfChars(chars, model) + fileTokens).toBe(callSize(call).inputTokens(model));
});
