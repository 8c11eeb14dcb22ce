import { createOpenAI } from "@ai-sdk/openai";
import { expect, test } from "vitest";
import { toPrompt } from "@/lib/gateway/openai/to-prompt";

/** The messages that the provider package for OpenAI itself sends. */
async function sentToOpenai(prompt: ReturnType<typeof toPrompt>): Promise<unknown> {
  let sent: unknown;
  const fetch: typeof globalThis.fetch = async (_, init) => {
    sent = JSON.parse(String(init?.body)).messages;
    return Response.json({ error: { message: "Enough." } }, { status: 400 });
  };
  await expect(createOpenAI({ apiKey: "sk-test", fetch }).chat("gpt-4o").doGenerate({ prompt })).rejects.toThrow("Enough.");
  return sent;
}

test("who speaks reaches OpenAI itself as it was sent", async () => {
  const said = [
    { role: "system" as const, name: "rules", content: "Be kind." },
    { role: "user" as const, name: "ann", content: "Hello" },
    { role: "assistant" as const, name: "bot", content: "Hi." },
    {
      role: "user" as const,
      name: "bob",
      content: [
        { type: "text" as const, text: "Look" },
        { type: "text" as const, text: "here." },
      ],
    },
    { role: "user" as const, content: "And here." },
  ];
  expect(await sentToOpenai(toPrompt(said))).toEqual(said);
});
