import type { z } from "zod";
import { envSchema } from "./env-schema.ts";

export type Env = z.infer<typeof envSchema>;

/**
 * Parses an environment.
 * @throws Error of one line that names the first variable at fault and says why.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty variable (`PORT=` in a compose file) means that it is not set.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = envSchema.safeParse(set);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${issue?.path.join(".")} is not usable: ${issue?.message}. Correct it or unset it, then start again.`);
}

let parsed: Env | undefined;

/** This process's environment, parsed once. The only reader of `process.env` in Hearth. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Forgets the parsed environment, so that a test can set variables and parse again. */
export function resetEnv(): void {
  parsed = undefined;
}

/** The environment for a child process that needs all of it (PATH, proxies), with some variables set. */
export function environmentWith(extra: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** The variables of these names that are set, for a child process that may see no others. */
export function environmentOnly(names: readonly string[]): Record<string, string> {
  const set = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(set.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Tells next-auth 4 to take its address from each request rather than from NEXTAUTH_URL.
 * It knows this switch by a variable of this name only, so this is the one place that sets one.
 */
export function trustRequestHost(): void {
  process.env.AUTH_TRUST_HOST ??= "true";
}
