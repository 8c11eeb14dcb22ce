import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { cacheKey } from "@/lib/gateway/cache/cache-key";
import { canonicalJson } from "@/lib/gateway/cache/canonical-json";
import { randomFrom, randomJson } from "@/tests/support/random-values";

const options: LanguageModelV4CallOptions = {
  prompt: [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "file", mediaType: "image/png", data: { type: "data", data: new Uint8Array([1, 2, 3]) } },
      ],
    },
  ],
  temperature: 0,
};
const keyOf = (change: Partial<LanguageModelV4CallOptions> = {}, others: { scope?: string; modelId?: string } = {}) =>
  cacheKey({ scope: "ann", modelId: "ollama/small:latest", ...others, options: { ...options, ...change } });

/** Every field of a call's options that has a say in its answer, with a value it can be changed to. */
const changes: Required<Omit<LanguageModelV4CallOptions, "abortSignal" | "headers">> = {
  prompt: [{ role: "user", content: [{ type: "text", text: "What is that?" }] }],
  temperature: 0.1,
  topP: 0.5,
  topK: 5,
  seed: 1,
  maxOutputTokens: 10,
  stopSequences: ["."],
  presencePenalty: 0.1,
  frequencyPenalty: 0.1,
  responseFormat: { type: "json" },
  reasoning: "low",
  includeRawChunks: true,
  tools: [{ type: "function", name: "weather", inputSchema: {} }],
  toolChoice: { type: "required" },
  providerOptions: { openaiBody: { logit_bias: { "5": 1 } } },
};

describe("what an answer is kept under", () => {
  test.each(Object.entries(changes))("differs when %s does", (name, value) => {
    expect(keyOf({ [name]: value })).not.toBe(keyOf());
  });

  test("differs with the owner, the model, an image's bytes, and the hosts that a key may use", () => {
    const withImage = structuredClone(options.prompt);
    Object.assign(withImage[1]?.content[1] as object, { data: { type: "data", data: new Uint8Array([1, 2, 4]) } });
    const limited = cacheKey({ scope: "ann", modelId: "ollama/small", key: { models: null, upstreams: ["here"] }, options });
    const keys = [keyOf(), keyOf({}, { scope: "bob" }), keyOf({}, { modelId: "ollama/large" }), keyOf({ prompt: withImage }), limited];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("is the same for what has no say: the abort signal, HTTP headers, an absent field, Ollama's :latest, a key without restrictions", () => {
    expect(keyOf({ abortSignal: new AbortController().signal, headers: { a: "b" }, seed: undefined })).toBe(keyOf());
    expect(keyOf({}, { modelId: "ollama/small" })).toBe(keyOf());
    expect(cacheKey({ scope: "ann", modelId: "ollama/small", key: { models: null, upstreams: null }, options })).toBe(keyOf());
  });
});

describe("canonical JSON", () => {
  test("is the same whatever the order of fields, and another for another value", () => {
    const random = randomFrom(1);
    let equals = 0;
    for (let tried = 0; tried < 3_000; tried++) {
      const [a, b] = [randomJson(random), randomJson(random)];
      expect(canonicalJson(reversed(a))).toBe(canonicalJson(a));
      const isEqual = sorted(a) === sorted(b);
      if (isEqual) equals++;
      expect(canonicalJson(a) === canonicalJson(b), `${JSON.stringify(a)} and ${JSON.stringify(b)}`).toBe(isEqual);
    }
    expect(equals).toBeGreaterThan(20);
  });

  test("takes no text for bytes, an address or a date", () => {
    const alike = [new Uint8Array([1]), "bytes(AQ==)", "AQ==", new URL("http://a/"), "http://a/", new Date(5), "date(5)", 5];
    expect(new Set(alike.map(canonicalJson)).size).toBe(alike.length);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

/** Equal for equal values, by a way of its own: JSON with the names of all fields in one order. */
function sorted(value: unknown): string {
  const names = new Set<string>();
  JSON.stringify(value, (name, field) => {
    names.add(name);
    return field;
  });
  return JSON.stringify(value, [...names].sort());
}
