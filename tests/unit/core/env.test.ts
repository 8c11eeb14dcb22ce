import { expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";

test("an empty environment is enough", () => {
  expect(parseEnv({})).toMatchObject({
    PORT: 3000,
    HEARTH_DATA_DIR: "./data",
    HEARTH_SIGNUP: "approval",
    HEARTH_MAX_MESSAGE_CHARS: 32_000,
  });
});

test("an empty value means not set", () => {
  const { DATABASE_URL, AUTH_SECRET, PORT } = parseEnv({ DATABASE_URL: "", AUTH_SECRET: "", PORT: "" });
  expect({ DATABASE_URL, AUTH_SECRET, PORT }).toEqual({ DATABASE_URL: undefined, AUTH_SECRET: undefined, PORT: 3000 });
});

test.each([
  ["PORT", "eighty"],
  ["DATABASE_URL", "mysql://host/db"],
  ["HEARTH_SIGNUP", "maybe"],
  ["AUTH_SECRET", "short"],
  ["HEARTH_CHAT_PER_MINUTE", "0"],
  ["HEARTH_URL", "https://example.org/hearth"],
  ["HEARTH_MODEL_MIRROR", "hub.example.org"],
])("a bad %s stops the start with one line that names it", (name, value) => {
  expect(() => parseEnv({ [name]: value })).toThrow(
    new RegExp(`^${name} is not usable: .*\\. Correct it or unset it, then start again\\.$`),
  );
});
