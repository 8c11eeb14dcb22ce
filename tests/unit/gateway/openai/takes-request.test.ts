import { expect, test } from "vitest";
import type { Model } from "@/lib/gateway/contract";
import { type ChatRequest, chatRequest } from "@/lib/gateway/openai/chat-request";
import { takesRequest } from "@/lib/gateway/openai/takes-request";
import { findCallSettings } from "@/lib/gateway/openai/to-call-settings";
import { kindOfModel } from "@/lib/gateway/upstream";
import { aModel } from "@/tests/support/routing";

const prefixes = ["ollama", "openai", "anthropic", "google", "local", "vllm"];
const models = prefixes.flatMap((prefix) => [aModel(`${prefix}/plain`), aModel(`${prefix}/able`, ["json", "tools"])]);
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];

const requestOf = (change: object): ChatRequest =>
  chatRequest.parse({ model: "auto", messages: [{ role: "user", content: "Hi" }], ...change });

test.each<[string, object, string[]]>([
  ["nothing special", {}, models.map(({ id }) => id)],
  ["tools", { tools }, models.map(({ id }) => id).filter((id) => id !== "ollama/plain" && id !== "local/plain")],
  ["what only OpenAI's protocol has", { min_p: 0.1 }, ["openai/plain", "openai/able", "vllm/plain", "vllm/able"]],
  ["a seed", { seed: 1 }, models.map(({ id }) => id).filter((id) => !id.startsWith("anthropic/"))],
])("a request for %s is taken by the models that would not refuse it", (_, change, expected) => {
  const request = requestOf(change);
  const alone = ({ id, ...listed }: Model) => findCallSettings(request, { id, kind: kindOfModel(id), listed: { id, ...listed } }) !== null;
  expect(models.filter(takesRequest(request)).map(({ id }) => id)).toEqual(expected);
  expect(models.filter(alone).map(({ id }) => id)).toEqual(expected);
});

test("a request is read once for all models of a kind", () => {
  let reads = 0;
  const request = requestOf({ tools });
  Object.defineProperty(request, "tools", {
    get() {
      reads++;
      return tools;
    },
  });
  const readsOf = (count: number) => {
    reads = 0;
    const many = Array.from({ length: count }, (_, at) => aModel(`openai/m${at}`));
    expect(many.filter(takesRequest(request))).toHaveLength(count);
    return reads;
  };
  expect(readsOf(1)).toBeGreaterThan(0);
  expect(readsOf(50)).toBe(readsOf(1));
});

test("the keys of a field that Hearth does not know are counted once, whatever kinds of host there are", () => {
  let counts = 0;
  const ownKeys = (target: object) => {
    counts++;
    return Reflect.ownKeys(target);
  };
  const request = { ...requestOf({}), large: new Proxy({ key: 1 }, { ownKeys }) };
  expect(models.filter(takesRequest(request)).map(({ id }) => id)).toEqual(["openai/plain", "openai/able", "vllm/plain", "vllm/able"]);
  expect(counts).toBe(1);
});
