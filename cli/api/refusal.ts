import { CliError, exitOf, type Problem } from "../cli-error.ts";

/** The error that an answer tells (problem+json), with what the command line can add. */
export async function refusal(response: Response, server: string): Promise<CliError> {
  const problem = await readProblem(response);
  const status = response.status;
  if (!problem) return new CliError(status === 404 ? "notFound" : "failure", strange(server, status), { status });
  return new CliError(exitOf(problem.code), sentence(problem, server), { ...problem, status });
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  const text = await response.text().catch(() => "");
  if (!response.headers.get("content-type")?.includes("json")) return undefined;
  try {
    const given = JSON.parse(text) as Partial<Problem> | null;
    return typeof given?.code === "string" && typeof given.detail === "string" ? (given as Problem) : undefined;
  } catch {
    return undefined;
  }
}

const strange = (server: string, status: number) =>
  `${server} answered ${status}, and not as Hearth does. Check the address, and any proxy before it.`;

function sentence({ code, detail, issues }: Problem, server: string): string {
  const where = (issues ?? []).map(({ path, message }) => `\n  ${path.replace(/^(body|query|params)\./, "")}: ${message}`).join("");
  const hint = code === "unauthenticated" ? `\nRun \`hearth login ${server}\`.` : "";
  return `${detail}${where}${hint}`;
}
