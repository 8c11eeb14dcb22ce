import { expect, test } from "vitest";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { onHost } from "@/tests/support/on-host";
import { aBudget, forgetPolicy } from "@/tests/support/policy";

const on = onHost();
const models = [
  { name: "llama3.2:3b", loaded: true },
  { name: "embedder:latest", capabilities: ["embedding"] },
];
const used = "All of everyone's budget for today is used.";

test("every answer to a program says when a budget that only warns is used", async () => {
  forgetPolicy();
  await on.ollama({ tokens: 3, models });
  await aBudget({ subjectKind: "everyone", limitTokens: 5, hard: false });
  const first = await on.chat({});
  expect([first.status, first.headers.get("x-hearth-warning")]).toEqual([200, null]);
  await first.text();
  await flushSettlements();
  const answers = [
    await on.chat({}),
    await on.chat({ stream: true }),
    await on.hearth.call("/responses", { model: "ollama/llama3.2:3b", input: "Count." }),
    await on.hearth.call("/responses", { model: "ollama/llama3.2:3b", input: "Count.", stream: true }),
    await on.hearth.call("/embeddings", { model: "ollama/embedder", input: "Count." }),
  ];
  for (const answer of answers) {
    await answer.text();
    expect([answer.status, answer.headers.get("x-hearth-warning")]).toEqual([200, used]);
  }
});
