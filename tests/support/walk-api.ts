import type { OpenApiDocument, Operation } from "@/lib/http/openapi";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const atOnce = 12;
const nobodysId = "01890000-0000-7000-8000-000000000000";

type Call = { method: (typeof methods)[number]; path: string; operation?: Operation; allowed: string[] };

/**
 * Asks a running Hearth for each of the seven methods on every path of its own description, without a body and with ids
 * that nobody has.
 * @param headers of the caller; nobody unless told · `skip` names operations that would end the caller's session
 * @returns what is wrong, one line for each; empty when all is as described, and how many calls there were
 */
export async function walkApi(url: string, { headers = {}, skip = [] }: { headers?: Record<string, string>; skip?: string[] } = {}) {
  const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApiDocument;
  const calls = Object.entries(description.paths).flatMap(([path, operations]): Call[] => {
    const served = Object.keys(operations).map((method) => method.toUpperCase());
    const allowed = [...served, ...(served.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
    return methods
      .map((method) => ({ method, path, allowed, operation: operations[method === "HEAD" ? "get" : method.toLowerCase()] }))
      .filter(({ operation }) => !operation || !skip.includes(operation.operationId));
  });
  const waiting = [...calls];
  const wrong: string[] = [];
  const worker = async () => {
    for (let call = waiting.pop(); call; call = waiting.pop()) {
      const { method, path } = call;
      const found = await check(url, call, headers).catch((error) => [String(error)]);
      wrong.push(...found.map((what) => `${method} ${path}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { calls: calls.length, wrong };
}

async function check(url: string, call: Call, headers: Record<string, string>): Promise<string[]> {
  const { method, path, operation, allowed } = call;
  const response = await fetch(url + path.replaceAll(/\{\w+\}/g, nobodysId), {
    method,
    headers,
    signal: AbortSignal.timeout(20_000),
    redirect: "manual",
  });
  const { status } = response;
  const type = response.headers.get("content-type")?.split(";")[0] ?? "none";
  const isStream = type === "text/event-stream";
  // An event stream has no end of its own.
  const body = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  const wrong: string[] = [];
  const expected = expectedOf(call);
  if (!expected.statuses.includes(status)) wrong.push(`${status}, not one of ${expected.statuses.join(", ")}`);
  if (!/^[\w-]{8,}$/.test(response.headers.get("x-request-id") ?? "")) wrong.push("no x-request-id");
  if (response.headers.get("x-content-type-options") !== "nosniff") wrong.push("no x-content-type-options");
  if (!operation && response.headers.get("allow") !== allowed.join(", ")) wrong.push(`allow: ${response.headers.get("allow")}`);
  if (method === "HEAD") return body === "" ? wrong : [...wrong, "a body after HEAD"];
  if (status === 204) return type === "none" && body === "" ? wrong : [...wrong, `204 with ${type}`];
  const types = operation?.responses[status]?.content;
  const wanted = types ? Object.keys(types) : [path.startsWith("/v1/") ? "application/json" : "application/problem+json"];
  if (!wanted.includes(type)) wrong.push(`${status} as ${type}, not ${wanted.join(" or ")}`);
  if (status >= 400 && status !== 503) wrong.push(...faultsOfError(path, status, body));
  return wrong;
}

function expectedOf({ method, operation }: Call): { statuses: number[] } {
  if (!operation) return { statuses: [method === "OPTIONS" ? 204 : 405] };
  // A described 500 is a fault all the same.
  const described = Object.keys(operation.responses).map(Number);
  return { statuses: described.filter((status) => status !== 500) };
}

/** An error's body names itself as the API promises: a problem, or what OpenAI's clients read. */
function faultsOfError(path: string, status: number, body: string): string[] {
  const json = JSON.parse(body) as { status?: number; code?: string; requestId?: string; error?: { message?: string; type?: string } };
  if (path.startsWith("/v1/")) return json.error?.message && json.error.type ? [] : ["an error that is not in OpenAI's shape"];
  return json.status === status && json.code && json.requestId ? [] : ["an error that is no problem"];
}
