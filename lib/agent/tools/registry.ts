import { calculator } from "./calculator";
import { currentTime } from "./current-time";
import { runCommand } from "./run-command";
import { textAnalysis } from "./text-analysis";
import type { Tool } from "./tool";

/** Every tool there is, by name. A new tool is one file and one line here. */
const tools: ReadonlyMap<string, Tool> = new Map(
  [calculator, currentTime, textAnalysis, runCommand].map((tool) => [tool.name, tool as Tool]),
);

/** The tool of that name, or undefined: models do invent names. */
export function findTool(name: string): Tool | undefined {
  return tools.get(name);
}

/** The names of all tools. */
export function toolNames(): string[] {
  return [...tools.keys()];
}

/** The tools a reply may use. `auto`, and nothing said, mean all of them. Unknown names are left out. */
export function selectTools(wanted: string[] | "auto" | "none" | undefined): Tool[] {
  if (wanted === "none") return [];
  if (Array.isArray(wanted)) return wanted.flatMap((name) => tools.get(name) ?? []);
  return [...tools.values()];
}
