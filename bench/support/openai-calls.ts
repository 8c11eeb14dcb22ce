/** What calls-client.ts does, by OpenAI's own client for Node: the work of a program that uses it is in the figures then. */
import OpenAI from "openai";
import type { ChatCompletionCreateParams } from "openai/resources/chat/completions";
import type { Calls, CallsResult } from "./calls-client.ts";

process.once("message", async ({ url, headers, body, count, clients }: Calls) => {
  const openai = new OpenAI({ baseURL: url.replace("/chat/completions", ""), apiKey: "bench", defaultHeaders: headers, maxRetries: 0 });
  const params = JSON.parse(body) as ChatCompletionCreateParams;
  const result: CallsResult = { firstMs: [], failures: [], totalMs: 0 };
  const startedAt = performance.now();
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const sentAt = performance.now();
      const firstAt = await call().catch((error: Error) => error.message);
      if (typeof firstAt === "number") result.firstMs.push(firstAt - sentAt);
      else result.failures.push(firstAt);
    }
  };
  const call = async () => {
    if (!params.stream) {
      const { choices } = await openai.chat.completions.create({ ...params, stream: false });
      return choices[0]?.message.content?.includes("alpha") ? performance.now() : "a reply without its words";
    }
    let firstAt: number | undefined;
    for await (const { choices } of await openai.chat.completions.create({ ...params, stream: true })) {
      if (choices[0]?.delta.content?.includes("alpha")) firstAt ??= performance.now();
    }
    return firstAt ?? "a stream without its words";
  };
  await Promise.all(Array.from({ length: clients }, work));
  result.totalMs = performance.now() - startedAt;
  process.send?.(result, () => process.exit(0));
});
