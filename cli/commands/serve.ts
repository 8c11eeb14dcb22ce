import { defineCommand } from "../command.ts";
import { numberBetween } from "../reply/chat-options.ts";

export const serve = defineCommand<{ port?: number }>({
  name: "serve",
  summary: "Start the server in this process, as npm start does",
  where: "shell",
  json: false,
  options: [
    { flags: "-p, --port <number>", summary: "port to listen on; PORT, or 3000, when absent", parse: numberBetween(0, 65_535, true) },
  ],
  run: ({ options: { port }, io }) => io.serve(port),
});
