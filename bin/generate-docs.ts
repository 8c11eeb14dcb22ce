/**
 * `npm run docs:generate` writes docs/configuration.md from the environment schema and docs/cli.md from the table of
 * commands; `--check` only tells whether they are up to date.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { commands } from "../cli/commands.ts";
import { cliPage } from "../cli/docs-page.ts";
import { envSchema } from "../lib/core/env-schema.ts";

const docs = path.join(path.dirname(import.meta.dirname), "docs");

type Property = { description?: string; default?: unknown; enum?: string[]; minimum?: number; maximum?: number; minLength?: number };

const head = `# Configuration

Hearth needs no configuration. Everything below is an environment variable, read once at the start; a value that
cannot be used stops the start with one line that names the variable. An empty variable counts as not set.

This page is generated from \`lib/core/env-schema.ts\` by \`npm run docs:generate\`.

| Variable | Default | Meaning |
|---|---|---|
`;

function configurationPage(): string {
  const { properties = {} } = z.toJSONSchema(envSchema, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, Property>;
  };
  return (
    head +
    Object.entries(properties)
      .map(([name, property]) => row(name, property))
      .join("")
  );
}

function row(name: string, property: Property): string {
  const fallback = property.default === undefined ? "" : `\`${property.default}\``;
  const meaning = [property.description ?? "", range(property)].filter(Boolean).join(" ");
  return `| \`${name}\` | ${fallback} | ${meaning.replaceAll("|", "\\|")} |\n`;
}

function range({ enum: values, minimum, maximum }: Property): string {
  if (values) return `One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
  if (minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) return `${minimum} to ${maximum}.`;
  return "";
}

const pages = { "configuration.md": configurationPage(), "cli.md": cliPage(commands) };
for (const [name, wanted] of Object.entries(pages)) {
  const file = path.join(docs, name);
  const present = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!process.argv.includes("--check")) writeFileSync(file, wanted);
  else if (present !== wanted) {
    console.error(`docs/${name} is out of date. Run npm run docs:generate.`);
    process.exitCode = 1;
  }
}
