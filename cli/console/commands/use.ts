import type { Model } from "@/lib/gateway/contract";
import { listAll } from "../../api/api.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

/** Where a console keeps the model that it asks when a command names none. */
export type ChosenModel = { get(): string | undefined; set(id: string | undefined): void };

export const use = (chosen: ChosenModel) =>
  defineCommand({
    name: "use",
    summary: "Choose the model that ask and chat use when they are given none",
    where: "console",
    json: false,
    completes: "models",
    arguments: [{ usage: "[model]", summary: "as models lists it, auto, or default for no choice; tells the choice when absent" }],
    async run({ args: [id], io, api }) {
      if (id === undefined) return io.out(`${chosen.get() ?? "default"}\n`);
      const models = id === "auto" || id === "default" ? [] : await listAll<Model>(api, "/api/v1/models");
      if (id !== "auto" && id !== "default" && !models.some((model) => model.id === id))
        throw new CliError("notFound", `There is no model ${id}. Write models to see those you may use.`);
      chosen.set(id === "default" ? undefined : id);
      io.out(`ask and chat now use ${id === "default" ? "the default model" : id}.\n`);
    },
  });
