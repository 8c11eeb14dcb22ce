import { expect, test } from "vitest";
import { describeType, objectName } from "@/app/docs/api/describe-type";

test.each([
  [{ type: "string", minLength: 1, maxLength: 200 }, "string, 1 to 200 characters"],
  [{ type: "string", format: "uuid" }, "string (uuid)"],
  [{ type: "integer", minimum: 1, maximum: 100, default: 50 }, "integer, 1 to 100, 50 unless given"],
  [{ type: "number", minimum: 0 }, "number, at least 0"],
  [{ type: "integer", minimum: 1, maximum: 1_000_000 }, "integer, 1 to 1,000,000"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ enum: ["open", "closed"] }, "“open” or “closed”"],
  [{ anyOf: [{ type: "string", format: "uuid" }, { type: "null" }] }, "string (uuid) or null"],
  [{ type: "array", items: { $ref: "#/components/schemas/Message" } }, "list of Message"],
  [{ $ref: "#/components/schemas/Message" }, "Message"],
  [{}, "any"],
])("%o reads as %s", (schema, words) => {
  expect(describeType(schema)).toBe(words);
});

test("an object is named through a list of it, so that it can be linked", () => {
  expect(objectName({ type: "array", items: { $ref: "#/components/schemas/Message" } })).toBe("Message");
  expect(objectName({ type: "string" })).toBeNull();
});
