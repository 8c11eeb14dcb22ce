import { describe, expect, test } from "vitest";
import { apiDescription } from "@/app/api/contracts";
import type { Operation } from "@/lib/http/openapi";

/**
 * What people script against: every name here is promised for good. Written by hand and not from the contracts, so that a
 * change of those fails here. Fields may be added to what is answered; none may be renamed, taken away or newly asked for.
 */
const pageOf = (item: string) => `{ items: ${item}[], nextCursor }`;
const page = ["limit", "cursor"];

const operations: [name: string, status: number, answers: string, sends?: { body?: string; query?: string[] }][] = [
  ["POST /api/v1/auth/register", 201, "Session", { body: "email password name?" }],
  ["POST /api/v1/auth/login", 200, "Session", { body: "email password" }],
  ["POST /api/v1/auth/refresh-token", 200, "Session", { body: "refreshToken" }],
  ["POST /api/v1/auth/logout", 204, "nothing"],
  ["GET /api/v1/me", 200, "User"],
  ["GET /api/v1/keys", 200, pageOf("ApiKey"), { query: page }],
  ["POST /api/v1/keys", 201, "{ key }", { body: "name scopes? models? expiresAt? limits?" }],
  ["DELETE /api/v1/keys/{}", 204, "nothing"],
  [
    "POST /api/v1/chat",
    200,
    "{ conversationId, runId, message: Message }",
    { body: "message conversationId? parentId? model? system? temperature? topP? maxTokens? tools? stream? temporary?" },
  ],
  ["GET /api/v1/conversations", 200, pageOf("Conversation"), { query: [...page, "q"] }],
  ["POST /api/v1/conversations", 201, "Conversation", { body: "title? model?" }],
  ["GET /api/v1/conversations/{}", 200, "Conversation"],
  ["PATCH /api/v1/conversations/{}", 200, "Conversation", { body: "title? pinned? archived?" }],
  ["DELETE /api/v1/conversations/{}", 204, "nothing"],
  ["GET /api/v1/messages", 200, pageOf("Message"), { query: [...page, "conversationId", "all"] }],
  ["POST /api/v1/messages", 201, "Message", { body: "conversationId role text parentId?" }],
  ["GET /api/v1/history", 200, pageOf("Message"), { query: [...page, "user_id"] }],
  ["GET /api/v1/runs/{}", 200, "Run"],
  ["GET /api/v1/runs/{}/stream", 200, "event-stream", { query: ["from"] }],
  ["POST /api/v1/runs/{}/stop", 202, "nothing"],
  ["GET /api/v1/models", 200, pageOf("Model"), { query: page }],
  ["POST /v1/chat/completions", 200, "{ id, object, created, model, choices, usage }", { body: "model messages stream? tools?" }],
  ["POST /v1/embeddings", 200, "{ object, data, model, usage }", { body: "model input dimensions? encoding_format?" }],
  ["GET /v1/models", 200, "{ object, data }"],
  ["GET /v1/models/{}", 200, "{ id, object, created, owned_by }"],
  ["GET /healthz", 200, "{}"],
  ["GET /readyz", 200, "Readiness"],
  ["GET /readyz", 503, "Readiness"],
];

const shapes: Record<string, string> = {
  Session: "user: { id email name role: admin|user|pending } accessToken refreshToken expiresInS",
  User: "id email name role: admin|user|pending",
  Message:
    "id conversationId parentId role: user|assistant|system parts text status: complete|running|stopped|interrupted|failed|awaiting-approval " +
    "model? usage?: { inputTokens outputTokens cachedTokens? reasoningTokens? costUsd durationMs timeToFirstTokenMs } error? createdAt",
  Conversation: "id title model pinned archived folderId tags activeRunId createdAt updatedAt",
  Run: "id conversationId messageId status model startedAt endedAt error?",
  Model:
    "id name upstreams: [ name state: up|down|unknown loaded ] capabilities: { tools vision thinking embedding json } contextLength " +
    "pricing?: { inputUsdPerMTok outputUsdPerMTok }",
  Readiness: "database: { ok } models: [ upstream ok error? since ] jobs: { ok }",
  Problem: "type title status code detail requestId issues?: [ path message ]",
};

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};
const schemas = apiDescription.components.schemas as Record<string, Schema>;

/** A schema with its pointers followed, and `null` as another value left out. */
function resolved(schema: Schema | undefined): Schema {
  if (schema?.$ref) return resolved(schemas[schema.$ref.split("/").at(-1) ?? ""]);
  const others = schema?.anyOf?.filter(({ type }) => type !== "null");
  return others?.length === 1 ? resolved(others[0]) : (schema ?? {});
}

