import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Catalogue, type CatalogueEntry, defaultEntry, findEntry } from "./catalogue";
import { readGguf } from "./read-gguf";

export type PickSource = "environment" | "saved" | "data-folder" | "catalogue";

/** What to run: nothing, a file that is there, or an entry that must be fetched first (`meanwhile` is there and can answer until then). */
export type Pick =
  | { kind: "off" }
  | { kind: "file"; file: string; source: PickSource }
  | { kind: "download"; entry: CatalogueEntry; source: PickSource; meanwhile: string | null }
  | { kind: "nothing"; message: string };

type Wishes = { environment?: string; saved: string | null; modelsDir: string; catalogue: Catalogue };

/** Decides which model to run: the environment's wish, else the admin's, else a file that is there, else the catalogue's default. */
export async function pickModel({ environment, saved, modelsDir, catalogue }: Wishes): Promise<Pick> {
  const files = await chatFiles(modelsDir, catalogue);
  const wish = environment ?? saved;
  if (!wish) {
    const [file] = files;
    return file
      ? { kind: "file", file, source: "data-folder" }
      : { kind: "download", entry: defaultEntry(catalogue), source: "catalogue", meanwhile: null };
  }
  const source = environment ? "environment" : "saved";
  if (wish === "off") return { kind: "off" };
  const entry = findEntry(catalogue, wish);
  const named = environment ? path.resolve(/* turbopackIgnore: true */ environment) : path.join(modelsDir, path.basename(wish));
  const file = entry ? path.join(modelsDir, entry.file) : named;
  if (entry && !files.includes(file)) return { kind: "download", entry, source, meanwhile: files[0] ?? null };
  return readGguf(file).then(
    ({ canChat }) =>
      canChat
        ? { kind: "file", file, source }
        : { kind: "nothing", message: `${path.basename(file)} makes embeddings and cannot chat. Choose another model.` },
    (error: Error) => ({
      kind: "nothing",
      message: environment
        ? `HEARTH_LOCAL_MODEL: ${error.message} Give a path to a GGUF, a catalogue name or off.`
        : `${error.message} Choose another model.`,
    }),
  );
}

/** The models in the folder that can chat, the catalogue's own first in its order from able to small, then by name. */
export async function chatFiles(modelsDir: string, catalogue: Catalogue): Promise<string[]> {
  const names = (await readdir(modelsDir).catch(() => [])).filter((name) => name.endsWith(".gguf"));
  const rank = (name: string) => catalogue.models.findIndex((model) => model.file === name);
  const files = names.toSorted((a, b) => rank(b) - rank(a) || a.localeCompare(b)).map((name) => path.join(modelsDir, name));
  const usable = await Promise.all(
    files.map((file) =>
      readGguf(file).then(
        ({ canChat }) => canChat,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => usable[index]);
}
