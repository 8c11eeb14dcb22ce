import type { BrowserContext } from "@playwright/test";

/** Listens to browsers for what no journey may cause: errors in the console, uncaught errors, dialogs, requests to elsewhere. */
export function watchBrowser() {
  const errors: string[] = [];
  const requested = new Set<string>();
  const origins = new Set<string>();
  const expected: RegExp[] = [];
  let hasEnded = false;

  return {
    add(context: BrowserContext): void {
      context.on("console", (line) => {
        if (line.type() === "error" && !hasEnded) errors.push(`console: ${line.text()} (${line.location().url})`);
      });
      context.on("weberror", (fault) => errors.push(`uncaught: ${fault.error().message}`));
      context.on("request", (request) => requested.add(request.url()));
      context.on("dialog", (dialog) => {
        errors.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
    },
    /** Names an origin that pages may be loaded from and talk to. */
    allow(origin: string): void {
      origins.add(origin);
    },
    /** Lets lines pass that the journey provokes. */
    expect(pattern: RegExp): void {
      expected.push(pattern);
    },
    /** Called when the journey is over and its servers go away, which pages that are still open complain of. */
    end(): void {
      hasEnded = true;
    },
    /** What went wrong so far. */
    faults(): string[] {
      const elsewhere = [...requested].filter((url) => /^(?!data:|blob:)/.test(url) && !origins.has(new URL(url).origin));
      const unexpected = errors.filter((line) => !expected.some((pattern) => pattern.test(line)));
      return [...unexpected, ...elsewhere.map((url) => `request to elsewhere: ${url}`)];
    },
  };
}
