import { z } from "zod";

const milliseconds = z.coerce.number().int().min(1).max(86_400_000);
const durationMs = (describe: string) => milliseconds.optional().describe(describe);

/**
 * Every variable Hearth reads, with its default and meaning.
 * `docs/configuration.md` is generated from this object.
 */
export const envSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development").describe("Set by the start, dev and test commands."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      "A Postgres 15+ server, as postgres://user:password@host/database. Without it Hearth runs its embedded database in the data folder.",
    ),
  HEARTH_DATA_DIR: z.string().min(1).default("./data").describe("Folder for the embedded database, models and backups."),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe("Port to listen on; 0 picks a free one."),
  HOST: z.string().min(1).default("0.0.0.0").describe("Address to listen on; 127.0.0.1 keeps Hearth to this machine."),
  HEARTH_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === "/", "Hearth needs a host name of its own and cannot be under a path")
    .optional()
    .describe(
      "The address that visitors use, for a proxy that does not send X-Forwarded-Host and X-Forwarded-Proto. Redirects, cookies and the same-origin check then go by it, whatever the request says. Plain `next start` does not need it: there the platform's headers count.",
    ),
  HEARTH_TRUSTED_PROXIES: z
    .string()
    .default("loopback,private")
    .describe("Whose X-Forwarded-* headers to believe: comma-separated addresses, CIDR ranges, `loopback`, `private`, or `none`."),
  HEARTH_SIGNUP: z
    .enum(["open", "approval", "closed"])
    .default("approval")
    .describe("Who may register after the first account: anyone, anyone after an admin's approval, or nobody."),
  HEARTH_MAX_MESSAGE_CHARS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(32_000)
    .describe("Longest message a person may send, in characters."),
  HEARTH_CHAT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe("Chat messages a user may send in a minute; 10 unless an admin set another number."),
  AUTH_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      "Signs sessions and encrypts stored keys, at least 32 characters. Made and stored in the database on first start when missing.",
    ),
  OLLAMA_BASE_URL: z.string().optional().describe("Ollama hosts, comma-separated. Without it http://127.0.0.1:11434 is tried."),
  OPENAI_API_KEY: z.string().optional().describe("Key for OpenAI, or for the server at OPENAI_BASE_URL."),
  OPENAI_BASE_URL: z.url().optional().describe("An OpenAI-compatible server to use in place of api.openai.com."),
  ANTHROPIC_API_KEY: z.string().optional().describe("Key for Anthropic."),
  ANTHROPIC_BASE_URL: z.url().optional().describe("A server to use in place of api.anthropic.com."),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional().describe("Key for Google Gemini."),
  GOOGLE_GENERATIVE_AI_BASE_URL: z.url().optional().describe("A server to use in place of Google's."),
  HEARTH_LOCAL_MODEL: z
    .string()
    .optional()
    .describe(
      "The embedded model: a path to a GGUF, a catalogue name, or `off`. Without it, a GGUF file in the data folder is used when there is one.",
    ),
  HEARTH_MODEL_MIRROR: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "A mirror of huggingface.co to download embedded models from, with the same paths below it. Files are checked by their hash.",
    ),
  HEARTH_MODEL_IDLE_MS: durationMs("The embedded model leaves memory after this long without work; 600000 unless saved otherwise."),
  HEARTH_OLLAMA_CONTEXT_TOKENS: z.coerce
    .number()
    .int()
    .min(512)
    .max(10_000_000)
    .optional()
    .describe("Longest context to ask of an Ollama model, in tokens; 8192 unless saved otherwise. More needs more memory on its host."),
  HEARTH_HOST_CHECK_MS: milliseconds
    .default(15_000)
    .describe("How often a model host that answers is asked for its models, in milliseconds; one that does not, three times as often."),
  HEARTH_CONNECT_TIMEOUT_MS: durationMs("Longest wait for a connection to a model host; 5000 unless saved otherwise."),
  HEARTH_FIRST_TOKEN_TIMEOUT_MS: durationMs(
    "Longest wait for the first token from a host that has the model loaded; 60000 unless saved otherwise.",
  ),
  HEARTH_COLD_LOAD_TIMEOUT_MS: durationMs(
    "Longest wait for the first token from a host that may have to load the model first; 300000 unless saved otherwise.",
  ),
  HEARTH_IDLE_TIMEOUT_MS: durationMs("Longest silence in the middle of a reply; 60000 unless saved otherwise."),
  HEARTH_REPLY_TIMEOUT_MS: durationMs("Longest time a whole reply may take; 900000 unless saved otherwise."),
  HEARTH_QUEUE_MAX: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe("Calls that may wait for one model before further ones are refused; 100 unless saved otherwise."),
  HEARTH_QUEUE_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(3_600_000)
    .optional()
    .describe("Longest wait for a free place at a host; 120000 unless saved otherwise."),
  HEARTH_CALLS_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(3)
    .max(3_650)
    .default(90)
    .describe("How many days single calls to models can be looked at under Monitoring; their sums by the hour are kept three years."),
  HEARTH_METRICS: z
    .enum(["admin", "public"])
    .default("admin")
    .describe("Who may read /metrics: admins and API keys with the scope `metrics`, or everybody who reaches Hearth."),
  HEARTH_AUDIT_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .optional()
    .describe("How many days the audit log goes back; without it, every event is kept for good."),
  HEARTH_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("The mail server that alerts are sent by, as smtps://user:password@host:465. Without it alerts go to no e-mail address."),
  HEARTH_SMTP_FROM: z.email().optional().describe("The address that alerts are sent from; needed with HEARTH_SMTP_URL."),
  HEARTH_ALERT_EVERY_MS: milliseconds.default(15_000).describe("How often alert rules are looked at, in milliseconds."),
  HEARTH_LOGS_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(7)
    .describe("How many days log lines can be looked at under Monitoring. Standard output has them all."),
  HEARTH_LOGS_MAX_LINES: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(10_000_000)
    .default(200_000)
    .describe("Most log lines that can be looked at under Monitoring; the oldest go first."),
  HEARTH_CACHE_TTL_S: z.coerce
    .number()
    .int()
    .min(1)
    .max(31_536_000)
    .optional()
    .describe("How long a kept answer is given again, in seconds; 3600 unless saved otherwise."),
  HEARTH_CACHE_MAX_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe("Most that kept answers may take, in megabytes; 64 unless saved otherwise, 0 switches the cache off."),
  HEARTH_ROUTE_PREFERENCE: z
    .enum(["fast", "balanced", "best", "cheap"])
    .optional()
    .describe("What the model `auto` looks for first; `balanced` unless saved otherwise."),
  HEARTH_TERMINAL: z
    .enum(["off", "admin"])
    .default("off")
    .describe(
      "Whether admins get shells on this machine in the browser. They run as Hearth's own user and can do and read whatever it can, its data folder and its environment included.",
    ),
  HEARTH_TERMINAL_SHELL: z
    .string()
    .min(1)
    .optional()
    .describe("The program that a terminal runs; without it `$SHELL`, else the account's own shell, else bash or sh."),
  HEARTH_TERMINAL_CWD: z.string().min(1).optional().describe("The folder that terminals begin in; the home folder without it."),
  HEARTH_TERMINAL_MAX_SESSIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(10)
    .describe("Shells that may run at once, those of all admins together."),
  HEARTH_TERMINAL_IDLE_MS: milliseconds
    .default(14_400_000)
    .describe("A shell that nobody typed in and that wrote nothing for this long is ended."),
  HEARTH_TRACES: z
    .enum(["on", "off"])
    .default("on")
    .describe("Whether runs and calls to models are recorded as traces, to be looked at under Monitoring and sent by OpenTelemetry."),
  HEARTH_TRACE_CONTENT: z
    .enum(["off", "admins", "on"])
    .optional()
    .describe(
      "Whose words traces keep, of what models and tools are given and answer: nobody's, admins' own, or everyone's; `off` unless saved otherwise.",
    ),
  HEARTH_TRACE_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .optional()
    .describe("How many days traces can be looked at; 14 unless saved otherwise."),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "An OpenTelemetry collector that traces, metrics and log lines are sent to over HTTP as JSON, at `/v1/traces`, `/v1/metrics` and `/v1/logs` below this address.",
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe("Headers for the collector, as `name=value` pairs with commas between them, their values percent-encoded."),
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds.default(10_000).describe("Longest wait for the collector's answer, in milliseconds."),
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds.default(60_000).describe("How often metrics are sent to the collector, in milliseconds."),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("Least severe log line to write."),
});
