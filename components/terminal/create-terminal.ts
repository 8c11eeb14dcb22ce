import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { WebglAddon } from "@xterm/addon-webgl";
import { type ITerminalOptions, Terminal } from "@xterm/xterm";
// Here, so that nothing makes a terminal without it.
import "@xterm/xterm/css/xterm.css";

/** The browser's terminal with what it needs to fit, to be searched and to open links. */
export function createTerminal(host: HTMLElement, options: ITerminalOptions) {
  const terminal = new Terminal({
    ...options,
    fontFamily: 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
    scrollback: 10_000,
    allowProposedApi: true,
    minimumContrastRatio: 4.5,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    linkHandler: { activate: (_event, address) => openLink(address) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new Unicode11Addon());
  terminal.loadAddon(new WebLinksAddon((_event, address) => openLink(address)));
  terminal.unicode.activeVersion = "11";
  leaveAnswersToServer(terminal);
  terminal.open(host);
  drawByGraphicsCard(terminal);
  return { terminal, fit, search };
}

export type BrowserTerminal = ReturnType<typeof createTerminal>;

/** What a program writes is no page of ours: its links open apart, and only those of the web. */
function openLink(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}

/**
 * WebGL draws several times faster than elements. Where there is none, where it is only imitated, or when it is lost, the
 * elements stay. Its characters have another width, so that it is there before the terminal is measured.
 */
function drawByGraphicsCard(terminal: Terminal): void {
  if (!hasGraphicsCard()) return;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // Without WebGL the addon throws, and the terminal draws with elements as before.
  }
}

/** What draws where a graphics card is only imitated: a flood then goes by several times more slowly than with elements. */
const imitations = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let isDrawnByCard: boolean | undefined;

/** Whether there is a graphics card: looked for once, since browsers give out few contexts. */
function hasGraphicsCard(): boolean {
  isDrawnByCard ??= findGraphicsCard();
  return isDrawnByCard;
}

function findGraphicsCard(): boolean {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const told = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !imitations.test(renderer);
}

/**
 * Programs ask a terminal what it is and where its cursor stands. The server's screen answers, once; if each viewer did too,
 * the program would read the second answer as typed.
 */
function leaveAnswersToServer({ parser }: Terminal): void {
  const drop = () => true;
  for (const prefix of [undefined, ">", "="]) parser.registerCsiHandler({ prefix, final: "c" }, drop);
  for (const prefix of [undefined, "?"]) {
    parser.registerCsiHandler({ prefix, final: "n" }, drop);
    parser.registerCsiHandler({ prefix, intermediates: "$", final: "p" }, drop);
  }
  parser.registerCsiHandler({ prefix: ">", final: "q" }, drop);
  parser.registerDcsHandler({ intermediates: "$", final: "q" }, drop);
  // These set a colour too; only questions are dropped.
  for (const code of [4, 10, 11, 12]) parser.registerOscHandler(code, (data) => data.includes("?"));
}
