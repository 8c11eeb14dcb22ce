import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { UsageLine } from "@/components/chat/usage-line";
import type { MessageMetadata } from "@/lib/chat/ui-message";

const metadata: MessageMetadata = {
  conversationId: "c",
  parentId: null,
  siblings: ["m"],
  status: "complete",
  model: "ollama/llama3.2:3b",
  createdAt: "2026-01-01T00:00:00Z",
};
const usage = { inputTokens: 12, outputTokens: 34, costUsd: 0, durationMs: 900, timeToFirstTokenMs: 100 };

test("a reply tells the model and the host that answered, also one that broke off before its first word", () => {
  const html = renderToStaticMarkup(<UsageLine metadata={{ ...metadata, usage: { ...usage, upstream: "Cellar" } }} />);
  expect(html).toContain("llama3.2:3b");
  expect(html).toContain("Cellar");
  expect(html).toContain("34 tokens");
  const broken = { ...usage, outputTokens: 0, upstream: "Cellar" };
  expect(renderToStaticMarkup(<UsageLine metadata={{ ...metadata, usage: broken }} />)).toContain("Cellar");
});
