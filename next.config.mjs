/** Files that are read at run time and that tracing cannot see from the imports. */
const readAtRunTime = [
  "./db/migrations/**/*",
  "./db/pglite-thread.ts",
  "./lib/gateway/embedded/**/*",
  "./lib/terminal/integration/**/*",
  "./node_modules/@electric-sql/pglite/dist/**/*",
];

/**
 * JavaScript, because Next would load its compiler at each start to read TypeScript: 24 MB and a tenth of a second.
 * @type {import("next").NextConfig}
 */
const config = {
  // Native code, WASM and worker threads cannot be bundled. Everything else is: LangGraph and mathjs take
  // 230 MB and a second to load from node_modules, and a third of that from the bundle.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@xterm/addon-serialize",
    "@xterm/addon-unicode11",
    "@xterm/headless",
    "node-llama-cpp",
    "node-pty",
    "pino",
    "pino-pretty",
    "postgres",
    "ws",
  ],
  outputFileTracingIncludes: { "/*": readAtRunTime },
  poweredByHeader: false,
  // Pages are loaded when they are first asked for. All at the start would take a fifth of it, and memory for many that nobody opens.
  experimental: { preloadEntriesOnStart: false },
  // Browsers ask for this address when they cannot see the page's own icon yet.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  // Streams are exempt: they say no-transform, which keeps compression from holding chunks back.
  compress: true,
  // `npm run check` has these; a build on a user's machine needs no development tools.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // In development Next prints the arguments of server functions, and some are passwords and keys.
  logging: { serverFunctions: false },
};

export default config;
