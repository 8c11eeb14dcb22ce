import { expect, test } from "vitest";
import { z } from "zod";
import { jsonCheck } from "@/lib/gateway/openai/json-check";

const person = {
  type: "object",
  properties: { name: { type: "string", minLength: 2 }, age: { type: ["integer", "null"] }, pattern: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
};

test("JSON of the schema passes; anything else is told in words that a model can mend it by", () => {
  const check = jsonCheck(person);
  expect(check('{"name":"Ann","age":null,"pattern":"x"}')).toBeUndefined();
  expect(check('```json\n{"name":"Ann"}\n```')).toMatch(/not JSON/);
  expect(check('{"age":3}')).toMatch(/name/);
  expect(check('{"name":"Ann","age":"3"}')).toMatch(/age/);
  expect(check('{"name":"Ann","pattern":5}')).toMatch(/pattern/);
  expect(check('{"name":"Ann","more":1}')).toBeDefined();
});

test("without a schema any JSON passes", () => {
  expect(jsonCheck(undefined)("[1]")).toBeUndefined();
  expect(jsonCheck(undefined)("one")).toMatch(/not JSON/);
});

test("a caller's regular expression never runs, so that it cannot hold the process up", () => {
  const evil = {
    type: "object",
    properties: { a: { type: "string", pattern: "^(a+)+$" } },
    patternProperties: { "^(b+)+$": { type: "number" } },
  };
  const startedAt = performance.now();
  expect(jsonCheck(evil)(JSON.stringify({ a: `${"a".repeat(40)}!`, [`${"b".repeat(40)}!`]: 1 }))).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("a caller's references cannot hold the process up either, though each of forty doubles what there is to do", () => {
  const choice = (index: number) => ({ anyOf: [{ $ref: `#/$defs/a${index}` }, { $ref: `#/$defs/a${index}` }] });
  const $defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`a${index}`, index < 39 ? choice(index + 1) : { type: "number" }]),
  );
  const startedAt = performance.now();
  expect(jsonCheck({ ...choice(0), $defs })('"x"')).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  // What could be checked before still can.
  expect(jsonCheck(person)('{"age":3}')).toMatch(/name/);
});

test("neither can types that are named twice, though each of thirty levels doubles what there is to do", () => {
  let schema: Record<string, unknown> = { type: "string" };
  for (let level = 0; level < 30; level++) schema = { type: ["object", "object"], properties: { a: schema } };
  const startedAt = performance.now();
  expect(jsonCheck(schema)("{}")).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("nothing is done with a schema before there is a text to check, and nothing of it is kept afterwards", () => {
  let reads = 0;
  const schema = {
    id: "a caller's",
    get type() {
      reads++;
      return "string";
    },
  };
  const check = jsonCheck(schema);
  expect(reads).toBe(0);
  expect(check("1")).toMatch(/expected string/);
  expect(reads).toBeGreaterThan(0);
  expect(z.globalRegistry._idmap.has("a caller's")).toBe(false);
});

test("a schema's defaults put nothing in the place of what is missing, and a field may have their name", () => {
  const properties = { n: { type: "integer", default: 1 }, default: { type: "string" } };
  const check = jsonCheck({ type: "object", properties, required: ["n"] });
  expect(check("{}")).toMatch(/n: /);
  expect(check('{"n":2,"default":3}')).toMatch(/default: /);
  expect(check('{"n":2,"default":"x"}')).toBeUndefined();
  const one = (value: number) => ({ type: "object", properties: { n: { type: "integer", default: value } } });
  expect(jsonCheck({ allOf: [one(1), one(2)] })("{}")).toBeUndefined();
  expect(jsonCheck({ allOf: [one(1), one(2)] })('{"n":"x"}')).toMatch(/n: /);
});

test("values that are objects or lists are left to the host, others are checked", () => {
  const schema = { type: "object", properties: { at: { enum: [{ x: 1 }, null] }, to: { const: [1] }, by: { const: "ann" } } };
  expect(jsonCheck(schema)('{"at":{"x":1},"to":[1],"by":"ann"}')).toBeUndefined();
  expect(jsonCheck(schema)('{"by":"bob"}')).toMatch(/by/);
});

test("references that go round in a circle are followed as far as the JSON goes, and what zod cannot express is not checked", () => {
  const list = {
    $ref: "#/$defs/node",
    $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } }, additionalProperties: false } },
  };
  expect(jsonCheck(list)('{"next":{"next":{}}}')).toBeUndefined();
  expect(jsonCheck(list)('{"next":{"next":1}}')).toMatch(/next\.next/);
  for (const endless of [{ $ref: "#" }, { allOf: [{ $ref: "#" }] }, { anyOf: [{ $ref: "#/$defs/a" }], $defs: { a: { $ref: "#" } } }])
    expect(jsonCheck(endless)("{}")).toBeUndefined();
  expect(jsonCheck({ if: {}, not: { type: "string" } })('"x"')).toBeUndefined();
});
