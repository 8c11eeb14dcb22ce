import OpenAI from "openai";
import { afterEach, describe, expect, test, vi } from "vitest";
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
