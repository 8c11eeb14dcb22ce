import { db } from "@/db/database";
import { type Account, hasUsers, saveUser } from "@/db/queries/users";
import { env } from "@/lib/core/env";
import { ForbiddenError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { hashPassword } from "./password";
import { countSignInAttempt } from "./sign-in-limits";

const closed = () => new ForbiddenError("Registration is closed here. Ask an admin for an account.");

/**
 * Makes an account: the first one is the admin's, later ones as HEARTH_SIGNUP says.
 * The name is the part of the address before the @ unless one is given.
 * @throws RateLimitedError, ConflictError when the address has an account, ForbiddenError when registration is closed
 */
export async function createAccount(given: { email: string; password: string; name?: string; address: string }): Promise<Account> {
  const { email, password, address } = given;
  await countSignInAttempt({ address, email });
  const { HEARTH_SIGNUP: policy } = env();
  if (policy === "closed" && (await hasUsers(db()))) throw closed();
  const name = given.name ?? email.slice(0, email.indexOf("@"));
  const passwordHash = await hashPassword(password);
  const roleFor = (isFirst: boolean) => {
    if (isFirst) return "admin";
    if (policy === "closed") throw closed();
    return policy === "open" ? "user" : "pending";
  };
  return audited(
    (tx) => saveUser(tx, { id: newId(), email, name, passwordHash }, roleFor),
    ({ id, role }) => ({
      action: "account.created",
      actor: { id, name: email, address },
      target: { kind: "account", id, name: email },
      after: { name, role },
    }),
  );
}
