import { z } from "zod";
import { callError, hostLabel } from "../call-error";
import type { Upstream } from "../upstream";

/** More than any host really has; a hostile one must not fill the process or the page. */
export const maxListedModels = 2_000;

/** A model's name goes into addresses, logs and pages: 1 to 200 visible characters of ASCII. */
export const modelName = z.string().regex(/^[!-~]{1,200}$/);

/** A context length as hosts give it, in tokens: null for anything but a whole number of them. */
export const contextTokens = z
  .unknown()
  .optional()
  .transform((value) => (isCount(value) ? value : null));

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/**
 * The models of a host's list that can be read, the first 2,000 of them. One broken entry must not hide the others.
 * @param list the part of the host's answer where its list should be; null is an empty one
 * @throws ModelError `bad_reply` when it is no list
 */
export function readListing<S extends z.ZodType>(list: unknown, entry: S, upstream: Upstream): z.output<S>[] {
  if (list === null) return [];
  if (!Array.isArray(list)) throw callError("bad_reply", `${hostLabel(upstream)} answered with something that is no list of models.`);
  const read: z.output<S>[] = [];
  for (const item of list) {
    const parsed = entry.safeParse(item);
    if (parsed.success) read.push(parsed.data);
    if (read.length === maxListedModels) break;
  }
  return read;
}

/** A field of a host's answer; undefined when the answer is no object. */
export function fieldOf(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}
