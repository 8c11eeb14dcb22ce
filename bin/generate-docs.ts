/** `npm run docs:generate` writes docs/configuration.md from the environment schema; `--check` only tells whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { envSchema } from "../lib/core/env.ts";

const file = path.join(path.dirname(import.meta.dirname), "docs", "configuration.md");

type Property = { description?: string; default?: unknown; enum?: string[]; minimum?: number; maximum?: number; minLength?: number };

const head = `# Configuration

Hearth needs no configuration. Everything below is an environment variable, read once at the start; a value that
cannot be used stops the start with one line that names the variable. An empty variable counts as not set.

This page is generated from \`lib/core/env.ts\` by \`npm run docs:generate\`.

| Variable | Default | Meaning |
|---|---|---|
`;

function page(): string {
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

const wanted = page();
const present = existsSync(file) ? readFileSync(file, "utf8") : "";
if (process.argv.includes("--check")) {
  if (present !== wanted) {
    console.error("docs/configuration.md is out of date. Run npm run docs:generate.");
    process.exit(1);
  }
} else writeFileSync(file, wanted);
