import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { toBaseUrl } from "@/lib/gateway/base-url";
import { environmentUpstreams } from "@/lib/gateway/environment-upstreams";
import { prefixOf, splitModelId } from "@/lib/gateway/upstream";
import { addUpstreamInput } from "@/lib/gateway/upstream-contract";

const from = (environment: Record<string, string>) => environmentUpstreams(parseEnv(environment));

test("with nothing configured there are Ollama on this machine and the embedded model", () => {
  expect(from({})).toMatchObject([
    { name: "ollama", baseUrl: "http://127.0.0.1:11434", source: "built-in" },
    { name: "embedded", kind: "embedded", source: "built-in", enabled: true },
  ]);
});

test("each Ollama host of the list is one upstream, in order, without doubles", () => {
  const hosts = from({ OLLAMA_BASE_URL: "http://gpu:11434/, 10.0.0.5:11434/api ,http://gpu:11434", HEARTH_LOCAL_MODEL: "off" });
  expect(hosts).toMatchObject([
    { id: "environment-ollama", name: "ollama", baseUrl: "http://gpu:11434", source: "environment" },
    { id: "environment-ollama-2", name: "ollama-2", baseUrl: "http://10.0.0.5:11434" },
    { kind: "embedded", enabled: false },
  ]);
});

test("keys and addresses of hosted providers become upstreams", () => {
  const hosts = from({
    OPENAI_API_KEY: "a",
    ANTHROPIC_API_KEY: "b",
    ANTHROPIC_BASE_URL: "https://proxy.example",
    GOOGLE_GENERATIVE_AI_API_KEY: "c",
  });
  expect(hosts.map(({ kind, baseUrl, apiKey }) => [kind, baseUrl, apiKey])).toEqual([
    ["ollama", "http://127.0.0.1:11434", undefined],
    ["openai", "https://api.openai.com/v1", "a"],
    ["anthropic", "https://proxy.example/v1", "b"],
    ["google", "https://generativelanguage.googleapis.com/v1beta", "c"],
    ["embedded", null, undefined],
  ]);
});

test("an address that cannot be used names its variable", () => {
  expect(() => from({ OLLAMA_BASE_URL: "ftp://gpu" })).toThrow(
    /^OLLAMA_BASE_URL is not usable: ftp:\/\/gpu is not an http or https address\./,
  );
});

describe("addresses as people write them", () => {
  test.each([
    ["ollama", "gpu:11434", "http://gpu:11434"],
    ["ollama", "https://host/ollama/v1/", "https://host/ollama"],
    ["openai-compatible", "192.168.1.5:8080", "http://192.168.1.5:8080/v1"],
    ["openai-compatible", "https://openrouter.ai/api/v1/", "https://openrouter.ai/api/v1"],
    ["google", undefined, "https://generativelanguage.googleapis.com/v1beta"],
  ] as const)("%s %s is %s", (kind, address, url) => {
    expect(toBaseUrl(kind, address)).toBe(url);
  });
  test.each(["javascript:alert(1)", "file:///etc/passwd", "http://user:secret@host", ""])(
    "%s is refused for a compatible server",
    (address) => {
      expect(() => toBaseUrl("openai-compatible", address)).toThrow();
    },
  );
});

test("model ids split at the first slash and are prefixed by kind, or by name for other compatible servers", () => {
  expect(splitModelId("ollama/hf.co/someone/model:Q4")).toEqual({ prefix: "ollama", name: "hf.co/someone/model:Q4" });
  expect(splitModelId("nothing")).toEqual({ prefix: "", name: "nothing" });
  expect(prefixOf({ kind: "openai-compatible", name: "vllm" })).toBe("vllm");
  expect(prefixOf({ kind: "embedded", name: "embedded" })).toBe("local");
});

test.each(["local", "OpenAI", "auto", "a/b", "", "x y", "-x"])("an added host cannot be named %s", (name) => {
  expect(addUpstreamInput.safeParse({ name, kind: "openai-compatible", baseUrl: "http://host" }).success).toBe(false);
});
