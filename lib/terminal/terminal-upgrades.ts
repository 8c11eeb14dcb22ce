import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { signedInCallerOf } from "@/lib/auth/caller";
import { watchSignIn } from "@/lib/auth/watch-sign-in";
import { env } from "@/lib/core/env";
import { AppError, ForbiddenError, NotFoundError, UnauthenticatedError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import type { SignedInCaller } from "@/lib/http/caller";
import { isFromOwnPage } from "@/lib/http/connection";
import { closeCode, shellSize, terminalPath } from "./contract";
import { findShell } from "./shells";
import { attachViewer } from "./viewer";

const pingEveryMs = 30_000;
/** Longest message that a viewer may send: a paste. */
const maxPayload = 4 * 1024 * 1024;

/** Takes a request to become a WebSocket when it is for the terminal. @returns whether it is */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Makes what takes the terminal's WebSockets: checks who asks and from where, then attaches them to their shell. */
export function terminalUpgrades(): TakeUpgrade {
  // Compressing what a program writes takes more time than sending it.
  const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  return (request, socket, head) => {
    const { pathname, searchParams } = URL.parse(request.url ?? "", "http://localhost") ?? { pathname: "" };
    if (!searchParams || !pathname.startsWith(terminalPath)) return false;
    // Until the WebSocket listens itself, an error of the socket would have no listener and end the process.
    const onError = () => socket.destroy();
    socket.on("error", onError);
    admit(request).then(
      (caller) => {
        socket.off("error", onError);
        server.handleUpgrade(request, socket, head, (webSocket) =>
          connect(webSocket, caller, pathname.slice(terminalPath.length), searchParams),
        );
      },
      (error) => refuse(socket, error),
    );
    return true;
  };
}

/** Who asks. @throws AppError unless it is an admin, signed in by a browser, on a page of ours */
async function admit({ headers }: IncomingMessage): Promise<SignedInCaller> {
  if (env().HEARTH_TERMINAL === "off") throw new NotFoundError("terminal", "here");
  const sent = new Headers(
    Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one] as [string, string])),
  );
  // Browsers let any page open a WebSocket to anywhere, with cookies: the origin is all that tells pages of others.
  if (!isFromOwnPage(sent)) throw new ForbiddenError("A terminal opens from Hearth's own pages only.");
  const caller = await signedInCallerOf(sent);
  if (caller?.via !== "cookie") throw new UnauthenticatedError();
  if (caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
  return caller;
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof AppError ? error.status : 500;
  if (status === 500) log().error({ err: error }, "a terminal's connection failed");
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function connect(socket: WebSocket, caller: SignedInCaller, id: string, query: URLSearchParams): void {
  const shell = findShell({ id, ownerId: caller.userId });
  // A refused upgrade tells a browser nothing, a code does.
  if (!shell) return socket.close(closeCode.noShell, "There is no such terminal.");
  const size = shellSize.safeParse({ cols: Number(query.get("cols")), rows: Number(query.get("rows")) });
  const viewer = attachViewer(socket, shell, size.success ? size.data : null);
  const end = () => viewer.close(closeCode.signedOut, "Your sign-in has ended.");
  const stopWatching = watchSignIn(caller, end, { role: "admin", promptly: true });
  const stopPinging = keepAlive(socket);
  socket.once("close", () => {
    stopWatching();
    stopPinging();
  });
}

/** Lets go of a connection whose other side is gone without a word. */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs).unref();
  return () => clearInterval(timer);
}
