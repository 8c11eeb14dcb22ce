/**
 * `npm run docs:pictures`: draws each of Hearth's pages in light and dark, with made-up people and calls, into `docs/pictures/`,
 * and `docs/pictures.md` that shows them. Needs a build (`npm run build`) and Chromium.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { register, signIn } from "../tests/e2e/support/accounts.ts";
import { ask, composer, isAlive } from "../tests/e2e/support/chat.ts";
import { seedCalls } from "../tests/e2e/support/seed-calls.ts";
import { chromiumArgs, findChromium } from "../tests/support/chromium.ts";
import { fakeOllama } from "../tests/support/fake-ollama.ts";
import { type Hearth, startHearth } from "../tests/support/hearth.ts";
import { aMonthOfCalls } from "./testing/a-month-of-calls.ts";

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, "docs/pictures");
const names = ["Ada", "Grace", "Alan"];
const addressOf = (name: string) => `${name.toLowerCase()}@example.org`;
const reply = `A dough of **flour, water and salt** needs three things: time, warmth and a little patience.

| Step | Time |
| --- | ---: |
| Knead | 10 min |
| First rest | 2 h |
| Bake | 40 min |

\`\`\`ts
const waterG = (flourG: number, hydration = 0.7) => Math.round(flourG * hydration);
\`\`\`
`;

/** A page to draw: where it is, what it is called, and what has to happen there first. */
type Picture = { name: string; title: string; path: string; prepare?: (page: Page) => Promise<void> };

const pictures: Picture[] = [
  { name: "chat", title: "Chat", path: "/chat", prepare: openChat },
  { name: "approval", title: "Chat: a command that waits for approval", path: "/chat", prepare: askForCommand },
  { name: "overview", title: "Monitoring: Overview", path: "/monitoring?range=7d" },
  { name: "charts", title: "Monitoring: charts of a month, by model", path: "/monitoring?range=30d&by=model", prepare: toCharts },
  { name: "calls", title: "Monitoring: Calls", path: "/monitoring/calls?range=7d" },
  { name: "traces", title: "Monitoring: Traces", path: "/monitoring/traces" },
  { name: "trace", title: "Monitoring: a trace", path: "/monitoring/traces?kind=run", prepare: openTrace },
  { name: "usage", title: "Monitoring: Usage", path: "/monitoring/usage" },
  { name: "logs", title: "Monitoring: Logs", path: "/monitoring/logs" },
  { name: "alerts", title: "Monitoring: Alerts", path: "/monitoring/alerts" },
  { name: "audit", title: "Monitoring: Audit", path: "/monitoring/audit" },
  { name: "terminal", title: "Terminal", path: "/terminal", prepare: useShell },
  { name: "copilot", title: "Terminal: the copilot", path: "/terminal", prepare: askCopilot },
  { name: "console", title: "Console", path: "/terminal?view=console", prepare: useConsole },
  { name: "models", title: "Settings: Models", path: "/settings/models" },
  { name: "hosts", title: "Settings: Hosts", path: "/settings/hosts" },
  { name: "limits", title: "Settings: Limits and budgets", path: "/settings/limits" },
];

async function openChat(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Chats" }).getByRole("link").first().click();
  await composer(page).waitFor();
}

async function toCharts(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Requests", exact: true }).scrollIntoViewIfNeeded();
  await page.getByRole("heading", { name: "Tokens", exact: true }).scrollIntoViewIfNeeded();
}

async function openTrace(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await page.getByRole("button", { name: "Copy link" }).waitFor();
}

async function useConsole(page: Page): Promise<void> {
  await page.locator(".xterm").waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.type("help\n");
}

async function askForCommand(page: Page): Promise<void> {
  await fake.behave({ toolCalls: [{ name: "run_command", input: { command: "df -h / | tail -1" } }] });
  await ask(page, "How full is the disk?");
  await page.getByRole("region", { name: /waits for your approval/ }).waitFor();
}

async function askCopilot(page: Page): Promise<void> {
  await fake.behave({ reply: "There is no command `had`; you meant `head`:\n\n```sh\nls docs | head -3\n```\n" });
  await page.locator("[data-connection=open]").waitFor();
  await page.keyboard.type("ls docs | had -3\n");
  await page.waitForTimeout(1_000);
  await page.getByRole("button", { name: /^Copilot/ }).click();
  await page.getByRole("button", { name: "Fix it" }).click();
  await page.getByRole("button", { name: "Insert" }).waitFor();
}

async function useShell(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^New terminal/ }).click();
  await page.locator("[data-connection=open]").waitFor();
  await page.keyboard.type("ls --color=always\n");
}

async function draw(context: BrowserContext, { url }: Hearth): Promise<void> {
  const page = await context.newPage();
  for (const { name, path: at, prepare } of pictures) {
    await page.goto(url + at);
    await prepare?.(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // Charts are drawn a moment after their page.
      await page.waitForTimeout(1_200);
      await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    }
    console.log(`✓ ${name}`);
  }
}

function index(): string {
  const shown = pictures.map(
    ({ name, title }) => `## ${title}

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="pictures/${name}-dark.png">
  <img alt="${title}" src="pictures/${name}-light.png">
</picture>
`,
  );
  return `# Hearth's pages\n\nDrawn by \`npm run docs:pictures\` with made-up people and calls. They are light or dark as your system is.\n\n${shown.join("\n")}`;
}

// A home of its own, so that its prompt tells nothing of the machine.
const home = mkdtempSync(path.join(tmpdir(), "hearth-pictures-"));
writeFileSync(path.join(home, ".bashrc"), "PS1='$ '\n");
const fake = await fakeOllama({ reply, intervalMs: 5 });
const app = await startHearth({
  env: {
    OLLAMA_BASE_URL: fake.url,
    HEARTH_SIGNUP: "open",
    HEARTH_TERMINAL: "admin",
    LOG_LEVEL: "info",
    HOME: home,
    HEARTH_TERMINAL_SHELL: "/bin/bash",
    HEARTH_TERMINAL_CWD: root,
  },
});
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
try {
  for (const name of names) await register(app.url, { email: addressOf(name), name });
  await seedCalls(app, (idOf) => aMonthOfCalls(names.map(addressOf).map(idOf)));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  await signIn(page, app.url, addressOf("Ada"));
  await ask(page, "How do I make bread, and how much water does 500 g of flour take?");
  await isAlive(page);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await draw(context, app);
  writeFileSync(path.join(folder, "../pictures.md"), index());
} finally {
  await browser.close();
  await app.close();
  await fake.close();
  rmSync(home, { recursive: true });
}
