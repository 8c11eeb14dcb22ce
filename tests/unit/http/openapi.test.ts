import { describe, expect, test } from "vitest";
import { z } from "zod";
import { apiDescription, contracts } from "@/app/api/contracts";
import { defineContract } from "@/lib/http/contract";
import { describeApi } from "@/lib/http/openapi";

const operations = Object.values(apiDescription.paths).flatMap((path) => Object.values(path));

describe("the description of the API", () => {
  test("has every contract once, under a name of its own", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.sort()).toEqual(Object.keys(contracts).sort());
    const places = Object.values(contracts).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test("points only at schemas that it has", () => {
    const pointers = JSON.stringify(apiDescription).match(/#\/components\/schemas\/\w+/g) ?? [];
    const known = Object.keys(apiDescription.components.schemas);
    expect(pointers.length).toBeGreaterThan(0);
    for (const pointer of pointers) expect(known).toContain(pointer.split("/").at(-1));
    expect(JSON.stringify(apiDescription)).not.toContain("$defs");
  });

  test("names every parameter of a path", () => {
    for (const [path, byMethod] of Object.entries(apiDescription.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(byMethod)) {
        expect(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(inPath);
      }
    }
  });

  test("asks for a caller exactly where the contract does", () => {
    for (const operation of operations) expect(operation.security.length > 0).toBe(contracts[operation.operationId]?.access !== "public");
  });

  test("says what is sent before parsing and what is answered after it", () => {
    const body = z.object({ email: z.string().trim().pipe(z.email()), limit: z.number().int().default(5) });
    const returns = z.object({
      at: z.date().transform((at) => at.toISOString()),
      note: z
        .string()
        .nullish()
        .transform((note) => note ?? undefined),
    });
    const contract = defineContract({
      method: "POST",
      path: "/x",
      summary: "X",
      tag: "X",
      access: "user",
      body,
      returns,
      status: 201,
      errors: ["conflict"],
    });
    const operation = describeApi({ contract }).paths["/x"]?.post;
    expect(operation?.requestBody?.content["application/json"]?.schema).toEqual({
      type: "object",
      properties: { email: { type: "string", format: "email" }, limit: { type: "integer", default: 5 } },
      required: ["email"],
    });
    expect(operation?.responses[201]?.content?.["application/json"]?.schema).toEqual({
      type: "object",
      properties: { at: { type: "string", format: "date-time" }, note: { type: "string" } },
      required: ["at"],
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(["201", "400", "401", "403", "409", "413", "415", "500"]);
  });
});
