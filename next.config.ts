import type { NextConfig } from "next";

/** Files that are read at run time and that tracing cannot see from the imports. */
const readAtRunTime = ["./db/migrations/**/*", "./lib/gateway/embedded/**/*", "./node_modules/@electric-sql/pglite/dist/**/*"];

const config: NextConfig = {
  // Native code, WASM and worker threads cannot be bundled; LangGraph and mathjs load faster and once when they are not.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@langchain/core",
    "@langchain/langgraph",
    "@node-rs/argon2",
    "mathjs",
    "node-llama-cpp",
    "pino",
    "pino-pretty",
    "postgres",
    "undici",
  ],
  outputFileTracingIncludes: { "/*": readAtRunTime },
  poweredByHeader: false,
  // Compression would hold streamed chunks back; a proxy in front compresses pages.
  compress: false,
  // `npm run check` has these; a build on a user's machine needs no development tools.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
