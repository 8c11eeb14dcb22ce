import type { ModelMessage } from "ai";
import { expect, test } from "vitest";
import { fitMessages, leftOutResult } from "@/lib/agent/fit-messages";
import { continueRequest } from "@/lib/agent/instructions";

const countTokens = (text: string) => Math.ceil(text.length / 4);
const user = (chars: number): ModelMessage => ({ role: "user", content: "q".repeat(chars) });
const answer = (chars: number): ModelMessage => ({ role: "assistant", content: "a".repeat(chars) });
/** One round: the calls of tools, and a result of so many characters for each. */
const round = (...resultChars: number[]): ModelMessage[] => [
  {
    role: "assistant",
    content: resultChars.map((_, index) => ({ type: "tool-call", toolCallId: `c${index}`, toolName: "look", input: {} })),
  },
  {
    role: "tool",
    content: resultChars.map((chars, index) => ({
      type: "tool-result",
      toolCallId: `c${index}`,
      toolName: "look",
      output: { type: "text", value: "r".repeat(chars) },
    })),
  },
];
const resultsOf = (messages: ModelMessage[]) =>
  messages.flatMap((message) =>
    message.role === "tool"
      ? message.content.flatMap((part) => (part.type === "tool-result" && part.output.type === "text" ? [part.output.value] : []))
      : [],
  );
/** What a message takes, counted by the test's own rule: what the model reads, and six tokens for the template. */
function tokensOf({ content }: ModelMessage): number {
  if (typeof content === "string") return countTokens(content) + 6;
  const texts = content.map((part) => (part.type === "tool-result" && part.output.type === "text" ? part.output.value : "look {}"));
  return countTokens(texts.join("\n")) + 6;
}

test("messages that fit stay as they are", () => {
  const messages = [user(40), answer(40), user(40), ...round(400)];
  expect(fitMessages(messages, 1_000, countTokens)).toEqual({ messages, shortenedResults: 0, leftOutMessages: 0 });
});

test("the results of earlier rounds go first, oldest first, and the newest stays whole", () => {
  const messages = [user(40), ...round(4_000), ...round(4_000), ...round(4_000)];
  const fitted = fitMessages(messages, 2_200, countTokens);
  expect(resultsOf(fitted.messages).map((text) => (text === leftOutResult ? "gone" : text.length))).toEqual(["gone", 4_000, 4_000]);
  expect(fitted).toMatchObject({ shortenedResults: 1, leftOutMessages: 0 });
  expect(fitted.messages).toHaveLength(messages.length);
});

test("then the oldest messages go, so that what is left begins with the user's, and the question stays", () => {
  const messages = [user(2_000), answer(2_000), user(2_000), answer(2_000), user(80), ...round(400)];
  const fitted = fitMessages(messages, 1_250, countTokens);
  expect(fitted).toMatchObject({ shortenedResults: 0, leftOutMessages: 2 });
  expect(fitted.messages[0]).toEqual(messages[2]);
});

test("then the newest results are cut, each alike, and say that they were", () => {
  const messages = [user(80), ...round(8_000, 8_000)];
  const { messages: fitted, shortenedResults } = fitMessages(messages, 1_000, countTokens);
  expect(shortenedResults).toBe(2);
  for (const text of resultsOf(fitted)) expect(text).toMatch(/^r{100,}… \(cut to save room\)$/);
});

test("a request to go on is not the question: the question before it stays", () => {
  const messages = [user(2_000), answer(2_000), user(80), answer(400), { role: "user", content: continueRequest } as ModelMessage];
  const { messages: fitted, leftOutMessages } = fitMessages(messages, 300, countTokens);
  expect(leftOutMessages).toBe(2);
  expect(fitted[0]).toEqual(messages[2]);
});

/** Numbers that look like chance and are the same in each run (a linear congruential generator, Numerical Recipes' constants). */
function numbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return { upTo, list: <T>(most: number, make: () => T) => Array.from({ length: upTo(most) }, make) };
}

test("whatever comes, it fits, or nothing is left that could go: the question and the run's own calls stay", () => {
  for (let seed = 0; seed < 500; seed++) {
    const { upTo, list } = numbers(seed);
    const before = list(6, () => [user(1 + upTo(3_000)), answer(1 + upTo(3_000))]).flat();
    const rounds = list(5, () => round(upTo(6_000), ...list(3, () => upTo(6_000)))).flat();
    const all = [...before, user(60), ...rounds];
    const question = all[before.length];
    const freeTokens = 300 + upTo(4_000);
    const { messages, leftOutMessages } = fitMessages(all, freeTokens, countTokens);
    expect(messages).toHaveLength(all.length - leftOutMessages);
    expect(messages[0]?.role).toBe("user");
    expect(messages).toContain(question);
    if (messages.reduce((sum, message) => sum + tokensOf(message), 0) <= freeTokens) continue;
    expect(messages[0]).toBe(question);
    const longest = Math.max(0, ...resultsOf(messages).map((text) => text.length));
    expect(longest).toBeLessThanOrEqual(100 + 2 * leftOutResult.length);
  }
});
