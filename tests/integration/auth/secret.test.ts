import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, db } from "@/db/database";
import { findSetting } from "@/db/queries/settings";
import { authSecret, decryptSecret, encryptSecret } from "@/lib/auth/secret";
import { forgetAttempts as forgetSecret, withEnvironment } from "@/tests/support/accounts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

describe.each(databaseKinds)("the signing secret on %s", (kind) => {
  let database: Database;
  beforeEach(async () => {
    withEnvironment({ AUTH_SECRET: undefined });
    forgetSecret();
    database = await freshDatabase(kind);
  });
  afterEach(async () => {
    withEnvironment({ AUTH_SECRET: undefined });
    await database.close();
  });

  test("is made once and stands after a restart", async () => {
    const made = await Promise.all([authSecret(), authSecret()]);
    expect(made[0]).toBe(made[1]);
    expect(Buffer.from(made[0], "base64url")).toHaveLength(32);
    forgetSecret();
    expect(await authSecret()).toBe(made[0]);
    expect(await findSetting(db(), "auth-secret")).toBe(made[0]);
  });

  test("comes from AUTH_SECRET when that is set, and nothing is stored then", async () => {
    withEnvironment({ AUTH_SECRET: "a".repeat(32) });
    expect(await authSecret()).toBe("a".repeat(32));
    expect(await findSetting(db(), "auth-secret")).toBeNull();
  });

  test("encrypts so that the same text never looks the same, and reads it back", async () => {
    const [first, second] = [await encryptSecret("sk-key ☂"), await encryptSecret("sk-key ☂")];
    expect(first).not.toBe(second);
    expect(first).not.toContain("sk-key");
    expect(await decryptSecret(first)).toBe("sk-key ☂");
  });

  test("a changed ciphertext, a cut one, or one of another secret is refused with what to do", async () => {
    const sealed = await encryptSecret("sk-key");
    const bytes = Buffer.from(sealed, "base64url");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    for (const broken of [bytes.toString("base64url"), sealed.slice(0, 20), ""]) {
      await expect(decryptSecret(broken)).rejects.toThrow("Enter the key again");
    }
    withEnvironment({ AUTH_SECRET: "b".repeat(32) });
    await expect(decryptSecret(sealed)).rejects.toMatchObject({ code: "conflict" });
  });
});
