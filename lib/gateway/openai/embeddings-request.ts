import { z } from "zod";
import { modelName } from "./chat-request";

/** Texts in one request, as with OpenAI. */
export const maxTexts = 2_048;
/** All texts of one request together: about half a million tokens. */
const maxChars = 2_000_000;

/** What LangChain for Python sends unless told otherwise. */
const noTokens = "Must be text: Hearth takes no token ids. In LangChain set check_embedding_ctx_length=False";

const texts = z
  .array(z.unknown())
  .min(1)
  .max(maxTexts)
  .pipe(z.array(z.string(noTokens).min(1)))
  .refine((all) => all.reduce((sum, text) => sum + text.length, 0) <= maxChars, `Must not be longer than ${maxChars} characters together`);

/** A request for embeddings. Other fields are OpenAI's and without effect on a vector. */
export const embeddingsRequest = z.object({
  model: modelName,
  input: z.union([z.string().min(1).max(maxChars), texts]),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.number().int().min(1).max(100_000).nullish(),
});
