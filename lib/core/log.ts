import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { env } from "./env";
import { processGlobal } from "./process-global";

const secrets = ["password", "passwordHash", "accessToken", "refreshToken", "apiKey", "authorization", "cookie", "secret", "token", "key"];

/** Paths whose values never reach the log, at the top level and one or two levels down. */
export const redactedPaths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The process's log: JSON lines, or readable text when a person watches the terminal. */
export function log(): Logger {
  return processGlobal("log", () =>
    pino(
      {
        level: env().LOG_LEVEL,
        base: null,
        redact: { paths: redactedPaths, censor: "[redacted]" },
        timestamp: pino.stdTimeFunctions.isoTime,
      },
      process.stdout.isTTY
        ? pretty({ sync: true, colorize: true, translateTime: "SYS:HH:MM:ss", singleLine: true })
        : pino.destination({ sync: false, dest: 1 }),
    ),
  );
}
