import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import type { FakeHost, FakeOptions } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import type { FakeBehaviour } from "../../support/fake-protocol";
import { type Hearth, type HearthOptions, startHearth } from "../../support/hearth";
import { chatModelFile } from "../../support/models";
import { enter, register } from "./accounts";
import { watchBrowser } from "./watch-browser";

export { expect };

type Fixtures = {
  /**
   * Starts a built Hearth without accounts; it is ended, and its folder removed, with the test.
   * `model: true` gives it the real embedded model and, as on a first start, an empty folder.
   */
  hearth: (options?: HearthOptions & { model?: boolean }) => Promise<Hearth>;
  /** Starts a fake Ollama; it is closed with the test. */
  ollama: (options?: FakeOptions) => Promise<FakeHost>;
  /**
   * Signs the page's browser in as a person who is new to a Hearth that journeys share, with a fake Ollama that behaves
   * as told. Quick, and right for whatever needs no admin and changes nothing for others. Ends in a new chat.
   */
  newcomer: (behaviour?: Partial<FakeBehaviour>, inPage?: Page) => Promise<Newcomer>;
  /** Opens another person's browser, or another device: no cookie is shared. */
  anotherBrowser: (options?: BrowserContextOptions) => Promise<Page>;
  /** Console lines that this journey provokes, such as a browser's word on a server that was killed. All others fail the test. */
  expectInConsole: (pattern: RegExp) => void;
  watch: ReturnType<typeof watchBrowser>;
};

type Shared = { app: Hearth; fake: FakeHost };
type Newcomer = { url: string; fake: FakeHost; email: string };

/** A fake as it is when nothing is asked of it. */
const plainly: Partial<FakeBehaviour> = {
  ...{ tokens: 5, intervalMs: 0, reply: undefined, nextReplies: undefined, reasoning: undefined, toolCalls: undefined },
  ...{ misbehave: undefined, firstTokenMs: undefined, finishReason: undefined },
};
let newcomers = 0;

/** Playwright's `test` with Hearths and model hosts to talk to. A console error, a dialog or a request to elsewhere fails the test. */
export const test = base.extend<Fixtures, { preparedDir: string; shared: Shared }>({
  watch: [
    async ({ browserName: _browserName }, use) => {
      const watch = watchBrowser();
      await use(watch);
      expect(watch.faults(), "what went wrong in the browser").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, watch }, use) => {
    watch.add(context);
    await use(context);
  },
  anotherBrowser: async ({ browser, watch }, use) => {
    const closers: (() => Promise<void>)[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      watch.add(context);
      closers.push(() => context.close());
      return context.newPage();
    });
    for (const close of closers) await close();
  },
  expectInConsole: async ({ watch }, use) => use((pattern) => watch.expect(pattern)),
  preparedDir: [
    async ({ browserName: _browserName }, use) => {
      const first = await startHearth();
      await first.kill("SIGTERM");
      await use(first.dataDir);
      await first.close();
    },
    { scope: "worker" },
  ],
  shared: [
    async ({ preparedDir }, use) => {
      const fake = await fakeOllama();
      const app = await startHearth({ dataDir: copyOf(preparedDir), env: { OLLAMA_BASE_URL: fake.url, HEARTH_SIGNUP: "open" } });
      await register(app.url, { email: "admin@example.org", name: "Admin" });
      await use({ app, fake });
      await app.close();
      await fake.close();
    },
    { scope: "worker" },
  ],
  newcomer: async ({ watch, page, shared: { app, fake } }, use) => {
    await use(async (behaviour = {}, inPage = page) => {
      watch.allow(app.url);
      await fake.behave({ ...plainly, ...behaviour });
      fake.requests.length = 0;
      newcomers += 1;
      const email = `ada-${newcomers}@example.org`;
      await enter(inPage, app.url, { email });
      return { url: app.url, fake, email };
    });
    watch.end();
    // What this journey left running must not keep the next one waiting.
    fake.hurry();
  },
  hearth: async ({ watch, preparedDir }, use) => {
    const started: Hearth[] = [];
    await use(async ({ model = false, env, ...options } = {}) => {
      test.skip(model && !chatModelFile, "there is no SmolLM2 file on this machine");
      const one = await startHearth({
        dataDir: model ? undefined : copyOf(preparedDir),
        ...options,
        env: { HEARTH_LOCAL_MODEL: model && chatModelFile ? chatModelFile : "off", ...env },
      });
      started.push(one);
      watch.allow(one.url);
      return one;
    });
    watch.end();
    for (const one of started) await one.close();
  },
  ollama: async ({ browserName: _browserName }, use) => {
    const started: FakeHost[] = [];
    await use(async (options) => {
      const one = await fakeOllama(options);
      started.push(one);
      return one;
    });
    for (const one of started) await one.close();
  },
});

/** A database that exists already starts in a third of the time. */
function copyOf(folder: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), "hearth-app-"));
  cpSync(folder, copy, { recursive: true });
  return copy;
}
