import { afterEach, expect, test, vi } from "vitest";
import { fetchModels } from "@/components/models/fetch-models";

afterEach(() => vi.unstubAllGlobals());

/** A server with so many models that gives out pages of 100; a cursor is the number of the next one. */
function serve(count: number) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const from = Number(new URL(url, "http://localhost").searchParams.get("cursor") ?? 0);
    const items = Array.from({ length: Math.min(100, count - from) }, (_, index) => ({ id: `ollama/m${from + index}` }));
    return Response.json({ items, nextCursor: from + 100 < count ? String(from + 100) : null });
  });
  return asked;
}

test("every model is fetched, also beyond the first page", async () => {
  const asked = serve(250);
  const models = await fetchModels();
  expect(models).toHaveLength(250);
  expect(models.at(-1)?.id).toBe("ollama/m249");
  expect(asked).toHaveLength(3);
});

test("a model that two pages name is there once", async () => {
  vi.stubGlobal("fetch", async (url: string) =>
    Response.json({ items: [{ id: "ollama/same" }], nextCursor: url.includes("cursor") ? null : "x" }),
  );
  expect(await fetchModels()).toHaveLength(1);
});

test("a server that never comes to an end is left at some point", async () => {
  let asked = 0;
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    return Response.json({ items: [{ id: `ollama/m${asked}` }], nextCursor: "more" });
  });
  await fetchModels();
  expect(asked).toBeLessThan(100);
});
