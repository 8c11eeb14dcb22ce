import { z } from "zod";
import type { HostModel } from "../gateway-state";
import data from "./known-models.json";

const capability = z.enum(["tools", "vision", "thinking", "json"]);
const entry = z.object({ match: z.string(), capabilities: z.array(capability), contextLength: z.number().int().nullable() });
const families = z.record(z.string(), z.array(entry)).parse(data.families);

/**
 * What is known of a hosted model that its host does not tell: by the longest beginning of its name in `known-models.json`.
 * Of any other model nothing is claimed: no capability, no context length. A name with "embed" in it makes embeddings.
 */
export function knownModel(prefix: string, name: string): Pick<HostModel, "capabilities" | "contextLength"> {
  const embedding = /embed/i.test(name);
  const family = (families[prefix] ?? [])
    .filter(({ match }) => name.startsWith(match))
    .toSorted((a, b) => b.match.length - a.match.length)[0];
  const has = (wanted: z.infer<typeof capability>) => !embedding && (family?.capabilities.includes(wanted) ?? false);
  return {
    capabilities: { tools: has("tools"), vision: has("vision"), thinking: has("thinking"), embedding, json: has("json") },
    contextLength: family?.contextLength ?? null,
  };
}
