import type { JsonSchema } from "@/lib/http/json-schema";

/** Text that breaks parsers, databases and terminals, and values of every wrong kind. */
export const badValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "a\ud800b",
  "\udfff",
  "\u001b[31mred",
  "a\r\nb",
  "\u202eevil",
  "x".repeat(100_000),
  "' or 1=1; --",
  "%00%ff%",
  "../../etc/passwd",
  "1e999",
  "NaN",
  "99999999999999999999",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "__proto__",
  "constructor",
  [],
  ["\u0000", "\ud800"],
  [[[]]],
  Array.from({ length: 200_000 }, () => 1),
  {},
  { toString: 1, constructor: { prototype: {} } },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  nested(1_000),
];

/** Cursors that have the right shape and name a place that no list has. */
export const badCursors = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2020-02-30T00:00:00Z", "2020-01-01T00:00:00.123456789Z"].map(
  (at) => Buffer.from(JSON.stringify({ at, id: "00000000-0000-0000-0000-000000000000" })).toString("base64url"),
);

/** Bodies that are wrong as a whole, as they travel. */
export const badBodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "",
  "null",
  "[]",
  '"text"',
  "{",
  '{"a":1}{"b":2}',
  "\ufeff{}",
  '{"__proto__":null}',
  "[".repeat(100_000) + "]".repeat(100_000),
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
];

/** The names of an object schema's fields. */
export const fieldsOf = (schema: JsonSchema): string[] => Object.keys((schema.properties ?? {}) as object);

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
