import type { Terminal } from "@xterm/headless";

const hiddenCursor = 25;
const mouseEncodings = [1006, 1016];
const alternateScreens = [47, 1047, 1049];

/**
 * Notes the modes that the serializer leaves out and full-screen programs need: a hidden cursor, its shape, how the mouse is
 * told, and the lines that scroll (DECTCEM, DECSCUSR, DECSET 1006 and 1016, DECSTBM).
 */
export function trackModes(terminal: Terminal) {
  let isCursorHidden = false;
  let cursorShape = 0;
  let region: { top: number; bottom: number } | null = null;
  const mouse = new Set<number>();
  const { parser } = terminal;
  const reset = () => {
    isCursorHidden = false;
    cursorShape = 0;
    region = null;
    mouse.clear();
    return false;
  };
  const set = (isOn: boolean) => (params: (number | number[])[]) => {
    for (const mode of params.flat()) {
      if (mode === hiddenCursor) isCursorHidden = !isOn;
      if (mouseEncodings.includes(mode)) isOn ? mouse.add(mode) : mouse.delete(mode);
      if (alternateScreens.includes(mode)) region = null;
    }
    // False leaves the sequence to the terminal itself.
    return false;
  };
  parser.registerCsiHandler({ prefix: "?", final: "h" }, set(true));
  parser.registerCsiHandler({ prefix: "?", final: "l" }, set(false));
  parser.registerCsiHandler({ intermediates: " ", final: "q" }, ([shape]) => {
    cursorShape = Number(shape ?? 0);
    return false;
  });
  parser.registerCsiHandler({ final: "r" }, ([top, bottom]) => {
    const lines = { top: Number(top) || 1, bottom: Number(bottom) || terminal.rows };
    region = lines.top > 1 || lines.bottom < terminal.rows ? lines : null;
    return false;
  });
  parser.registerCsiHandler({ intermediates: "!", final: "p" }, reset);
  parser.registerEscHandler({ final: "c" }, reset);
  return {
    forgetRegion() {
      region = null;
    },
    /** The sequences that set these modes on a terminal that has none of them. */
    serialize(): string {
      const { cursorX, cursorY } = terminal.buffer.active;
      // Setting the region moves the cursor, which is put back; in origin mode its place is counted from the region.
      const place = region && !terminal.modes.originMode ? `\x1b[${region.top};${region.bottom}r\x1b[${cursorY + 1};${cursorX + 1}H` : "";
      const encodings = [...mouse].map((mode) => `\x1b[?${mode}h`).join("");
      return `${place}${encodings}${cursorShape ? `\x1b[${cursorShape} q` : ""}${isCursorHidden ? "\x1b[?25l" : ""}`;
    },
  };
}
