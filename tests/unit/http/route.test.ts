import { expect, test } from "vitest";
import { z } from "zod";
import { resetEnv } from "@/lib/core/env";
import { defineContract } from "@/lib/http/contract";
import { createRoute } from "@/lib/http/route";
import { listOf } from "@/lib/http/text";

process.env.LOG_LEVEL = "silent";
resetEnv();
const route = createRoute(async () => null);
const shared = { path: "/x", summary: "", tag: "", access: "public" } as const;
const context = { params: Promise.resolve({}) };

test("HEAD of a stream ends the stream, which nobody would read", async () => {
  let cancelled = false;
  const endless = new ReadableStream({
    cancel() {
      cancelled = true;
    },
  });
  const get = route(
    defineContract({ ...shared, method: "GET", streams: "events" }),
    () => new Response(endless, { headers: { "x-a": "b" } }),
  );
  const response = await get(new Request("http://localhost/x", { method: "HEAD" }), context);
  expect(response.headers.get("x-a")).toBe("b");
  expect(response.body).toBeNull();
  expect(cancelled).toBe(true);
});

test("a list of a hundred thousand wrong values is refused in few words", async () => {
  const body = z.object({ few: listOf(z.string(), 20), many: z.array(z.string()) });
  const post = route(defineContract({ ...shared, method: "POST", body }), () => undefined);
  const wrong = Array.from({ length: 150_000 }, () => 1);
  const headers = { "content-type": "application/json" };
  const sent = JSON.stringify({ few: wrong, many: wrong });
  const response = await post(new Request("http://localhost/x", { method: "POST", headers, body: sent }), context);
  expect(response.status).toBe(400);
  const { issues } = (await response.json()) as { issues: { path: string }[] };
  expect(issues[0]?.path).toBe("body.few");
  expect(issues.length).toBeLessThanOrEqual(50);
});
