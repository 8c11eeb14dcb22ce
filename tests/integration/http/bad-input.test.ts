import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/app/api/contracts";
import { GET as describeApi } from "@/app/api/openapi.json/route";
import { db } from "@/db/database";
import type { Session } from "@/lib/auth/contract";
import { issueTokens } from "@/lib/auth/issue-tokens";
import { startSession } from "@/lib/auth/start-session";
import { problem } from "@/lib/core/problem";
import type { OpenApiDocument, Operation } from "@/lib/http/openapi";
import { bearer, forgetAttempts, registered, withEnvironment } from "@/tests/support/accounts";
import { badBodies, badCursors, badValues, fieldsOf } from "@/tests/support/bad-input";
import { badWithin } from "@/tests/support/bad-within";
import { bootChat } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { type OwnedThings, someThingsOf } from "@/tests/support/owned-things";
import { type RouteHandler, routeExports } from "@/tests/support/route-files";
import { sampleOf } from "@/tests/support/sample-input";

withEnvironment({ LOG_LEVEL: "silent" });
const routes = await routeExports();
const described = (await (
  await describeApi(new Request("http://localhost:3000/api/openapi.json"), { params: Promise.resolve({}) })
).json()) as OpenApiDocument;
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);

type Target = (typeof operations)[number];
type Sent = {
  params?: Record<string, unknown>;
  query?: URLSearchParams;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

type TokenUser = Session["user"];

let visitors = 0;

async function signedIn(user: TokenUser): Promise<string> {
  const sessionId = await startSession(user.id, "api", { address: "192.0.2.1", userAgent: "Test" });
  return (await issueTokens(db(), user, sessionId)).accessToken;
}

/** Sends a request to the operation's route file, as Next would. Every request comes from another address, so that none is refused for its number. */
async function send({ path, operation }: Target, { params = {}, query, body, headers }: Sent): Promise<Response> {
  const contract = contracts[operation.operationId];
  const handler = routes.find((route) => route.handler.contract === contract)?.handler as RouteHandler;
  visitors += 1;
  const request = new Request(`http://localhost:3000${path.replaceAll(/[{}]/g, "")}?${query ?? ""}`, {
    method: contract?.method,
    headers: { "x-forwarded-for": `192.0.2.${visitors}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    body,
  });
  return handler(request, { params: Promise.resolve(params as Record<string, string>) });
}

/** What is wrong with an answer to bad input; nothing when it keeps to the contract. */
async function breach({ operation }: Target, response: Response): Promise<string | undefined> {
  const { status, headers } = response;
  const described = Object.keys(operation.responses).map(Number);
  if (!described.includes(status)) return `undescribed status ${status}`;
  const isOpenai = contracts[operation.operationId]?.errorShape === "openai";
  // Its streams tell of errors in themselves.
  if (status < 400 && isOpenai) return (await response.text()).includes("internal_error") ? "internal error in the answer" : undefined;
  if (status < 400) return void (await response.body?.cancel());
  if (isOpenai) return openaiBreach(response);
  const told = problem.safeParse(await response.json());
  if (!told.success) return "not a problem";
  if (status === 500 || told.data.code === "internal") return "internal error";
  if (headers.get("content-type") !== "application/problem+json") return `content type ${headers.get("content-type")}`;
  if (told.data.status !== status || told.data.requestId !== headers.get("x-request-id")) return "status or request id differ";
  return undefined;
}

const openaiError = z.strictObject({
  error: z.strictObject({ message: z.string().min(1), type: z.string(), param: z.string().nullable(), code: z.string().nullable() }),
});

/** The same for an error of the OpenAI-compatible API. */
async function openaiBreach(response: Response): Promise<string | undefined> {
  const told = openaiError.safeParse(await response.json());
  if (!told.success) return "not an error of OpenAI's shape";
  return response.status === 500 || told.data.error.code === "internal_error" ? "internal error" : undefined;
}

/** Every way in which the operation's input can be bad, one field at a time, the others being right. */
function* badRequests({ operation }: Target, things: OwnedThings): Generator<[what: string, sent: Sent]> {
  const contract = contracts[operation.operationId];
  const params = sampleOf(contract?.params, things) as Record<string, string>;
  const query = sampleOf(contract?.query, things) as Record<string, string>;
  const goodBody = sampleOf(contract?.body, things) as Record<string, unknown>;
  const body = contract?.body && JSON.stringify(goodBody);
  const good = { params, query: new URLSearchParams(query), body };
  const show = (value: unknown) => (JSON.stringify(value) ?? "").slice(0, 40);

  for (const { name, in: where } of operation.parameters ?? []) {
    for (const value of [...badValues.filter((value) => typeof value === "string" || typeof value === "number"), ...badCursors]) {
      const text = String(value);
      if (where === "path") yield [`${name}=${show(text)}`, { ...good, params: { ...params, [name]: text } }];
      else yield [`${name}=${show(text)}`, { ...good, query: new URLSearchParams({ ...query, [name]: text }) }];
    }
    if (where === "query")
      yield [`${name} twice`, { ...good, query: new URLSearchParams([...Object.entries(query), [name, "1"], [name, "\u0000"]]) }];
  }
  yield [
    "prototype keys in the query",
    { ...good, query: new URLSearchParams([...Object.entries(query), ["__proto__", "x"], ["constructor", "y"]]) },
  ];
  yield ["a Last-Event-ID out of range", { ...good, headers: { "last-event-id": "99999999999999999999" } }];
  for (const field of fieldsOf(bodySchema(operation))) {
    for (const value of badValues) yield [`${field}=${show(value)}`, { ...good, body: JSON.stringify({ ...goodBody, [field]: value }) }];
  }
  if (!contract?.body) return;
  for (const text of badBodies) yield [`the body ${show(text)}`, { ...good, body: text }];
  yield ["no content type", { ...good, headers: { "content-type": "" } }];
  yield ["a form", { ...good, headers: { "content-type": "application/x-www-form-urlencoded" } }];
}

/** The same within the fields of its body: in objects in them, in lists, and in every branch of a choice. */
function* badRequestsWithin({ operation }: Target, things: OwnedThings): Generator<[what: string, sent: Sent]> {
  const contract = contracts[operation.operationId];
  const params = sampleOf(contract?.params, things) as Record<string, string>;
  const query = new URLSearchParams(sampleOf(contract?.query, things) as Record<string, string>);
  const given = { things, shared: described.components.schemas };
  for (const [where, body] of badWithin(bodySchema(operation), sampleOf(contract?.body, things), given))
    yield [where, { params, query, body: JSON.stringify(body) }];
}

function bodySchema(operation: Operation) {
  return operation.requestBody?.content["application/json"]?.schema ?? {};
}

describe.each(databaseKinds)("bad input on %s", (kind) => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let chat: Awaited<ReturnType<typeof bootChat>>;
  const users: TokenUser[] = [];

  beforeAll(async () => {
    // JSON, so that what is asked of its form is looked at.
    ollama = await fakeOllama({ reply: '{"a":1}' });
    forgetAttempts();
    chat = await bootChat(kind, { OLLAMA_BASE_URL: ollama.url, HEARTH_CHAT_PER_MINUTE: "100000", HEARTH_SIGNUP: "open" });
    for (const _ of ["admin", "user"]) users.push((await registered()).user);
  });
  beforeEach(forgetAttempts);
  afterAll(async () => {
    await chat.close();
    await ollama.close();
    withEnvironment({ OLLAMA_BASE_URL: undefined });
  });

  test.each(operations.map((target) => [target.name, target] as const))(
    "%s answers every bad field with what its description says, and never with an internal error",
    async (_name, target) => {
      const isPublic = target.operation["x-access"] === "public";
      const breaches: string[] = [];
      // On a server the admin alone, who reaches the database by every operation; access is the same on both.
      const callers = kind === "embedded" ? [undefined, ...users] : users.slice(0, 1);
      for (const caller of isPublic ? [undefined] : callers) {
        const things = await someThingsOf((caller ?? users[0])?.id ?? "");
        // Signed in anew, because one of the operations ends the session.
        const token = caller && (await signedIn(caller));
        for (const [what, sent] of badRequests(target, things)) {
          const headers = { ...(token && bearer(token)), ...sent.headers };
          const wrong = await breach(target, await send(target, { ...sent, headers }));
          if (wrong) breaches.push(`${caller?.role ?? "nobody"}, ${what}: ${wrong}`);
        }
      }
      expect(breaches).toEqual([]);
    },
    60_000,
  );

  test.each(operations.flatMap((target) => (target.operation.requestBody ? [[target.name, target] as const] : [])))(
    "%s answers every bad value within its body so too",
    async (_name, target) => {
      const [admin] = users;
      if (!admin) throw new Error("The admin is missing.");
      const things = await someThingsOf(admin.id);
      const headers = bearer(await signedIn(admin));
      const breaches: string[] = [];
      for (const [where, sent] of badRequestsWithin(target, things)) {
        const wrong = await breach(target, await send(target, { ...sent, headers }));
        if (wrong) breaches.push(`${where}: ${wrong}`);
      }
      expect(breaches).toEqual([]);
    },
    120_000,
  );
});
