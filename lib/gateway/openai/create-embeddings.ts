import type { RouteInput } from "@/lib/http/route";
import { embed } from "../embeddings/embed";
import { answerHeaders } from "./answer-headers";
import type { createEmbeddings as contract } from "./contract";
import { observeCall } from "./observe-call";
import { resolveModel } from "./resolve-model";

type Asked = Pick<RouteInput<typeof contract>, "body" | "caller" | "request">;

/** Answers one request for embeddings, as numbers or as the base64 of 32-bit floats that OpenAI's clients ask for. */
export async function createEmbeddings({ body, caller, request }: Asked): Promise<Response> {
  const { id } = await resolveModel(body.model, caller);
  const observed = observeCall(caller, request.headers);
  const options = { dimensions: body.dimensions ?? undefined, signal: request.signal };
  const { vectors, inputTokens } = await embed(id, [body.input].flat(), observed.context, options);
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
