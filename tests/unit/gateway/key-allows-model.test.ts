import { expect, test } from "vitest";
import { keyAllowsModel } from "@/lib/gateway/policy/key-allows-model";

const allows = (models: string[] | null, id: string) => keyAllowsModel({ models }, id);

test("without a key, and for a key that names no models, every model is allowed", () => {
  expect(keyAllowsModel(undefined, "openai/gpt-5")).toBe(true);
  expect(allows(null, "openai/gpt-5")).toBe(true);
});

test("an id allows that model and no other", () => {
  expect(allows(["openai/gpt-5"], "openai/gpt-5")).toBe(true);
  for (const id of ["openai/gpt-5-mini", "openai/gpt", "gpt-5", "OpenAI/gpt-5", ""]) expect(allows(["openai/gpt-5"], id)).toBe(false);
  expect(allows([], "openai/gpt-5")).toBe(false);
});

test("a star stands for any ending, and only for that", () => {
  expect(allows(["openai/*"], "openai/gpt-5")).toBe(true);
  expect(allows(["openai/gpt-5*"], "openai/gpt-5")).toBe(true);
  expect(allows(["*"], "auto")).toBe(true);
  expect(allows(["openai/*"], "openai")).toBe(false);
  expect(allows(["openai/*"], "anthropic/openai/gpt-5")).toBe(false);
  expect(allows(["openai/gpt.5"], "openai/gpt-5")).toBe(false);
});

test("any of several is enough", () => {
  expect(allows(["ollama/a:1b", "openai/*"], "openai/gpt-5")).toBe(true);
});

test("for Ollama a model without a tag is the latest one", () => {
  expect(allows(["ollama/llama3.2"], "ollama/llama3.2:latest")).toBe(true);
  expect(allows(["ollama/llama3.2:latest"], "ollama/llama3.2")).toBe(true);
  expect(allows(["ollama/llama3.2:*"], "ollama/llama3.2")).toBe(true);
  expect(allows(["ollama/llama3.2"], "ollama/llama3.2:3b")).toBe(false);
  expect(allows(["other/llama3.2"], "other/llama3.2:latest")).toBe(false);
});
