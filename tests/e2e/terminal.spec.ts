import { enter } from "./support/accounts";
import { expect, test } from "./support/journey";
import { columns, goToTerminals, isConnected, openFirst, panes, run, screens, terminalEnv } from "./support/terminal";

test("a real shell is typed in, resized, runs a full-screen program, and all of it is there after a reload", async ({
  page,
  hearth,
  ollama,
}) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await page.getByRole("button", { name: "Account: Ada" }).click();
  await page.getByRole("menuitem", { name: "Terminal" }).click();
  await expect(page).toHaveURL(`${url}/terminal`);
  await goToTerminals(page, url);
  await openFirst(page);

  await test.step("type", async () => {
    await run(page, "echo hello-$((40+2))");
    await expect(screens(page)).toContainText("hello-42");
  });

  await test.step("resize", async () => {
    const before = await columns(page);
    await page.setViewportSize({ width: 900, height: 600 });
    await expect.poll(() => columns(page)).toBeLessThan(before - 10);
  });

  await test.step("a full-screen program, before and after a reload", async () => {
    const program = "printf '\\033[?1049h\\033[2J\\033[5;10Hfull-%s\\033[?25l' screen; read x; printf '\\033[?25h\\033[?1049l'; echo over";
    await run(page, `clear; echo below; ${program}`);
    await expect(screens(page)).toContainText("full-screen");
    await expect(screens(page)).not.toContainText("below");
    await page.reload();
    await isConnected(page);
    await expect(screens(page)).toContainText("full-screen");
    await expect(screens(page)).not.toContainText("below");
    await run(page, "");
    await expect(screens(page)).toContainText("over");
    await expect(screens(page)).toContainText("below");
  });

  await test.step("the end tells the exit status, and a new one begins in its place", async () => {
    await run(page, "exit 7");
    const ending = panes(page).getByRole("status").filter({ hasText: "Ended with exit status 7." });
    await expect(ending).toBeVisible();
    await ending.getByRole("button", { name: "New terminal" }).click();
    await expect(ending).toBeHidden();
    await isConnected(page);
    await run(page, "echo once-mo''re");
    await expect(screens(page)).toContainText("once-more");
  });
});

test("an editor that runs is drawn again after a reload as it was, with what was changed", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  await run(page, "command -v vi && echo found-v''i || echo no-v''i");
  await expect(screens(page)).toContainText(/(found|no)-vi/);
  test.skip(((await screens(page).textContent()) ?? "").includes("no-vi"), "there is no vi on this machine");
  await run(page, "printf 'one\\ntwo\\nthree\\n' > hearth-e2e.txt; vi -u NONE hearth-e2e.txt");
  await expect(screens(page)).toContainText("three");
  await page.keyboard.type("jjx");
  await expect(screens(page)).not.toContainText("three");
  await page.reload();
  await isConnected(page);
  await expect(screens(page)).toContainText("hree");
  await expect(screens(page)).not.toContainText("three");
  await run(page, ":q!");
  await run(page, "rm hearth-e2e.txt; echo left-v''i");
  await expect(screens(page)).toContainText("left-vi");
});

test("a flood neither freezes the page nor its server, and Ctrl-C ends it at once", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  await run(page, "yes flood-of-lines");
  await expect(screens(page)).toContainText("flood-of-lines");
  await page.waitForTimeout(2_000);
  const askedAt = Date.now();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(Date.now() - askedAt, "the server answers meanwhile").toBeLessThan(5_000);
  const pressedAt = Date.now();
  await page.keyboard.press("Control+c");
  await run(page, "clear; echo qui''et");
  await expect(screens(page)).toContainText("quiet");
  expect(Date.now() - pressedAt, "milliseconds from Ctrl-C to the next command's output").toBeLessThan(15_000);
});

test("it is drawn with elements where a graphics card is only imitated, by the card where there is one, and with elements again when that is lost", async ({
  page,
  hearth,
  ollama,
}) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  const [elements, canvases] = [page.locator(".xterm-rows"), page.locator(".xterm-screen canvas")];
  await run(page, "echo drawn-wi''th");
  await expect(elements).toContainText("drawn-with");
  await expect(canvases).toHaveCount(0);

  // The browser of these tests has no card; it is made to say that it has one.
  await page.addInitScript(() => {
    const told = WebGL2RenderingContext.prototype.getParameter;
    WebGL2RenderingContext.prototype.getParameter = function (name) {
      return name === 0x9246 || name === this.RENDERER ? "A graphics card" : told.call(this, name);
    };
  });
  await page.reload();
  await isConnected(page);
  await expect(canvases.first()).toBeAttached();
  await expect(elements).toHaveCount(0);
  await expect(screens(page)).toContainText("drawn-with");

  await canvases.evaluateAll((all) => {
    for (const canvas of all as HTMLCanvasElement[]) canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  });
  await expect(elements).toContainText("drawn-with", { timeout: 15_000 });
});
