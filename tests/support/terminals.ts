import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Database, db } from "@/db/database";
import { forgetRows } from "@/db/remember";
import { users } from "@/db/schema/accounts";
import { signedInCallerOf } from "@/lib/auth/caller";
import type { SignedInCaller } from "@/lib/http/caller";
import { openShell } from "@/lib/terminal/open-shell";
import { shells } from "@/lib/terminal/shells";
import { shutDownShells } from "@/lib/terminal/shut-down-shells";
import { terminalUpgrades } from "@/lib/terminal/terminal-upgrades";
import { browserCookie, forgetAttempts, registered, withEnvironment } from "./accounts";
import { freshDatabase } from "./database";
import { upgradeServer, viewShell } from "./terminal";

/** Somebody signed in with a browser. */
type Visitor = { caller: SignedInCaller; cookie: string; sessionId: string };

export const terminalSize = { cols: 80, rows: 24 };

/** Terminals on, with secrets that no shell may see. */
export const terminalEnvironment = {
  LOG_LEVEL: "silent",
  HEARTH_SIGNUP: "open",
  HEARTH_TERMINAL: "admin",
  HEARTH_TERMINAL_SHELL: "/bin/sh",
  HEARTH_TERMINAL_CWD: "/tmp",
  HEARTH_TERMINAL_MAX_SESSIONS: "3",
  HEARTH_TERMINAL_IDLE_MS: "3600000",
  OPENAI_API_KEY: "sk-hidden",
  AUTH_SECRET: "s".repeat(40),
};

/** Gives a test file a database, an admin, a plain user, and a server that takes WebSockets. Each test begins without shells. */
export function terminalsForTest() {
  let database: Database;
  let server: Awaited<ReturnType<typeof upgradeServer>>;
  let admin: Visitor;
  let user: Visitor;
  const opened: ReturnType<typeof viewShell>[] = [];

  async function someone(userId: string): Promise<Visitor> {
    const browser = await browserCookie(userId);
    const caller = await signedInCallerOf(new Headers({ cookie: browser.cookie }));
    if (!caller) throw new Error("Nobody is signed in.");
    return { ...browser, caller };
  }

  beforeAll(async () => {
    withEnvironment(terminalEnvironment);
    forgetAttempts();
    database = await freshDatabase();
    server = await upgradeServer(terminalUpgrades());
    admin = await someone((await registered()).user.id);
    user = await someone((await registered()).user.id);
  });
  afterEach(async () => {
    for (const viewer of opened.splice(0)) viewer.close();
    await shutDownShells();
    shells().clear();
    withEnvironment(terminalEnvironment);
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  return {
    admin: () => admin,
    user: () => user,
    /** Signs an account in with one more browser. */
    someone,
    /** Starts a shell of the admin's. @returns its id */
    begin: async () => (await openShell(admin.caller, terminalSize)).id,
    /** Looks on at a shell, as the admin unless told. */
    view(id: string, options: Partial<Parameters<typeof viewShell>[1]> = {}) {
      const viewer = viewShell(server.url, { id, cookie: admin.cookie, ...options });
      opened.push(viewer);
      return viewer;
    },
    async setRole(userId: string, role: "admin" | "user") {
      await db().update(users).set({ role }).where(eq(users.id, userId));
      forgetRows();
    },
  };
}
