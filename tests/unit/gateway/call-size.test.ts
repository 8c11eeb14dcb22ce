import type { LanguageModelV4FilePart, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { callSize } from "@/lib/gateway/policy/call-size";
import { promptSize } from "@/lib/gateway/prompt-size";

const bytes = (size: number) => ({ type: "data" as const, data: new Uint8Array(size) });
const file = (mediaType: string, data: LanguageModelV4FilePart["data"]): LanguageModelV4FilePart => ({ type: "file", mediaType, data });
const promptOf = (...files: LanguageModelV4FilePart[]): LanguageModelV4Prompt => [
  { role: "user", content: [{ type: "text", text: "12345678" }, ...files] },
];
const inputTokens = (...files: LanguageModelV4FilePart[]) => callSize({ prompt: promptOf(...files) }).inputTokens("openai/gpt-5");

test("an image counts for what a large one takes, however it comes", () => {
  const images = [
    file("image/png", bytes(10)),
    file("image", { type: "data", data: "aGVsbG8=" }),
    file("image/webp", { type: "url", url: new URL("https://example.org/a") }),
  ];
  expect(inputTokens()).toBe(2);
  for (const image of images) expect(inputTokens(image)).toBe(1_602);
  expect(inputTokens(...images)).toBe(4_802);
});

test("another file counts as text of its size, up to a book", () => {
  expect(inputTokens(file("application/pdf", bytes(4_000)))).toBe(1_002);
  expect(inputTokens(file("application/pdf", { type: "data", data: "x".repeat(4_000) }))).toBe(752);
  expect(inputTokens(file("text/plain", { type: "text", text: "x".repeat(400) }))).toBe(102);
  expect(inputTokens(file("video/mp4", bytes(50_000_000)))).toBe(100_002);
});

test("a prompt with a file is not text only, and files are not among its characters", () => {
  expect(promptSize(promptOf(file("image/png", bytes(10))))).toMatchObject({ chars: 8, isTextOnly: false });
});
