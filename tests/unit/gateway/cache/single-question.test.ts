import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { singleQuestion } from "@/lib/gateway/cache/single-question";

const user = (...texts: string[]): LanguageModelV4Message => ({ role: "user", content: texts.map((text) => ({ type: "text", text })) });
const questionOf = (prompt: LanguageModelV4Message[], more: Partial<LanguageModelV4CallOptions> = {}) =>
  singleQuestion({ prompt, ...more })?.question;

test("a single question is one message of text, with instructions at most", () => {
  expect(questionOf([user("Why?")])).toBe("Why?");
  expect(questionOf([{ role: "system", content: "Be brief." }, user("Why", "not?")])).toBe("Why\nnot?");
});

test("a conversation, an image, a tool or an empty text make it none", () => {
  const image: LanguageModelV4Message = {
    role: "user",
    content: [
      { type: "text", text: "What?" },
      { type: "file", mediaType: "image/png", data: { type: "data", data: "AQ==" } },
    ],
  };
  const reply: LanguageModelV4Message = { role: "assistant", content: [{ type: "text", text: "Because." }] };
  for (const prompt of [[user("Why?"), reply, user("Why?")], [user("Why?"), reply], [image], [user(" ")], []])
    expect(questionOf(prompt)).toBeUndefined();
  expect(questionOf([user("Why?")], { tools: [{ type: "function", name: "look", inputSchema: {} }] })).toBeUndefined();
});

test("what is left of two calls without their questions is equal when nothing else differs", () => {
  const system: LanguageModelV4Message = { role: "system", content: "Be brief." };
  const restOf = (text: string, more: Partial<LanguageModelV4CallOptions> = {}) =>
    singleQuestion({ prompt: [system, user(text)], ...more })?.rest;
  expect(restOf("Why?")).toEqual(restOf("Wherefore?"));
  expect(restOf("Why?")).not.toEqual(restOf("Why?", { maxOutputTokens: 5 }));
});
