// Next keeps requests in AsyncLocalStorage, which it finds on globalThis.
import "next/dist/server/node-environment-baseline";
import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { createRequestStore, type RequestStoreInputs } from "next/dist/server/async-storage/request-store";

/** Runs code as Next runs a route handler or server action: `headers()` and `cookies()` give this request's. */
export async function inRequest<T>(request: Request, phase: "action" | "render", run: () => Promise<T>): Promise<T> {
  const { pathname, search } = new URL(request.url);
  const inputs = {
    phase,
    headers: request.headers,
    url: { pathname, search },
    rootParams: {},
    implicitTags: { tags: [], expirationsByCacheKind: new Map() },
  };
  const store = createRequestStore(inputs as unknown as RequestStoreInputs);
  const work = { route: pathname } as unknown as Parameters<typeof workAsyncStorage.run>[0];
  return workAsyncStorage.run(work, () => workUnitAsyncStorage.run(store, run));
}
