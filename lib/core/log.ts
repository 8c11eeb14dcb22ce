import pino, { type DestinationStream, type Logger } from "pino";
import pretty from "pino-pretty";
import { env } from "./env";
import { ModelError } from "./errors";
import { processGlobal } from "./process-global";

const secrets = ["password", "passwordHash", "accessToken", "refreshToken", "apiKey", "authorization", "cookie", "secret", "token", "key"];

/** Paths whose values never reach the log, at the top level and one or two levels down. */
const redactedPaths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * What is secret by its looks, wherever it stands: keys of Hearth and of the usual model hosts, access tokens, credentials of
 * a header, and the password of an address.
 */
const secretLooks =
  /\b(?:hk_|sk-|gsk_|xai-|AIza)[\w-]{8,}|\beyJ[\w-]{8,}\.[\w-]*\.[\w-]+(?:\.[\w-]+){0,2}|(?<=\b(?:Bearer|Basic) )[\w.~+/-]{12,}=*|(?<=:\/\/[^\s/:@"]{0,200}:)[^\s/@"]+(?=@)/gi;

/** The process's log: JSON lines, or readable text when a person watches the terminal. */
export function log(): Logger {
  return processGlobal("log", () => {
    const readable = () => pretty({ sync: true, colorize: true, translateTime: "SYS:HH:MM:ss", singleLine: true });
    return createLog(env().LOG_LEVEL, alsoKept(process.stdout.isTTY ? readable() : pino.destination({ sync: false, dest: 1 })));
  });
}

/** Who is given each line that the process's log writes, secrets left out. Nobody until something is put there. */
export const lineKeeper = () => processGlobal<{ keep?: (line: string) => void }>("log-line-keeper", () => ({}));

type Output = DestinationStream & { flush?: (done?: (error?: Error) => void) => void };

/** Writes where `output` does and hands each line on. */
function alsoKept(output: Output): Output {
  return {
    write(line) {
      output.write(line);
      lineKeeper().keep?.(line);
    },
    flush: (done) => output.flush?.(done),
  };
}

/** A log that writes JSON lines to `destination`, without secrets and without what people wrote. */
export function createLog(level: string, destination: DestinationStream): Logger {
  const redact = { paths: redactedPaths, censor: "[redacted]" };
  const hooks = { streamWrite: (line: string) => line.replace(secretLooks, "[redacted]") };
  return pino(
    { level, base: null, redact, hooks, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } },
    destination,
  );
}

/**
 * What the log keeps of an error: type, code, message and stack, and those of its causes.
 * Everything else stays out: failed queries carry their values, failed model calls carry the conversation, and what a host
 * finds wrong with a request may repeat it.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: withoutValues(String(error)) };
  if (error instanceof ModelError && error.reason === "bad_request")
    return { type: error.constructor.name, code: error.code, message: "The host did not accept the request. [its words left out]" };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    type: name === "Error" ? error.constructor.name : name,
    ...(typeof code === "string" && { code }),
    message: withoutValues(message),
    stack: stack && withoutValues(stack),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}

/** Cuts the values of a failed query, which Drizzle puts on a line of their own. */
export function withoutValues(text: string): string {
  return text.replaceAll(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "\nparams: [left out]");
}
