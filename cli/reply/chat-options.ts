import { CliError } from "../cli-error.ts";
import type { OptionSpec } from "../command.ts";

export type ChatOptions = {
  model?: string;
  system?: string;
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  tools?: string;
};

/** A number from a command line. @throws CliError with the range */
export function numberBetween(min: number, max: number, whole = false) {
  return (value: string): number => {
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
    throw new CliError("usage", `${value} is not a ${whole ? "whole " : ""}number from ${min} to ${max}.`);
  };
}

/** The options that `ask` and `chat` share. */
export const chatOptionSpecs: OptionSpec[] = [
  { flags: "-m, --model <id>", summary: "model, as `hearth models` lists it, or auto" },
  { flags: "-s, --system <text>", summary: "system prompt" },
  { flags: "-t, --temperature <number>", summary: "0 to 2", parse: numberBetween(0, 2) },
  { flags: "--top-p <number>", summary: "0 to 1", parse: numberBetween(0, 1) },
  { flags: "--max-tokens <number>", summary: "longest reply, in tokens", parse: numberBetween(1, 1_000_000, true) },
  { flags: "--tools <names>", summary: "auto, none, or names with commas between them" },
];

/** What the options mean in a request. Absent ones stay absent. */
export function chatBody({ model, system, temperature, topP, maxTokens, tools }: ChatOptions) {
  const named = tools === undefined || tools === "auto" || tools === "none" ? tools : tools.split(",").map((name) => name.trim());
  return { model, system, temperature, topP, maxTokens, tools: named };
}
