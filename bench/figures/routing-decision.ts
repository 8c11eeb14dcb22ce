import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { Model } from "../../lib/gateway/contract.ts";
import { takesRequest } from "../../lib/gateway/openai/takes-request.ts";
import { toDeclaredTools } from "../../lib/gateway/openai/to-tools.ts";
import { decideRoute, type RouteBasis } from "../../lib/gateway/routing/decide-route.ts";
import { requestOfCall } from "../../lib/gateway/routing/request-of-call.ts";
import requests from "../../tests/fixtures/routing-requests.json" with { type: "json" };
import { type Figure, median, round } from "../figure.ts";

/** The first has nothing to choose from: what is left is reading the request. */
const sizes = [1, 3, 50, 500];
const turns = 5;
/** What is not told by words would be decided by less. */
const texts = [...requests.tuning, ...requests.heldOut].map(({ text }) => text).filter((text) => text !== "");
const tools = Array.from({ length: 10 }, (_, at) => ({
  type: "function" as const,
  function: {
    name: `look_up_${at}`,
    description: "Looks up what is known of a place, and of whoever lives there, on a day.",
    parameters: { type: "object", properties: { place: { type: "string" }, day: { type: "string", format: "date" } }, required: ["place"] },
  },
}));
const names = ["llama3.2:3b", "qwen2.5-coder:7b", "deepseek-r1:8b", "llava:7b", "gpt-oss:20b", "smollm2:135m", "mistral-small:24b"];

/** How long `auto` takes to decide, over more and more models. */
export async function routingDecision(): Promise<Figure[]> {
  const rows = sizes.map((size) => {
    const models = modelsOf(size);
    return [size, ...summary(timesOf(models, decideText)), ...summary(timesOf(models, decideWithTools))];
  });
  return [
    {
      title: "Deciding which model `auto` is",
      method: `The ${texts.length} labelled requests of \`tests/fixtures/routing-requests.json\` that have words, ${turns} times over after one to warm up, each decided in this process as a chat or \`/v1\` does it, from the prompt to the model, the reason and the next best; and again with ten tools, which only some of the models take, as \`/v1\` does it. No model and no database is asked; prices and speeds are made up. The baseline is one model, where there is nothing to choose.`,
      columns: ["models", "median ms", "p99 ms", "with tools: median ms", "p99 ms"],
      rows,
      aim: "99 % of the decisions among up to 50 models within 1 ms, and the median among 500",
      isMet: rows.every(([size = 0, ...[middle, p99, toolsMiddle, toolsP99]]) =>
        (size > 50 ? [middle, toolsMiddle] : [p99, toolsP99]).every((ms = Number.NaN) => ms <= 1),
      ),
    },
  ];
}

function summary(times: number[]): [median: number, p99: number] {
  return [round(median(times), 3), round(times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] ?? Number.NaN, 3)];
}

function timesOf(models: Model[], decide: (text: string, models: Model[]) => unknown): number[] {
  const times: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const text of texts) {
      const startedAt = performance.now();
      decide(text, models);
      if (turn > 0) times.push(performance.now() - startedAt);
    }
  }
  return times;
}

const promptOf = (text: string): LanguageModelV4Prompt => [{ role: "user", content: [{ type: "text", text }] }];

const decideText = (text: string, models: Model[]) => decideRoute(requestOfCall({ prompt: promptOf(text) }), models, basis);

function decideWithTools(text: string, models: Model[]) {
  const taking = models.filter(takesRequest({ model: "auto", messages: [{ role: "user", content: text }], tools }));
  return decideRoute(requestOfCall({ prompt: promptOf(text), tools: toDeclaredTools(tools) }), taking, basis);
}

/** Models of a few families on a host or two, of which some have tools, see or think. */
function modelsOf(count: number): Model[] {
  return Array.from({ length: count }, (_, at): Model => {
    const name = `${names[at % names.length]}-${at}`;
    const upstreams = [{ name: "first", state: "up" as const, loaded: at % 5 === 0 }];
    const capabilities = { tools: at % 2 === 0, vision: at % 7 === 3, thinking: at % 7 === 2, embedding: false, json: true };
    return { id: `ollama/${name}`, name, upstreams, capabilities, contextLength: 32_768 };
  });
}

const basis: RouteBasis = {
  preference: "balanced",
  rules: [],
  facts: {
    firstTokenMs: (id) => (id.length % 3 === 0 ? 40 * id.length : undefined),
    isWell: ({ id }) => !id.endsWith("9"),
    isAffordable: () => true,
    isOwn: () => false,
    costUsd: (id, { inputTokens, outputTokens }) => ((inputTokens + outputTokens) * id.length) / 10_000_000,
  },
};
