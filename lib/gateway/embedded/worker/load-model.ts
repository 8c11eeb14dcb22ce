import path from "node:path";
import type { LlamaEmbeddingContext, LlamaModel } from "node-llama-cpp";
import type { LoadSettings } from "../protocol.ts";
import type { ChatSlots } from "./chat-slots.ts";

export type Library = typeof import("node-llama-cpp");

/** A model in memory. The contexts are made when they are first needed. */
export type LoadedModel = {
  library: Library;
  model: LlamaModel;
  settings: LoadSettings;
  chat?: Promise<ChatSlots>;
  embedding?: Promise<LlamaEmbeddingContext>;
};

/** The model cannot be started at all. */
export class NotStartedError extends Error {
  readonly why: "library" | "file";
  constructor(why: "library" | "file", message: string) {
    super(message);
    this.why = why;
  }
}

/**
 * Loads the GGUF file for the CPU.
 * The thread count is given, because the library's own choice exceeds the cores and runs about 200 times slower.
 * @throws NotStartedError when node-llama-cpp is not installed or has no build for this machine, or the file is no model
 */
export async function loadModel(settings: LoadSettings): Promise<LoadedModel> {
  const library = await importLibrary();
  const llama = await library
    .getLlama({
      gpu: false,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      maxThreads: settings.threads,
      logLevel: library.LlamaLogLevel.error,
    })
    .catch((error: Error) => {
      throw new NotStartedError("library", `node-llama-cpp has no ready-made build for this machine: ${error.message}`);
    });
  const model = await llama.loadModel({ modelPath: settings.file }).catch((error: Error) => {
    throw new NotStartedError(
      "file",
      `The model file could not be loaded: ${error.message.replaceAll(settings.file, path.basename(settings.file))}`,
    );
  });
  return { library, model, settings };
}

async function importLibrary(): Promise<Library> {
  try {
    return await import("node-llama-cpp");
  } catch {
    throw new NotStartedError(
      "library",
      "The optional package node-llama-cpp is not installed. Run npm install where it is supported, or use another model host.",
    );
  }
}
