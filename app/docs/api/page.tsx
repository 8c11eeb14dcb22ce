import type { Metadata } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { apiDescription } from "@/app/api/contracts";
import { ErrorTable } from "./error-table";
import { OperationView } from "./operation-view";
import { operationsByTag, type PlacedOperation } from "./operations-by-tag";
import { SchemaView } from "./schema-view";

export const metadata: Metadata = { title: "API reference" };

/** The reference of the public API, made from the same contracts that the routes are made of. */
export default function ApiReferencePage() {
  const groups = operationsByTag(apiDescription);
  const schemas = Object.entries(apiDescription.components.schemas).sort(([a], [b]) => a.localeCompare(b));
  return (
    <div className="mx-auto flex w-full max-w-6xl gap-10 px-4 py-8 md:px-6">
      <ReferenceNav groups={groups} schemas={schemas.map(([name]) => name)} />
      <main className="flex min-w-0 flex-1 flex-col gap-10">
        <Introduction />
        {[...groups].map(([tag, operations]) => (
          <section key={tag} id={anchor(tag)} aria-label={tag} className="flex scroll-mt-6 flex-col gap-4">
            <h2 className="text-xl font-semibold tracking-tight">{tag}</h2>
            {operations.map((placed) => (
              <OperationView key={placed.operation.operationId} {...placed} />
            ))}
          </section>
        ))}
        <section id="errors" aria-label="Errors" className="flex scroll-mt-6 flex-col gap-4">
          <h2 className="text-xl font-semibold tracking-tight">Errors</h2>
          <ErrorTable />
        </section>
        <section id="objects" aria-label="Objects" className="flex scroll-mt-6 flex-col gap-4">
          <h2 className="text-xl font-semibold tracking-tight">Objects</h2>
          {schemas.map(([name, schema]) => (
            <div key={name} id={`object-${name}`} className="scroll-mt-6 rounded-lg border border-border p-4">
              <h3 className="mb-2 font-mono text-sm font-semibold">{name}</h3>
              <SchemaView schema={schema} />
            </div>
          ))}
        </section>
      </main>
    </div>
  );
}

/** A path that may break into lines where a part of it begins. */
const breakable = (path: string) =>
  path.split(/(?<=.)(?=\/)/).map((part) => (
    <Fragment key={part}>
      <wbr />
      {part}
    </Fragment>
  ));

const anchor = (tag: string) => tag.toLowerCase().replaceAll(/\W+/g, "-");

function ReferenceNav({ groups, schemas }: { groups: Map<string, PlacedOperation[]>; schemas: string[] }) {
  return (
    <nav
      aria-label="Reference"
      className="sticky top-8 hidden max-h-[calc(100dvh-4rem)] w-72 shrink-0 self-start overflow-y-auto text-sm lg:block"
    >
      <Link href="/" className="mb-4 block font-semibold">
        Hearth
      </Link>
      {[...groups].map(([tag, operations]) => (
        <div key={tag} className="mb-3">
          <a href={`#${anchor(tag)}`} className="font-medium hover:underline">
            {tag}
          </a>
          <ul>
            {operations.map(({ path, method, operation }) => (
              <li key={operation.operationId}>
                <a
                  href={`#${operation.operationId}`}
                  className="block py-0.5 pl-4 -indent-4 text-muted-foreground hover:text-foreground"
                  title={operation.summary}
                >
                  {method} {breakable(path)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <a href="#errors" className="mb-3 block font-medium hover:underline">
        Errors
      </a>
      <a href="#objects" className="font-medium hover:underline">
        Objects
      </a>
      <ul>
        {schemas.map((name) => (
          <li key={name}>
            <a href={`#object-${name}`} className="block truncate py-0.5 text-muted-foreground hover:text-foreground">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Introduction() {
  return (
    <header className="flex flex-col gap-3">
      <Link href="/" className="text-sm text-muted-foreground underline underline-offset-4 lg:hidden">
        Hearth
      </Link>
      <h1 className="text-2xl font-semibold tracking-tight">API reference</h1>
      <p className="text-muted-foreground">
        JSON in and out, times in ISO 8601 UTC, lists as <code>{"{ items, nextCursor }"}</code>. Programs send an access token from{" "}
        <a href="#login" className="text-link underline underline-offset-4">
          sign-in
        </a>{" "}
        or an{" "}
        <a href="#createKey" className="text-link underline underline-offset-4">
          API key
        </a>{" "}
        as <code>Authorization: Bearer</code>; a browser’s session cookie works for the same calls from Hearth’s own pages. The same
        description for programs is{" "}
        <a href="/api/openapi.json" className="text-link underline underline-offset-4">
          openapi.json
        </a>
        .
      </p>
    </header>
  );
}
