import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { HumanMessage } from "@langchain/core/messages";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embedMany, generateText, isStepCount, Output, streamText, tool } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { openaiHearth } from "@/tests/support/openai-hearth";

const city = z.object({ city: z.string() });
const model = "ollama/llama3.2:3b";

let ollama: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  ollama = await fakeOllama();
  hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url });
});
beforeEach(async () => {
  await ollama.behave({ misbehave: undefined, reply: undefined, toolCalls: undefined, tokens: 3 });
  ollama.requests.length = 0;
});
afterAll(async () => {
  await hearth.close();
  await ollama.close();
});

describe("the AI SDK's provider for compatible servers", () => {
  const provider = () =>
    createOpenAICompatible({
      name: "hearth",
      baseURL: hearth.url,
      apiKey: hearth.apiKey,
      includeUsage: true,
      supportsStructuredOutputs: true,
    });

  test("generates and streams, with the counts", async () => {
    const { text, usage } = await generateText({ model: provider()(model), prompt: "Count." });
    expect(text).toBe("tok0 tok1 tok2 ");
    expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 3 });
    const stream = streamText({ model: provider()(model), prompt: "Count." });
    expect(await stream.text).toBe("tok0 tok1 tok2 ");
    expect(await stream.usage).toMatchObject({ inputTokens: 11, outputTokens: 3 });
  });

  test("runs a tool in a stream and goes on with its result", async () => {
    await ollama.behave({ toolCalls: [{ name: "weather", input: { city: "Bern" } }] });
    const weather = tool({ description: "The weather", inputSchema: city, execute: async (input) => `Snow in ${input.city}` });
    const stream = streamText({ model: provider()(model), prompt: "Weather?", tools: { weather }, stopWhen: isStepCount(2) });
    expect(await stream.text).toBe("tok0 tok1 tok2 ");
    expect(ollama.chats[1]?.body.messages).toMatchObject([{}, {}, { role: "tool", content: "Snow in Bern", tool_name: "weather" }]);
  });

  test("gets an object of a schema, and embeddings", async () => {
    await ollama.behave({ reply: '{"city":"Bern"}' });
    const { output } = await generateText({ model: provider()(model), prompt: "Where?", output: Output.object({ schema: city }) });
    expect(output).toEqual({ city: "Bern" });
    const { embeddings } = await embedMany({ model: provider().embeddingModel(model), values: ["a", "bcd"] });
    expect(embeddings).toEqual([
      [1, 0, 0.5],
      [3, 1, 0.5],
    ]);
  });
});

describe("LangChain's ChatOpenAI", () => {
  const chat = () => new ChatOpenAI({ model, apiKey: hearth.apiKey, maxRetries: 0, configuration: { baseURL: hearth.url } });

  test("invokes and streams", async () => {
    expect((await chat().invoke("Count.")).content).toBe("tok0 tok1 tok2 ");
    let text = "";
    for await (const chunk of await chat().stream("Count.")) text += chunk.content;
    expect(text).toBe("tok0 tok1 tok2 ");
  });

  test("calls a tool and takes its result", async () => {
    await ollama.behave({ toolCalls: [{ name: "weather", input: { city: "Bern" } }] });
    const weather = langchainTool(async (input: z.infer<typeof city>) => `Snow in ${input.city}`, {
      name: "weather",
      description: "The weather",
      schema: city,
    });
    const withTool = chat().bindTools([weather]);
    const question = new HumanMessage("Weather?");
    const call = await withTool.invoke([question]);
    expect(call.tool_calls).toMatchObject([{ name: "weather", args: { city: "Bern" } }]);
    const [first] = call.tool_calls ?? [];
    if (!first) throw new Error("No tool was called.");
    const result = await weather.invoke({ ...first, type: "tool_call" });
    expect((await withTool.invoke([question, call, result])).content).toBe("tok0 tok1 tok2 ");
    expect(ollama.chats[1]?.body.messages).toMatchObject([{}, {}, { role: "tool", content: "Snow in Bern" }]);
  });

  test("gets structured output by a schema and by a tool, and embeddings", async () => {
    await ollama.behave({ reply: '{"city":"Bern"}' });
    expect(await chat().withStructuredOutput(city, { method: "jsonSchema" }).invoke("Where?")).toEqual({ city: "Bern" });
    await ollama.behave({ toolCalls: [{ name: "extract", input: { city: "Thun" } }] });
    expect(await chat().withStructuredOutput(city, { method: "functionCalling" }).invoke("Where?")).toEqual({ city: "Thun" });
    const embeddings = new OpenAIEmbeddings({ model, apiKey: hearth.apiKey, configuration: { baseURL: hearth.url } });
    expect(await embeddings.embedDocuments(["a", "bcd"])).toEqual([
      [1, 0, 0.5],
      [3, 1, 0.5],
    ]);
  });
});
