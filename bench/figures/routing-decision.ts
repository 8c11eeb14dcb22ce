import type { Model } from "../../lib/gateway/contract.ts";
import { decideRoute, type RouteBasis } from "../../lib/gateway/routing/decide-route.ts";
import { requestOfCall } from "../../lib/gateway/routing/request-of-call.ts";
import requests from "../../tests/fixtures/routing-requests.json" with { type: "json" };
import { type Figure, median, round } from "../figure.ts";

/** The first has nothing to choose from: what is left is reading the request. */
const sizes = [1, 3, 50, 500];
const turns = 5;
/** What is not told by words would be decided by less. */
const texts = [...requests.tuning, ...requests.heldOut].map(({ text }) => text).filter((text) => text !== "");
const names = ["llama3.2:3b", "qwen2.5-coder:7b", "deepseek-r1:8b", "llava:7b", "gpt-oss:20b", "smollm2:135m", "mistral-small:24b"];

/** How long `auto` takes to decide, over more and more models. */
export async function routingDecision(): Promise<Figure[]> {
  const rows = sizes.map((size) => {
    const times = timesOf(modelsOf(size));
    return [size, round(median(times), 3), round(times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] ?? Number.NaN, 3)];
  });
  return [
    {
      title: "Deciding which model `auto` is",
      method: `The ${texts.length} labelled requests of \`tests/fixtures/routing-requests.json\` that have words, ${turns} times over after one to warm up, each decided in this process as a chat or \`/v1\` does it, from the prompt to the model, the reason and the next best. No model and no database is asked; prices and speeds are made up. The baseline is one model, where there is nothing to choose.`,
      columns: ["models", "median ms", "p99 ms"],
      rows,
      aim: "99 % of the decisions among up to 50 models within 1 ms, and the median among 500",
      isMet: rows.every(([size = 0, middle, p99]) => Number(size > 50 ? middle : p99) <= 1),
    },
  ];
}

function timesOf(models: Model[]): number[] {
  const times: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const text of texts) {
      const startedAt = performance.now();
      decideRoute(requestOfCall({ prompt: [{ role: "user", content: [{ type: "text", text }] }] }), models, basis);
      if (turn > 0) times.push(performance.now() - startedAt);
    }
  }
  return times;
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
