import { globSync } from "node:fs";
import path from "node:path";
import type { Contract } from "@/lib/http/contract";
import { httpMethods } from "@/lib/http/other-methods";

export type RouteHandler = ((request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>) & {
  contract?: Contract;
  /** The methods that its file serves, when it is there to refuse the others. */
  allow?: string;
};

/** One exported handler of a file `app/…/route.ts`. */
export type RouteExport = { file: string; method: string; path: string; handler: RouteHandler };

const root = path.resolve(import.meta.dirname, "../..");

/** Every method that route files under `app/` export, those they refuse included, with the path that Next serves it at in OpenAPI form. */
export async function methodExports(): Promise<RouteExport[]> {
  const files = globSync("app/**/route.{ts,tsx}", { cwd: root }).sort();
  const found = await Promise.all(files.map(exportsOf));
  return found.flat();
}

/** Those among them that do something. */
export async function routeExports(): Promise<RouteExport[]> {
  return (await methodExports()).filter(({ handler }) => handler.allow === undefined);
}

async function exportsOf(file: string): Promise<RouteExport[]> {
  const loaded = (await import(path.join(root, file))) as Record<string, RouteHandler>;
  return Object.entries(loaded)
    .filter(([name]) => httpMethods.some((method) => method === name))
    .map(([method, handler]) => ({ file, method, path: servedPath(file), handler }));
}

function servedPath(file: string): string {
  const segments = path.dirname(file).split(path.sep).slice(1);
  return `/${segments
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map((segment) => segment.replace(/^\[(?:\.\.\.)?(.+)\]$/, "{$1}"))
    .join("/")}`;
}
