import { expect, test } from "vitest";
import type { RouteDecision } from "@/db/schema/json";
import { decideRoute, type RouteBasis } from "@/lib/gateway/routing/decide-route";
import { lacksOf } from "@/lib/gateway/routing/model-needs";
import type { RouteRequest } from "@/lib/gateway/routing/route-request";
import { randomFrom, randomText } from "@/tests/support/random-values";
import { aBasis, aModel, aRequest } from "@/tests/support/routing";

const code = "Write a Python function that merges two sorted lists.";
const coder = aModel("ollama/qwen2.5-coder:7b", ["tools", "json"]);
const general = aModel("ollama/llama3.2:3b", ["tools", "json"], { loaded: true });
const eyes = aModel("ollama/llava:7b", ["vision", "json"]);
const thinker = aModel("ollama/deepseek-r1:8b", ["thinking", "json"]);
const large = aModel("openai/gpt-5", ["tools", "vision", "thinking", "json"], { price: 10 });
const cheap = aModel("openai/gpt-5-nano", ["tools", "json"], { price: 0.4 });
const own = [general, coder, eyes, thinker];

const decided = (request: Partial<RouteRequest>, models = own, basis: Partial<RouteBasis> = {}) =>
  decideRoute(aRequest(request), models, aBasis(basis, models));

test.each<[string, Partial<RouteRequest>, RouteDecision["kind"], string]>([
  ["an image goes to a model that reads images", { text: "What is this?", hasImages: true }, "vision", eyes.id],
  ["code goes to the model made for it, though another is loaded", { text: code }, "code", coder.id],
  ["a proof goes to the model that thinks first", { text: "Prove that the square root of 2 is irrational." }, "reasoning", thinker.id],
  ["a greeting goes to what is loaded", { text: "Hello!" }, "small-talk", general.id],
  ["given tools go to a model that calls them", { text: "Find me a flight", needsTools: true }, "tools", general.id],
  ["JSON by form counts, whatever the words", { text: "Hello!", wantsJson: true }, "structured", general.id],
])("%s", (_, request, kind, model) => {
  expect(decided(request)).toMatchObject({ kind, model });
});

test("a text that is long goes where it fits", () => {
  const short = aModel("ollama/llama3.1:70b", ["tools", "json"], { context: 8_192, loaded: true });
  const long = aModel("openai/gpt-4.1-nano", ["tools", "json"], { context: 1_000_000, price: 0.4 });
  expect(decided({ text: "Summarise.", textTokens: 12_000, tokens: 12_000 }, [short, long])).toMatchObject({
    kind: "long",
    model: long.id,
  });
});

test("each preference chooses among the same models by what it is for", () => {
  const models = [large, cheap, aModel("ollama/llama3.1:8b", ["tools", "json"]), general];
  const firstTokenMs = (id: string) => ({ [large.id]: 2_500, [cheap.id]: 900, [general.id]: 80 })[id];
  const facts = { ...aBasis({}, models).facts, firstTokenMs };
  const chosen = (preference: RouteDecision["preference"]) =>
    decided({ text: "What is the capital of Australia?" }, models, { preference, facts })?.model;
  expect(chosen("best")).toBe(large.id);
  expect(chosen("fast")).toBe(general.id);
  expect(["ollama/llama3.1:8b", general.id]).toContain(chosen("cheap"));
  expect(chosen("balanced")).not.toBe(large.id);
});

test("under `cheap` the less expensive of two paid models is chosen, and one of unknown price last", () => {
  const unknown = aModel("openai/gpt-9", ["tools", "json"]);
  expect(decided({ tokens: 5_000 }, [unknown, large, cheap], { preference: "cheap" })?.model).toBe(cheap.id);
});

test("a compatible server's model of unknown price is taken to cost, unless the server is one's own", () => {
  const router = aModel("openrouter/llama-3.1-8b-instruct", ["tools", "json"]);
  const isOwn = ({ id }: { id: string }) => id === router.id;
  const models = [router, cheap];
  const { facts } = aBasis({}, models);
  expect(decided({ tokens: 500 }, models, { preference: "cheap" })?.model).toBe(cheap.id);
  expect(decided({ tokens: 500 }, models, { preference: "cheap", facts: { ...facts, isOwn } })?.model).toBe(router.id);
});

