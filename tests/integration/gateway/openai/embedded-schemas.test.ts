import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ModelError } from "@/lib/core/errors";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { allLanes } from "@/lib/gateway/queue/lane";
import { chatModelFile } from "@/tests/support/models";
import { openaiHearth } from "@/tests/support/openai-hearth";

// A processor that others use too can be many times slower at this.
vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!chatModelFile)("the embedded model", () => {
  let hearth: Awaited<ReturnType<typeof openaiHearth>>;
  beforeAll(async () => {
    hearth = await openaiHearth({ HEARTH_LOCAL_MODEL: chatModelFile ?? "" });
  });
  afterAll(() => hearth.close());

  const ask = (schema: object, stream: boolean) =>
    hearth.call("/chat/completions", {
      model: `local/${embeddedState().model?.name}`,
      messages: [{ role: "user", content: "Describe a fox." }],
      response_format: { type: "json_schema", json_schema: { name: "fox", schema } },
      ...{ max_tokens: 30, temperature: 0, seed: 1, stream },
    });

  test("is held to schemas with long texts, long lists and values that are objects", async () => {
    const schema = {
      type: "object",
      properties: {
        place: { enum: [{ in: "wood" }, { in: "field" }] },
        cubs: { type: "array", maxItems: 1_500, items: { enum: ["red", "grey"] } },
        tale: { type: "string", minLength: 3, maxLength: 5_000 },
      },
      required: ["place", "cubs", "tale"],
      additionalProperties: false,
    };
    const response = await ask(schema, false);
    expect(response.status).toBe(200);
    const { choices } = await response.json();
    expect(choices[0].message.content).toMatch(/^\{\s*"place": ?\{\s*"in": ?"(wood|field)"\s*\}/);
  });

  test("tells the caller of a schema that no grammar can be made of, and stays open to everyone", async () => {
    const endless = { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } };
    for (let call = 0; call < 6; call++) {
      const response = await ask(endless, call % 2 === 0);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { type: "invalid_request_error", message: expect.stringContaining("cannot be held to this JSON schema") },
      });
    }
    expect(breakerStates().filter(({ state }) => state !== "closed")).toEqual([]);
    expect((await ask({ type: "boolean" }, false)).status).toBe(200);
    // A worker that answers so is well again.
    const breaker = allLanes().find(({ modelId }) => modelId.startsWith("local/"))?.breaker;
    const crash = () => Promise.reject(new ModelError("crashed", "It crashed."));
    for (let failure = 0; failure < 5; failure++) await breaker?.run(crash).catch(() => {});
    expect(breaker?.state).toBe("open");
    await expect.poll(() => breaker?.admits, { timeout: 3_000 }).toBe(true);
    expect((await ask(endless, false)).status).toBe(400);
    expect(breaker?.state).toBe("closed");
  });
});
