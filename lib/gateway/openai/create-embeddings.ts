import type { RouteInput } from "@/lib/http/route";
import { embed } from "../embeddings/embed";
import { answerHeaders } from "./answer-headers";
import type { createEmbeddings as contract } from "./contract";
import { type ObservedCall, observeCall } from "./observe-call";
import { resolveModel } from "./resolve-model";

type Asked = Pick<RouteInput<typeof contract>, "body" | "caller" | "request" | "answerHeaders">;

/** Answers one request for embeddings, as numbers or as the base64 of 32-bit floats that OpenAI's clients ask for. */
export const createEmbeddings = (asked: Asked): Promise<Response> => observeCall(asked, (observed) => answer(asked, observed));

async function answer({ body, caller }: Asked, observed: ObservedCall): Promise<Response> {
  const { id } = await resolveModel(body.model, caller);
  const options = { dimensions: body.dimensions ?? undefined, signal: observed.signal };
  const { vectors, inputTokens } = await embed(id, [body.input].flat(), observed.context, options);
  observed.end();
  const encode = body.encoding_format === "base64" ? toBase64 : (vector: number[]) => vector;
  const data = vectors.map((vector, index) => ({ object: "embedding", index, embedding: encode(vector) }));
  const usage = { prompt_tokens: inputTokens, total_tokens: inputTokens };
  return Response.json(
    { object: "list", model: id, data, usage },
    { headers: { "cache-control": "no-store", ...answerHeaders(observed) } },
  );
}

/** Little-endian 32-bit floats, on every machine that Node runs on. */
function toBase64(vector: number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}
