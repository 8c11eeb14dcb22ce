import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Database } from "@/db/database";
import { settings } from "@/db/schema/gateway";
import { resetEnv } from "@/lib/core/env";
import type { Catalogue } from "@/lib/gateway/embedded/catalogue";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { stopEmbedded } from "@/lib/gateway/embedded/stop-embedded";
import { freshDatabase } from "./database";
import { type FakeHub, fakeHub, type Manner } from "./fake-hub";
import { tinyChatModel } from "./gguf";

/** The files of the made-up catalogue's two models. */
export const small = tinyChatModel(40_000);
export const large = tinyChatModel(90_000);

/** For each test of the file: an empty data folder, no wish in the environment, and the embedded model stopped afterwards. */
export function withEmbeddedFolder() {
  let dataDir: string;
  let database: Database;
  let hubs: FakeHub[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "hearth-embedded-"));
    process.env.HEARTH_DATA_DIR = dataDir;
    delete process.env.HEARTH_LOCAL_MODEL;
    resetEnv();
  });
  afterEach(async () => {
    await stopEmbedded();
    await database.db.delete(settings);
    await Promise.all(hubs.map((hub) => hub.close()));
    hubs = [];
    await rm(dataDir, { recursive: true, force: true });
  });

  const entryOf = async (name: string, file: Buffer, manners?: Manner[]) => {
    const hub = await fakeHub(file, { manners });
    hubs.push(hub);
    return {
      ...{ name, label: `The ${name} one`, description: "", file: `${name}.gguf`, sizeBytes: file.length },
      ...{ contextLength: 2048, minimumMemoryBytes: 0, minimumCores: 1, licence: "Apache-2.0" },
      sampling: { temperature: 1, topP: 1 },
      sha256: createHash("sha256").update(file).digest("hex"),
      sources: [{ kind: "url" as const, label: "Test host", url: hub.url }],
    };
  };
  return {
    get dataDir() {
      return dataDir;
    },
    /** The servers that the catalogue's models come from. */
    get hubs() {
      return hubs;
    },
    /** A catalogue of two made-up models on real local servers. */
    async catalogueOf(manners: { small?: Manner[]; large?: Manner[] } = {}): Promise<Catalogue> {
      return { default: "small", models: [await entryOf("small", small, manners.small), await entryOf("large", large, manners.large)] };
    },
    async addFile(name: string, bytes: Buffer): Promise<string> {
      await mkdir(path.join(dataDir, "models"), { recursive: true });
      const file = path.join(dataDir, "models", name);
      await writeFile(file, bytes);
      return file;
    },
  };
}

/** Waits until a model can answer. */
export const untilReady = () => expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("ready");
