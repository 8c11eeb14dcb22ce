import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { KatexFormula } from "@/components/markdown/katex-formula";
import { Markdown } from "@/components/markdown/markdown";

const render = (text: string, isStreaming = false) => renderToStaticMarkup(<Markdown text={text} isStreaming={isStreaming} />);

/** Every element and attribute that a rendering has, so that nothing can hide behind a pattern. */
function namesIn(html: string) {
  const tags = [...html.matchAll(/<([a-z][\w-]*)((?:\s[^<>]*)?)>/gi)];
  return {
    elements: new Set(tags.map(([, name]) => name?.toLowerCase())),
    attributes: new Set(tags.flatMap(([, , rest]) => [...(rest ?? "").matchAll(/\s([\w:-]+)=/g)].map(([, name]) => name?.toLowerCase()))),
  };
}

describe("a reply cannot run anything in the reader's page", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a script within a sentence", "Hello <script>alert(1)</script> you"],
    ["a script in a table cell", "|a|\n|-|\n|<script>alert(1)</script>|"],
    ["a script in a list", "- <script>alert(1)</script>"],
    ["a script in a heading", "# <script>alert(1)</script>"],
    ["an image with an event handler", '<img src=x onerror="alert(1)">'],
    ["a link with an event handler", '<a href="https://a.example" onclick="alert(1)">x</a>'],
    ["an SVG", '<svg onload="alert(1)"><script>alert(1)</script></svg>'],
    ["an SVG within a sentence", "a <svg/onload=alert(1)> b"],
    ["a frame", '<iframe src="javascript:alert(1)"></iframe>'],
    ["an object", '<object data="data:text/html,<script>alert(1)</script>"></object>'],
    ["a form", '<form action="https://evil.example"><input name="password"></form>'],
    ["a style", "<style>body{display:none}</style>"],
    ["a base address", '<base href="https://evil.example/">'],
    ["a refresh", '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
    ["MathML", '<math href="javascript:alert(1)">click</math>'],
    ["a comment that ends early", "<!--><img src=x onerror=alert(1)>-->"],
    ["a quotation mark in a link's title", '[x](https://a.example "a\\" onmouseover=\\"alert(1)")'],
    ["a quotation mark in a code fence's language", '```"><img src=x onerror=alert(1)>\ncode\n```'],
  ])("%s shows as text", (_, source) => {
    const { elements, attributes } = namesIn(render(source));
    for (const name of ["script", "img", "svg", "iframe", "object", "form", "style", "base", "meta", "math"]) {
      // The copy button of a code block has a drawing of its own.
      if (name !== "svg" || !source.startsWith("```")) expect(elements).not.toContain(name);
    }
    expect([...attributes].filter((name) => name?.startsWith("on"))).toEqual([]);
  });

  test.each([
    ["javascript:alert(1)"],
    ["JaVaScRiPt:alert(1)"],
    ["java&#115;cript:alert(1)"],
    ["javascript&colon;alert(1)"],
    ["<java\tscript:alert(1)>"],
    [" javascript:alert(1)"],
    ["vbscript:msgbox(1)"],
    ["data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="],
    ["data:image/svg+xml,<svg onload=alert(1)>"],
    ["file:///etc/passwd"],
    ["blob:https://a.example/1"],
    ["/api/v1/auth/logout"],
    ["//evil.example"],
  ])("the address %s is not linked", (address) => {
    for (const source of [`[click](${address})`, `![picture](${address})`, `[click][1]\n\n[1]: ${address}`]) {
      expect(namesIn(render(source)).attributes).not.toContain("href");
    }
  });

  test("an autolink of a script address is not linked", () => {
    expect(namesIn(render("<javascript:alert(1)>")).elements).not.toContain("a");
  });

  test("a formula cannot link, load or run", () => {
    const tex = String.raw`\href{javascript:alert(1)}{x} \includegraphics{https://evil.example/x.png} \htmlData{a=b}{y} <img src=x onerror=alert(1)>`;
    const html = renderToStaticMarkup(<KatexFormula tex={tex} display />);
    expect(html).toContain("katex");
    expect(html).not.toMatch(/<a\b|<img\b|\sdata-a=|href=/);
  });
});

test("an image from elsewhere is not loaded but linked", () => {
  const html = render("![A chart](https://a.example/chart.png)");
  expect(html).not.toContain("<img");
  expect(html).toContain('href="https://a.example/chart.png"');
  expect(html).toContain("Image: A chart");
});

test("a link opens apart and tells the other side nothing", () => {
  expect(render("[site](https://a.example/?a=1&b=2)")).toContain(
    '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">site</a>',
  );
});

test("a bare address becomes a link, and a mail address one for mail", () => {
  const html = render("See https://a.example/x or write to ada@a.example");
  expect(html).toContain('href="https://a.example/x"');
  expect(html).toContain('href="mailto:ada@a.example"');
});

test("GitHub's tables keep their cells and alignment", () => {
  const html = render("|a|b|\n|:-|-:|\n|1|**2**|");
  expect(html).toContain('<th scope="col" style="text-align:left">a</th>');
  expect(html).toContain('<td style="text-align:right"><strong>2</strong></td>');
});

test("code keeps every character as it was written", () => {
  expect(render('```js\nif (a < b && c) { "x" }\n```')).toContain("if (a &lt; b &amp;&amp; c) { &quot;x&quot; }");
  expect(render("`&lt;b&gt;`")).toContain("<code>&amp;lt;b&amp;gt;</code>");
});

test("character references in text become the characters, and stay text", () => {
  const html = render("a &lt;script&gt; &amp; b&nbsp;&#8364; &bogus;");
  expect(html).toContain("a &lt;script&gt; &amp; b\u00a0€ &amp;bogus;");
});

test("a link definition serves every block of the text", () => {
  expect(render("First [x][ref].\n\nSecond [y][ref].\n\n[ref]: https://a.example/")).toMatch(/(href="https:\/\/a\.example\/".*){2}/s);
});

test("a text that is still growing shows no open markup", () => {
  expect(render("Some **bold tex", true)).toContain("<strong>bold tex</strong>");
  expect(render("Some **bold tex", false)).toContain("**bold tex");
});

test("HTML's line break works, since models write it in tables", () => {
  expect(render("|a|\n|-|\n|x<br>y|")).toContain("x<br/>y");
});
