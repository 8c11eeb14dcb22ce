import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "./caller";
import type { Scope } from "./contract";

/**
 * Holds an API key to its scopes; people who signed in have none. A key with scope `admin` may do whatever its owner may,
 * except what is closed to every key (`none`).
 * @throws ForbiddenError that names the scope
 */
export function requireScope({ key }: Pick<Caller, "key">, scope: Scope): void {
  if (!key) return;
  if (scope === "none") throw new ForbiddenError("An API key cannot do this, whatever its scopes. Sign in and do it yourself.");
  if (key.scopes.includes(scope) || key.scopes.includes("admin")) return;
  throw new ForbiddenError(
    `This API key lacks the scope "${scope}", which this call needs. Make a key that has it, in Settings under Keys.`,
  );
}
