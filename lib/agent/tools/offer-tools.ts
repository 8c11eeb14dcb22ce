import { selectTools } from "./registry";
import type { ToolCaller } from "./tool";

/** The names of the tools that a model is told of: those asked for that this caller can have. In a temporary chat nothing can be approved. */
export async function offerTools(
  wanted: string[] | "auto" | "none" | undefined,
  { isTemporary, ...caller }: ToolCaller & { isTemporary?: boolean },
): Promise<string[]> {
  const tools = selectTools(wanted).filter(({ risk }) => risk === "read" || !isTemporary);
  const reasons = await Promise.all(tools.map((tool) => tool.unavailable?.(caller)));
  return tools.filter((_, index) => !reasons[index]).map(({ name }) => name);
}