test("a rule of the deployment comes before all weighing, unless its model cannot do it", () => {
  const rules: RouteBasis["rules"] = [
    { kind: "code", model: general.id },
    { kind: "vision", model: coder.id },
  ];
  expect(decided({ text: code }, own, { rules })).toMatchObject({ model: general.id, why: expect.stringContaining("rule") });
  expect(decided({ text: "And this?", hasImages: true }, own, { rules })?.model).toBe(eyes.id);
});

test("a conversation keeps its model while the kind stays, and only then", () => {
  const previous = { kind: "code", model: general.id } as const;
  expect(decided({ text: code, previous })).toMatchObject({ model: general.id, why: expect.stringContaining("as before") });
  expect(decided({ text: "and shorter?", previous })).toMatchObject({ kind: "code", model: general.id });
  expect(decided({ text: "Thanks!", previous })).toMatchObject({ kind: "code", model: general.id });
  expect(decided({ text: "Prove that the square root of 2 is irrational.", previous })?.model).toBe(thinker.id);
  const gone = own.filter(({ id }) => id !== general.id);
  expect(decided({ text: code, previous }, gone)?.model).toBe(coder.id);
  const down = { ...general, upstreams: [{ name: "host", state: "down" as const, loaded: false }] };
  expect(decided({ text: code, previous }, [down, coder])?.model).toBe(coder.id);
});

test("after an image, or a greeting, the next words speak for themselves", () => {
  const text = "And now the other one, please";
  expect(decided({ text, previous: { kind: "vision", model: eyes.id } })?.kind).toBe("general");
  expect(decided({ text, previous: { kind: "small-talk", model: general.id } })?.kind).toBe("general");
  expect(decided({ text, previous: { kind: "reasoning", model: thinker.id } })?.kind).toBe("reasoning");
});

test("what is asked for in words that want a tool goes to a model with tools, whatever is cheaper", () => {
  const simple = aModel("ollama/llama3.2:1b", ["json"], { loaded: true });
  const text = "What time is it?";
  expect(decided({ text }, [simple, large], { preference: "cheap" })).toMatchObject({ kind: "tools", model: large.id });
  const without = decided({ text }, [simple], { preference: "cheap" });
  expect(without).toMatchObject({ kind: "tools", model: simple.id, why: expect.stringContaining("no model here has tools") });
});

test("a model that keeps failing is passed over while another can do it, also by a rule and in its own chat", () => {
  const facts = { ...aBasis().facts, isWell: ({ id }: { id: string }) => id !== coder.id && id !== eyes.id };
  const previous = { kind: "code", model: coder.id } as const;
  const rules: RouteBasis["rules"] = [{ kind: "code", model: coder.id }];
  expect(decided({ text: code }, own, { facts })?.model).not.toBe(coder.id);
  expect(decided({ text: code, previous }, own, { facts, rules })?.model).not.toBe(coder.id);
  expect(decided({ text: code }, [coder], { facts })?.model).toBe(coder.id);
  // One that cannot see answers nothing.
  expect(decided({ text: "What is this?", hasImages: true }, own, { facts })?.model).toBe(eyes.id);
});

test("a model that the budgets have no room for is passed over, also for one that keeps failing, while another can do it", () => {
  const models = [large, coder, general];
  const facts = (poor: string[], ill: string[] = []) => ({
    ...aBasis({}, models).facts,
    isAffordable: (id: string) => !poor.includes(id),
    isWell: ({ id }: { id: string }) => !ill.includes(id),
  });
  const best = (given: RouteBasis["facts"]) => decided({ text: code }, models, { preference: "best", facts: given });
  expect(best(facts([]))?.model).toBe(large.id);
  expect(best(facts([large.id]))).toMatchObject({ model: coder.id, fallbacks: [general.id] });
  expect(best(facts([large.id], [coder.id, general.id]))?.model).toBe(coder.id);
  // The refusal tells why nobody answers.
  expect(best(facts(models.map(({ id }) => id)))?.model).toBe(large.id);
});

test("the next best that can do it follow the chosen one, three at most, and none that keeps failing", () => {
  const isWell = ({ id }: { id: string }) => id !== eyes.id;
  const models = [...own, large];
  const { model, fallbacks = [] } = decided({ text: code }, models, { facts: { ...aBasis({}, models).facts, isWell } }) ?? {};
  expect(model).toBe(coder.id);
  expect(fallbacks.toSorted()).toEqual([general.id, large.id, thinker.id].toSorted());
  const ranked = decided({ text: code }, [general, thinker, large]);
  expect([ranked?.model, ...(ranked?.fallbacks ?? [])]).toEqual(fallbacks);
  const many = Array.from({ length: 9 }, (_, at) => aModel(`ollama/m${at}:7b`));
  expect(decided({ text: code }, many)?.fallbacks).toHaveLength(3);
  expect(decided({ text: "What is this?", hasImages: true }, models)).toMatchObject({ model: large.id, fallbacks: [eyes.id] });
});

