import { OpenaiError } from "@/lib/gateway/openai/openai-error";
import { openaiRoute } from "@/lib/gateway/openai/openai-route";
import { defineContract } from "@/lib/http/contract";

const nothing = defineContract({
  method: "GET",
  path: "/v1/{path}",
  summary: "A call that does not exist",
  tag: "Reference",
  access: "public",
  errorShape: "openai",
});

/** Answers as OpenAI answers, not with a page for people. */
const refuse = openaiRoute(nothing, ({ request }) => {
  const message = `Unknown request URL: ${request.method} ${new URL(request.url).pathname}. Hearth has chat/completions, responses, embeddings and models.`;
  throw new OpenaiError(message, { code: "unknown_url", status: 404 });
});

export { refuse as DELETE, refuse as GET, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };
