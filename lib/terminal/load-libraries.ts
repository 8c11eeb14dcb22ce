import type { SerializeAddon } from "@xterm/addon-serialize";
import type { Unicode11Addon } from "@xterm/addon-unicode11";
import type { Terminal } from "@xterm/headless";

/** The terminal's native part; null where it could not be installed. Loaded with the first ask: most Hearths need none. */
export async function loadPty(): Promise<typeof import("node-pty") | null> {
  try {
    return unwrapped(await import("node-pty"));
  } catch {
    return null;
  }
}

/** What the server-side screen is made of. */
export async function loadScreen(): Promise<{
  Terminal: typeof Terminal;
  SerializeAddon: typeof SerializeAddon;
  Unicode11Addon: typeof Unicode11Addon;
}> {
  const [headless, serialize, unicode] = await Promise.all([
    import("@xterm/headless"),
    import("@xterm/addon-serialize"),
    import("@xterm/addon-unicode11"),
  ]);
  const { Terminal } = unwrapped(headless);
  return { Terminal, SerializeAddon: unwrapped(serialize).SerializeAddon, Unicode11Addon: unwrapped(unicode).Unicode11Addon };
}

/** These are CommonJS: Node hands their exports one level down, a bundler may unwrap them. */
function unwrapped<T extends object>(imported: T): T {
  return (imported as T & { default?: T }).default ?? imported;
}