test("the context that is told is the one that calls use", () => {
  const capped = aModel("ollama/llama3.1:70b", ["tools", "json"]);
  const why = (model: typeof capped) => decided({ text: "Summarise.", textTokens: 6_500, tokens: 6_500 }, [model])?.why;
  expect(why(capped)).toContain("8,192 tokens of context");
  expect(why(large)).toContain("131,072 tokens of context");
});

test("why is told in one line", () => {
  const loaded = { ...coder, upstreams: [{ name: "host", state: "up" as const, loaded: true }] };
  const facts = { ...aBasis().facts, firstTokenMs: () => 39.6 };
  const { why } = decided({ text: code }, [loaded, general], { facts }) ?? {};
  expect(why).toBe("code → ollama/qwen2.5-coder:7b: made for code, tools, loaded, 40 ms");
  expect(decided({ text: "What is it?", hasImages: true }, [general])?.why).toContain("no model here reads images");
});

test("what the chosen model lacks is told of that model, and of all only where none has it", () => {
  const request = { text: "What is it?", hasImages: true, needsTools: true, wantsJson: true };
  const blind = aModel("ollama/qwen3:8b", ["tools"]);
  const seeing = aModel("ollama/llava:7b", ["vision"]);
  const { model, why } = decided(request, [blind, seeing]) ?? {};
  expect(model).toBe(seeing.id);
  expect(why).toBe("vision → ollama/llava:7b: reads images, without tools, no model here promises JSON");
});

test("there is nothing to decide without a chat model that may answer", () => {
  expect(decided({}, [])).toBeNull();
  expect(decided({}, [aModel("ollama/embed", ["embedding"])])).toBeNull();
  expect(decided({}, [aModel("ollama/a:1b", [], { state: "down" })])).toBeNull();
  expect(decided({}, [aModel("ollama/a:1b", [], { state: "unknown" })])?.model).toBe("ollama/a:1b");
});

test("the chosen model has all that the request needs whenever a model that is up has", () => {
  const random = randomFrom(7);
  const oneOf = <T>(...values: T[]) => values[Math.floor(random() * values.length)] as T;
  const names = ["llama3.2:3b", "qwen2.5-coder:32b", "deepseek-r1:8b", "gpt-5", "smollm2:135m", "mystery"];
  const anyModel = (at: number) =>
    aModel(
      `custom/${at}-${oneOf(...names)}`,
      (["tools", "vision", "thinking", "json", "embedding"] as const).filter((name) => random() < (name === "embedding" ? 0.1 : 0.5)),
      { context: oneOf(null, 2_048, 8_192, 131_072), state: oneOf("up", "down", "unknown"), loaded: random() < 0.5, price: random() * 100 },
    );
  let satisfied = 0;
  for (let round = 0; round < 1_000; round += 1) {
    const models = Array.from({ length: Math.floor(random() * 12) }, (_, at) => anyModel(at));
    const model = models[0]?.id ?? "custom/none";
    const asked = aRequest({
      text: oneOf(code, "Hi", "", randomText(random, 40)),
      tokens: oneOf(10, 5_000, 100_000),
      textTokens: oneOf(10, 10_000),
      hasImages: random() < 0.3,
      wantsJson: random() < 0.3,
      needsTools: random() < 0.3,
      previous: { kind: oneOf("general", "code", "vision"), model },
    });
    const rules: RouteBasis["rules"] = [{ kind: oneOf("code", "general", "long", "tools"), model: models[1]?.id ?? model }];
    const preference = oneOf("fast" as const, "balanced" as const, "best" as const, "cheap" as const);
    const route = decideRoute(asked, models, aBasis({ preference, rules }, models));
    const up = models.filter(({ capabilities, upstreams: [host] }) => !capabilities.embedding && host?.state === "up");
    const chosen = models.find(({ id }) => id === route?.model);
    if (up.length > 0) expect(up).toContain(chosen);
    if (!chosen || !up.some((candidate) => lacksOf(candidate, asked).length === 0)) continue;
    expect(lacksOf(chosen, asked)).toEqual([]);
    satisfied += 1;
  }
  expect(satisfied).toBeGreaterThan(200);
});