/** Whether a schema has the fields of a promise, in the promise's own words: the words that do not hold. */
function broken(promise: string, given: Schema | undefined, path: string): string[] {
  const words = promise.split(" ");
  const found: string[] = [];
  const read = (schema: Schema, at: string, end?: string) => {
    for (let word = words.shift(); word !== undefined && word !== end; word = words.shift()) {
      const name = word.replace(/[?:]+$/, "");
      const field = schema.properties?.[name];
      const isRequired = schema.required?.includes(name) ?? false;
      if (!field) found.push(`${at}.${name} is missing`);
      else if (isRequired === word.includes("?")) found.push(`${at}.${name} is ${isRequired ? "" : "not "}required`);
      if (!word.endsWith(":")) continue;
      const what = words.shift() ?? "";
      const inside = resolved(field);
      if (what === "{") read(inside, `${at}.${name}`, "}");
      else if (what === "[") read(resolved(inside.items), `${at}.${name}[]`, "]");
      else if (inside.enum?.toSorted().join() !== what.split("|").toSorted().join()) found.push(`${at}.${name} is not one of ${what}`);
    }
  };
  read(resolved(given), path);
  return found;
}

function operationOf(name: string): Operation | undefined {
  const [method = "", path] = name.split(" ");
  const found = Object.entries(apiDescription.paths).find(([known]) => known.replaceAll(/\{\w+\}/g, "{}") === path);
  return found?.[1][method.toLowerCase()];
}

/** What an answer of this status is, in the words of the table. */
function answerOf(operation: Operation | undefined, status: number) {
  const content = operation?.responses[status]?.content ?? {};
  return { json: content["application/json"]?.schema as Schema | undefined, isStream: "text/event-stream" in content };
}

const nameOf = (schema: Schema | undefined) => schema?.$ref?.split("/").at(-1);

describe("what the API promises, the description has", () => {
  test.each(operations)("%s answers %i with %s", (name, status, answers, sends) => {
    const operation = operationOf(name);
    const { json, isStream } = answerOf(operation, status);
    expect(operation?.responses[status]).toBeDefined();
    if (answers === "nothing") expect(json).toBeUndefined();
    else if (answers === "event-stream") expect(isStream).toBe(true);
    else if (answers in shapes) expect(nameOf(json)).toBe(answers);
    else {
      const [, fields = ""] = /^\{(.*)\}$/.exec(answers) ?? [];
      for (const [field = "", of] of fields
        .split(",")
        .map((part) => part.trim().split(": "))
        .filter(([part]) => part !== "")) {
        const schema = resolved(json).properties?.[field];
        expect(schema, field).toBeDefined();
        if (of) expect(nameOf(of.endsWith("[]") ? schema?.items : schema)).toBe(of.replace("[]", ""));
      }
    }
    expect((operation?.parameters ?? []).map((parameter) => parameter.name)).toEqual(expect.arrayContaining(sends?.query ?? []));
    const body = operation?.requestBody?.content["application/json"]?.schema as Schema | undefined;
    expect(sends?.body ? broken(sends.body, body, "body") : []).toEqual([]);
    // Nothing more may be asked for than was promised.
    const asked = (resolved(body).required ?? []).filter((field) => !(sends?.body ?? "").split(" ").includes(field));
    expect(asked).toEqual([]);
  });

  test.each(Object.entries(shapes))("%s has its fields", (name, promise) => {
    expect(broken(promise, schemas[name], name)).toEqual([]);
  });

  test("a chat can be answered as a stream of events, and a failure as a problem of each promised status", () => {
    const chat = operationOf("POST /api/v1/chat");
    expect(answerOf(chat, 200).isStream).toBe(true);
    for (const status of [400, 401, 402, 403, 404, 413, 415, 429, 500, 503, 504]) {
      expect(chat?.responses[status]?.content).toEqual({
        "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
      });
    }
  });

  test("a field that is renamed, or is no longer always there, is noticed", () => {
    const renamed = { properties: { id: {}, names: {} }, required: ["id", "names"] };
    expect(broken("id name", renamed, "X")).toEqual(["X.name is missing"]);
    expect(broken("id name", { properties: { id: {}, name: {} }, required: ["id"] }, "X")).toEqual(["X.name is not required"]);
    expect(broken("role: a|b", { properties: { role: { enum: ["a", "c"] } }, required: ["role"] }, "X")).toEqual([
      "X.role is not one of a|b",
    ]);
    const nested = { properties: { usage: { properties: { tokens: {} } } }, required: ["usage"] };
    expect(broken("usage: { inputTokens }", nested, "X")).toEqual(["X.usage.inputTokens is missing"]);
  });
});
