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

type Wishes = {
  environment?: string;
  saved: string | null;
  /** Where models may be, in the order of preference. */
  folders: string[];
  catalogue: Catalogue;
};

/** Decides which model to run: the environment's wish, else the admin's, else a file that is there, else the catalogue's default. */
export async function pickModel({ environment, saved, folders, catalogue }: Wishes): Promise<Pick> {
  const files = await chatFiles(folders, catalogue);
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
  const present = files.find((file) => path.basename(file) === (entry?.file ?? path.basename(wish)));
  if (entry && !present) return { kind: "download", entry, source, meanwhile: files[0] ?? null };
  const named = environment && !entry ? path.resolve(/* turbopackIgnore: true */ environment) : present;
  const file = named ?? path.join(folders[0] ?? "", path.basename(wish));
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

/**
 * The models in the folders that can chat: a person's own first, by name, then the catalogue's from able to small.
 * Of files with the same name the one in the earlier folder counts.
 */
export async function chatFiles(folders: string[], catalogue: Catalogue): Promise<string[]> {
  const found = await Promise.all(folders.map(ggufFiles));
  // Later entries of a map win, and the earlier folder's shall.
  const byName = new Map(
    found
      .flat()
      .toReversed()
      .map((file) => [path.basename(file), file]),
  );
  const rank = (name: string) => catalogue.models.findIndex((model) => model.file === name);
  const isOwn = (name: string) => Number(rank(name) === -1);
  const names = [...byName.keys()].toSorted((a, b) => isOwn(b) - isOwn(a) || rank(b) - rank(a) || a.localeCompare(b));
  const files = names.map((name) => byName.get(name) ?? name);
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

async function ggufFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(".gguf")).map((name) => path.join(folder, name));
}
