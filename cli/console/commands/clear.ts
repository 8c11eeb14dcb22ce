import { defineCommand } from "../../command.ts";

export const clear = (clearScreen: () => void) =>
  defineCommand({
    name: "clear",
    summary: "Empty the screen, as Ctrl-L does",
    where: "console",
    json: false,
    async run() {
      clearScreen();
    },
  });
