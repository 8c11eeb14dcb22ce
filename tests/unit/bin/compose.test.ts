import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envSchema } from "@/lib/core/env-schema";

/** What stands indented under `key:`, without that indent; empty when there is no such key. */
function under(text: string, key: string): string {
  const lines = text.split("\n");
  const start = lines.indexOf(`${key}:`) + 1;
  const length = lines.slice(start).findIndex((line) => line !== "" && !line.startsWith(" "));
  const block = start === 0 ? [] : lines.slice(start, length < 0 ? undefined : start + length);
  return block.map((line) => line.slice(2)).join("\n");
}
const keysOf = (text: string) => [...text.matchAll(/^([\w-]+):/gm)].map(([, key]) => key ?? "");
const settingOf = (text: string, key: string) => text.match(new RegExp(`^${key}: *(.*)$`, "m"))?.[1];

const compose = readFileSync("docker-compose.yml", "utf8");
const dockerfile = readFileSync("Dockerfile", "utf8");
const services = under(compose, "services");
const hearth = under(services, "hearth");
const postgres = under(services, "postgres");
const variables = under(hearth, "environment");

test("compose starts Hearth, a Postgres with pgvector, and Ollama", () => {
  expect(keysOf(services)).toEqual(["hearth", "postgres", "ollama"]);
  expect(settingOf(hearth, "build")).toBe(".");
  expect(settingOf(postgres, "image")).toMatch(/^pgvector\/pgvector:pg(1[5-9]|[2-9]\d)$/);
  expect(settingOf(under(services, "ollama"), "image")).toMatch(/^ollama\/ollama/);
});

test("every variable that the containers set is one that Hearth knows, with a value that it accepts", () => {
  const fromDocker = [...dockerfile.matchAll(/^(?:ENV| {4}) *(\w+)=(\S+)/gm)].map(([, name, value]) => [name ?? "", value ?? ""] as const);
  const fromCompose = keysOf(variables).map((name) => {
    // As compose fills it in when nothing is set outside.
    const value = (settingOf(variables, name) ?? "").replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1");
    return [name, value] as const;
  });
  expect(fromDocker.map(([name]) => name)).toEqual(["NODE_ENV", "HEARTH_DATA_DIR"]);
  expect(fromCompose.map(([name]) => name)).toContain("DATABASE_URL");
  for (const [name, value] of [...fromDocker, ...fromCompose]) {
    const schema = envSchema.shape[name as keyof typeof envSchema.shape];
    expect(schema, name).toBeDefined();
    if (value !== "") expect(schema.safeParse(value), name).toMatchObject({ success: true });
  }
});

test("Hearth asks the services by the names, the account and the ports that these have", () => {
  const url = new URL(settingOf(variables, "DATABASE_URL")?.replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1") ?? "");
  const account = under(postgres, "environment");
  expect(url.hostname).toBe("postgres");
  expect(url.port).toBe("5432");
  expect(url.username).toBe(settingOf(account, "POSTGRES_USER"));
  expect(url.pathname).toBe(`/${settingOf(account, "POSTGRES_DB")}`);
  expect(settingOf(variables, "DATABASE_URL")).toContain(settingOf(account, "POSTGRES_PASSWORD"));
  expect(settingOf(variables, "OLLAMA_BASE_URL")).toBe("http://ollama:11434");
  // The port that is published is the one that the image listens on, whatever PORT is outside.
  expect(under(hearth, "ports").trim()).toMatch(/^- "\$\{PORT:-3000\}:3000"$/);
  expect(dockerfile).toMatch(/^EXPOSE 3000$/m);
});

test("Hearth waits until Postgres answers, and has the time to let replies finish when it is stopped", () => {
  expect(settingOf(under(under(hearth, "depends_on"), "postgres"), "condition")).toBe("service_healthy");
  expect(under(postgres, "healthcheck")).toContain("pg_isready -U hearth -d hearth");
  expect(Number.parseInt(settingOf(hearth, "stop_grace_period") ?? "0", 10)).toBeGreaterThan(10);
});

test("what must outlive a container is on a volume that compose declares", () => {
  const declared = keysOf(under(compose, "volumes"));
  const used = keysOf(services).map((name) =>
    under(under(services, name), "volumes")
      .match(/- ([\w-]+):(\S+)/)
      ?.slice(1, 3),
  );
  expect(used.map((mount) => mount?.[0]).sort()).toEqual(declared.toSorted());
  expect(used[0]?.[1]).toBe(dockerfile.match(/^VOLUME (\S+)$/m)?.[1]);
  expect(dockerfile).toContain(`HEARTH_DATA_DIR=${used[0]?.[1]}`);
});
