import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withoutSecrets } from "@/lib/monitoring/audit/without-secrets";

const root = path.resolve(import.meta.dirname, "../../..");
const sources = globSync("{app,bin,cli,components,db,lib}/**/*.{ts,tsx}", { cwd: root }).map(
  (file) => [file, readFileSync(path.join(root, file), "utf8")] as const,
);

test("one file alone knows the audit log's table, adds to it and never changes a row of it", () => {
  const users = sources.filter(([, text]) => /\bauditEvents\b|audit_events/.test(text)).map(([file]) => file);
  expect(users.toSorted()).toEqual(["db/queries/audit-events.ts", "db/schema/audit.ts"]);
  const queries = sources.find(([file]) => file === "db/queries/audit-events.ts")?.[1] ?? "";
  expect(queries).toContain(".insert(auditEvents)");
  expect(queries).not.toMatch(/\.update\(|onConflict|\bset\b/i);
});

test("only the time that events are kept for removes some", () => {
  const users = sources.filter(([, text]) => text.includes("deleteAuditEvents")).map(([file]) => file);
  expect(users.toSorted()).toEqual(["db/queries/audit-events.ts", "lib/monitoring/audit/trim-loop.ts"]);
});

test.each(
  [
    [{ apiKey: "a", nested: { passwordHash: "b", list: [{ refreshToken: "c" }] } }, ["a", "b", "c"]],
    [{ encrypted_api_key: "a", key: "b", webhookSecret: "c", authorization: "d" }, ["a", "b", "c", "d"]],
  ].map(([value, secrets]) => ({ value, secrets })),
)("fields of secret names are hidden at any depth", ({ value, secrets }) => {
  const told = JSON.stringify(withoutSecrets(value));
  for (const secret of secrets as string[]) expect(told).not.toContain(`"${secret}"`);
  expect(told).toContain("[secret]");
});

test("keys and passwords within texts are hidden, and figures named after tokens and whether there is a key are not", () => {
  expect(withoutSecrets({ url: "http://me:pass@host/x", note: "hk_abcdefghijkl", header: "Bearer abc.def" })).toEqual({
    url: "http://[secret]@host/x",
    note: "[secret]",
    header: "[secret]",
  });
  const plain = { limitTokens: 5, tokensPerMinute: 6, hasKey: true, keepAlive: "10m", subjectKind: "key", apiKey: null };
  expect(withoutSecrets(plain)).toEqual(plain);
});
