import { runInNewContext } from "node:vm";
import type { FactoryFunctionMap, MathNode } from "mathjs";
import { z } from "zod";
import { defineTool } from "./tool";

const functions = new Set(
  "abs cbrt ceil combinations cos cosh acos asin atan atan2 exp factorial fix floor gcd hypot lcm log log10 log1p log2 max mean median min mod nthRoot permutations pow prod round sign sin sinh sqrt std sum tan tanh to unaryMinus variance".split(
    " ",
  ),
);
const constants = new Set(["pi", "e", "tau", "phi", "i", "true", "false", "Infinity"]);
const nodeTypes = new Set([
  "OperatorNode",
  "ConstantNode",
  "FunctionNode",
  "SymbolNode",
  "ParenthesisNode",
  "ConditionalNode",
  "RelationalNode",
]);

// Nothing else runs meanwhile, and a step may have many calls.
const timeoutMs = 500;

async function loadMath() {
  const { all, create } = await import("mathjs");
  return create(all as FactoryFunctionMap, { number: "BigNumber", precision: 40 });
}
let loading: ReturnType<typeof loadMath> | undefined;

/**
 * Evaluates an arithmetic expression with units, to 40 digits.
 * Only arithmetic is let through: no assignments, ranges, matrices or functions that could run code or take the memory.
 * @throws Error that tells the model what it may not write
 */
export async function calculate(expression: string): Promise<string> {
  loading ??= loadMath();
  const math = await loading;
  const tree = math.parse(expression);
  tree.traverse((node) => refuseUnknown(node, (name) => math.Unit.isValuelessUnit(name)));
  // Evaluation is synchronous; only the vm's timer can end one that takes too long, as a power tower does.
  const value: unknown = runInNewContext("evaluate()", { evaluate: () => tree.compile().evaluate() }, { timeout: timeoutMs });
  return math.format(value, { precision: 15, lowerExp: -9, upperExp: 21 });
}

function refuseUnknown(node: MathNode, isUnit: (name: string) => boolean) {
  if (!nodeTypes.has(node.type))
    throw new Error(`Only arithmetic is possible here, not ${node.type.replace("Node", "").toLowerCase()} expressions.`);
  const name = "name" in node && typeof node.name === "string" ? node.name : "";
  if (node.type === "FunctionNode" && !functions.has(name))
    throw new Error(`The function ${name} is not available. Use one of: ${[...functions].join(", ")}.`);
  if (node.type === "SymbolNode" && !functions.has(name) && !constants.has(name) && !isUnit(name)) {
    throw new Error(`${name} is neither a number, a constant nor a unit. Write the expression with numbers.`);
  }
}

export const calculator = defineTool({
  name: "calculator",
  description:
    "Computes an arithmetic expression exactly. Use it for any calculation beyond trivial mental arithmetic: powers, roots, percentages, trigonometry (radians, or `45 deg`), statistics, and unit conversion such as `5 mile to km`.",
  input: z.object({
    expression: z.string().trim().min(1).max(500).describe("The expression, as in (1200 * 1.19) / 3 or sqrt(2) or 70 kg to lb"),
  }),
  timeoutMs: timeoutMs + 1_000,
  risk: "read",
  maxOutputChars: 1_000,
  run: async ({ expression }) => ({ expression, result: await calculate(expression) }),
});
