import { expect, test } from "vitest";
import { z } from "zod";
import { toGbnfSchema } from "@/lib/gateway/embedded/to-gbnf-schema";

test("a schema as zod writes it keeps its shape", () => {
  const schema = z.toJSONSchema(
    z.object({
      name: z.string().max(5),
      tags: z.array(z.string()).min(1),
      age: z.number().int().min(0).optional(),
      kind: z.enum(["a", "b"]),
    }),
  );
  expect(toGbnfSchema(schema)).toEqual({
    type: "object",
    properties: {
      name: { type: "string", maxLength: 5 },
      tags: { type: "array", minItems: 1, items: { type: "string" } },
      age: { type: "integer" },
      kind: { oneOf: [{ const: "a" }, { const: "b" }] },
    },
    additionalProperties: false,
  });
});

test("choices, nullable types and joined schemas become what a grammar can say", () => {
  expect(toGbnfSchema({ anyOf: [{ type: "string" }, { const: 1 }] })).toEqual({ oneOf: [{ type: "string" }, { const: 1 }] });
  expect(toGbnfSchema({ type: ["string", "null"], format: "date" })).toEqual({
    oneOf: [{ type: "string", format: "date" }, { type: "null" }],
  });
  expect(toGbnfSchema({ type: ["array", "null"], items: { type: "number" } })).toEqual({
    oneOf: [{ type: "array", items: { type: "number" } }, { type: "null" }],
  });
  expect(toGbnfSchema({ type: ["object", "null"], properties: { a: { type: "null" } }, additionalProperties: false })).toEqual({
    oneOf: [{ type: "object", properties: { a: { type: "null" } }, additionalProperties: false }, { type: "null" }],
  });
  expect(toGbnfSchema({ items: { type: "number" } })).toEqual({ type: "array", items: { type: "number" } });
  expect(
    toGbnfSchema({
      allOf: [
        { type: "object", properties: { a: { type: "null" } } },
        { properties: { b: { type: "null" } }, additionalProperties: false },
      ],
    }),
  ).toEqual({
    type: "object",
    properties: { a: { type: "null" }, b: { type: "null" } },
    additionalProperties: false,
  });
});

test("definitions, also recursive ones and those of draft 7, are kept by reference", () => {
  const tree = {
    type: "object",
    properties: { children: { type: "array", items: { $ref: "#/definitions/tree" } } },
    additionalProperties: false,
  };
  expect(toGbnfSchema({ $ref: "#/definitions/tree", definitions: { tree } })).toEqual({
    $ref: "#/$defs/tree",
    $defs: {
      tree: { type: "object", properties: { children: { type: "array", items: { $ref: "#/$defs/tree" } } }, additionalProperties: false },
    },
  });
});

test("what a grammar cannot express is left out rather than refused", () => {
  expect(toGbnfSchema({ type: "string", pattern: "^a+$", format: "email" })).toEqual({ type: "string" });
  expect(toGbnfSchema({ type: "string", format: "date" })).toEqual({ type: "string", format: "date" });
  expect(toGbnfSchema({ type: "object" })).toEqual({ type: "object", properties: {}, additionalProperties: true });
});

test("lengths and counts that the grammar's parser refuses are left out", () => {
  expect(toGbnfSchema({ type: "string", minLength: 500, maxLength: 501 })).toEqual({ type: "string", minLength: 500 });
  expect(toGbnfSchema({ type: "array", items: { type: "null" }, minItems: 1_000, maxItems: 1e21 })).toEqual({
    type: "array",
    items: { type: "null" },
  });
  expect(toGbnfSchema({ type: "string", minLength: -1, maxLength: 2.5 })).toEqual({ type: "string" });
});

test("values that are objects or lists become schemas that nothing else fits", () => {
  expect(toGbnfSchema({ enum: [{ x: 1 }, [null], "a"] })).toEqual({
    oneOf: [
      { type: "object", properties: { x: { const: 1 } }, additionalProperties: false },
      { type: "array", prefixItems: [{ const: null }], maxItems: 1 },
      { const: "a" },
    ],
  });
  expect(toGbnfSchema({ const: null })).toEqual({ const: null });
});

test("a type that is named twice is written once, so that sixty levels of it are no more work than one each", () => {
  let schema: Record<string, unknown> = { type: "string" };
  for (let level = 0; level < 60; level++) schema = { type: ["object", "object"], properties: { a: schema } };
  expect(JSON.stringify(toGbnfSchema(schema)).length).toBeLessThan(10_000);
});
