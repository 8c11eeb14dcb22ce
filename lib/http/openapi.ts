import { z } from "zod";
import { problem } from "@/lib/core/problem";
import { type Contract, defineContract, type ErrorCode, type Scope, scopeOf } from "./contract";
import { type JsonSchema, jsonSchemaOf, type SharedSchemas } from "./json-schema";

/** One operation in an OpenAPI document, as far as Hearth writes it. */
export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: "path" | "query"; required: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  /** Who may call; `security` cannot tell a user from an admin. */
  "x-access": Contract["access"];
  /** What an API key must allow to call; `none` is closed to every key. Absent where anybody may call. */
  "x-scope"?: Scope;
};

type Content = Record<string, { schema: JsonSchema }>;

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: SharedSchemas; securitySchemes: Record<string, JsonSchema> };
};

/** An error as OpenAI tells it: https://platform.openai.com/docs/guides/error-codes */
const openaiError = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string().nullable(),
    }),
  })
  .meta({ id: "OpenAiError" });

export const openApi = defineContract({
  method: "GET",
  path: "/api/openapi.json",
  summary: "This description of the API, as OpenAPI 3.1",
  tag: "Reference",
  access: "public",
  returns: z.looseObject({ openapi: z.string() }),
});

const statusOf: Record<ErrorCode, number> = {
  budget_exceeded: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  model_unavailable: 503,
  model_timeout: 504,
};

/**
 * Describes operations as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1).
 * @param contracts by name; the name becomes the `operationId`
 */
export function describeApi(contracts: Record<string, Contract>): OpenApiDocument {
  const schemas: SharedSchemas = {};
  jsonSchemaOf(z.object({ problem, openaiError }), "output", schemas);
  const paths: OpenApiDocument["paths"] = {};
  for (const [name, contract] of Object.entries(contracts)) {
    const path = paths[contract.path] ?? {};
    paths[contract.path] = path;
    path[contract.method.toLowerCase()] = describeOperation(name, contract, schemas);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Hearth", version: "1", description: "JSON in and out, times in ISO 8601 UTC, errors as problem+json." },
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description:
            "An access token from register, login or refresh-token, or an API key (`hk_…`) whose scopes have the operation's `x-scope`",
        },
        cookie: {
          type: "apiKey",
          in: "cookie",
          name: "hearth-session",
          description: "The browser's session; same-origin for anything but GET",
        },
      },
    },
  };
}

function describeOperation(name: string, contract: Contract, shared: SharedSchemas): Operation {
  const parameters = [...parametersOf(contract.params, "path", shared), ...parametersOf(contract.query, "query", shared)];
  return {
    operationId: name,
    summary: contract.summary,
    tags: [contract.tag],
    security: contract.access === "public" ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(contract.body && {
      requestBody: { required: true, content: { "application/json": { schema: jsonSchemaOf(contract.body, "input", shared) } } },
    }),
    responses: { ...successOf(contract, shared), ...problemsOf(contract), ...othersOf(contract, shared) },
    "x-access": contract.access,
    ...(contract.access !== "public" && { "x-scope": scopeOf(contract) }),
  };
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query", shared: SharedSchemas) {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, "input", shared) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(typeof description === "string" && { description }),
    schema: rest,
  }));
}

function successOf(contract: Contract, shared: SharedSchemas): Operation["responses"] {
  const { returns, streams, file } = contract;
  const content: Content = {
    ...(returns && { "application/json": { schema: jsonSchemaOf(returns, "output", shared) } }),
    ...(streams && { "text/event-stream": { schema: { type: "string", description: streams } } }),
    ...(file && { [file]: { schema: { type: "string" } } }),
  };
  const status = contract.status ?? (returns || streams || file ? 200 : 204);
  return { [status]: { description: streams && !returns ? streams : "Done", ...(Object.keys(content).length > 0 && { content }) } };
}

function othersOf({ alsoAnswers = {} }: Contract, shared: SharedSchemas): Operation["responses"] {
  const others = Object.entries(alsoAnswers).map(([status, { description, returns }]) => {
    const content = returns && { "application/json": { schema: jsonSchemaOf(returns, "output", shared) } };
    return [status, { description, ...(content && { content }) }];
  });
  return Object.fromEntries(others);
}

function problemsOf(contract: Contract): Operation["responses"] {
  const problems = new Map<number, string[]>();
  const add = (status: number, code: string) => problems.set(status, [...(problems.get(status) ?? []), code]);
  if (contract.params || contract.query || contract.body) add(400, "invalid_request");
  if (contract.access !== "public" || contract.tag === "Accounts") add(401, "unauthenticated");
  if (contract.body) add(415, "unsupported_type");
  const codes = new Set<ErrorCode>([
    ...(contract.access === "public" ? [] : (["forbidden"] as const)),
    ...(contract.body ? (["too_large"] as const) : []),
  ]);
  for (const code of contract.errors ?? []) codes.add(code);
  for (const code of codes) add(statusOf[code], code);
  add(500, "internal");
  const content: Content =
    contract.errorShape === "openai"
      ? { "application/json": { schema: { $ref: "#/components/schemas/OpenAiError" } } }
      : { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries([...problems].map(([status, names]) => [status, { description: names.join(", "), content }]));
}
