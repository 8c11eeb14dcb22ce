import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Contract } from "@/lib/http/contract";
import { inRequest } from "./request-scope";
import { routeExports } from "./route-files";

type Action = ((input: unknown) => Promise<{ ok: boolean; value?: unknown; problem?: unknown }>) & { access?: string };
type Run = (input?: { body?: unknown; params?: Record<string, string | string[]>; query?: string }) => Promise<unknown>;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Every route and server action that only admins may call and that is no plain read, by name, as `POST /api/v1/limits` or `action saveLimit`, ready to be called by the holder of these headers. */
export async function adminChanges(headers: () => Record<string, string>): Promise<Map<string, Run>> {
  const routes = (await routeExports()).filter(({ handler: { contract } }) => contract?.access === "admin" && contract.method !== "GET");
  const changes = new Map<string, Run>(
    routes.map(({ handler, method, path: place }) => [
      `${method} ${place}`,
      async ({ body, params = {}, query = "" } = {}) => {
        const { method: verb } = handler.contract as Contract;
        const request = new Request(`http://localhost:3000/?${query}`, {
          method: verb,
          headers: { ...headers(), "content-type": "application/json" },
          body: body === undefined ? undefined : JSON.stringify(body),
        });
        const response = await handler(request, { params: Promise.resolve(params as Record<string, string>) });
        if (!response.ok) throw new Error(`${method} ${place} answered ${response.status}: ${await response.text()}`);
        return response.status === 204 ? null : response.headers.get("content-type")?.includes("json") ? response.json() : response.text();
      },
    ]),
  );
  for (const [name, action] of await actions()) {
    if (action.access !== "admin") continue;
    changes.set(`action ${name}`, async ({ body = {} } = {}) => {
      const page = new Request("http://localhost:3000/", { headers: headers() });
      const result = await inRequest(page, "action", () => action(body));
      if (!result.ok) throw new Error(`${name} answered ${JSON.stringify(result.problem)}`);
      return result.value;
    });
  }
  return changes;
}

async function actions(): Promise<[string, Action][]> {
  const files = globSync("app/**/*.ts", { cwd: root }).filter((file) =>
    readFileSync(path.join(root, file), "utf8").startsWith('"use server";'),
  );
  const found = await Promise.all(
    files.map(async (file) => Object.entries((await import(path.join(root, file))) as Record<string, Action>)),
  );
  return found.flat();
}
