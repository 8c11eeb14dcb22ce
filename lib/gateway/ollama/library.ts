import { z } from "zod";
import library from "./library.json";

const entry = z.object({ name: z.string(), sizes: z.array(z.string()), about: z.string() });

export type LibraryModel = z.output<typeof entry>;

/** Well-known models of Ollama's library: Ollama has no search, and its site need not be within reach. Others are pulled by their name. */
export const ollamaLibrary: LibraryModel[] = z.array(entry).parse(library.models);
