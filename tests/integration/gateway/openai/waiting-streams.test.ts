import OpenAI from "openai";
import { afterEach, describe, expect, test, vi } from "vitest";
import { db } from "@/db/database";
import { hostSettings } from "@/db/schema/gateway";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { onHost } from "@/tests/support/on-host";

vi.mock(import("@/lib/http/event-stream"), async (original) => {
  const { eventStreamHeaders } = await original();
  return { eventStreamHeaders, keepAliveMs: 50 as 15_000 };
});

const on = onHost();
afterEach(() => on.close());

describe("a stream whose reply is long in coming", () => {
  test("begins with comments, and then is as any other", async () => {
    await on.ollama({ tokens: 3, firstTokenMs: 300 });
    const response = await on.chat({ stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const [before, after] = (await response.text()).split(/(?=data: )/, 2);
    expect(before).toMatch(/^(: waiting\n\n){2,}$/);
    expect(after).toContain('"role":"assistant"');
  });

  test("says where it stood in line, though nobody answers yet", async () => {
    await on.ollama({ tokens: 500, intervalMs: 20, models: [{ name: "llama3.2:3b", loaded: true }] });
    await db().insert(hostSettings).values({ hostId: "environment-ollama", maxParallel: 1 });
    await loadHostSettings();
    const first = await on.chat({ stream: true });
    const second = await on.chat({ stream: true });
    expect(second.headers.get("x-hearth-queue-position")).toBe("1");
    expect(second.headers.has("x-hearth-model")).toBe(false);
    await Promise.all([first, second].map(({ body }) => body?.cancel()));
  });

  test("is read by OpenAI's client as if nothing had been", async () => {
    await on.ollama({ tokens: 3, firstTokenMs: 300 });
    const client = new OpenAI({ baseURL: on.hearth.url, apiKey: on.hearth.apiKey, maxRetries: 0 });
    const model = "ollama/llama3.2:3b";
    const stream = client.chat.completions.stream({ model, messages: [{ role: "user", content: "Count." }] });
    expect(await stream.finalContent()).toBe("tok0 tok1 tok2 ");
    const response = client.responses.stream({ model, input: "Count." });
    expect((await response.finalResponse()).output_text).toBe("tok0 tok1 tok2 ");
  });

  test("tells a failure before the first word as an event", async () => {
    await on.ollama({ misbehave: "empty", firstTokenMs: 300 });
    const response = await on.chat({ stream: true });
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toMatch(/^(: waiting\n\n)+data: .*"role":"assistant".*\n\ndata: \{"error":\{.*"code":"bad_reply"\}\}\n\n$/);
  });

  test("closes the connection to the host when its reader goes away", async () => {
    await on.ollama({ misbehave: "hang-before-headers" });
    const reader = (await on.chat({ stream: true })).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain(": waiting");
    await reader?.cancel();
    expect(await on.upstream.closedByClient(1_000)).toBe(true);
  });
});
