import { Badge } from "@/components/ui/badge";
import type { JsonSchema } from "@/lib/http/json-schema";
import type { Operation } from "@/lib/http/openapi";
import type { PlacedOperation } from "./operations-by-tag";
import { SchemaView } from "./schema-view";

const access = { public: "Open to everybody", user: "Any user", admin: "Admins" };

/** One operation: how it is called, what it takes, what it answers. */
export function OperationView({ method, path, operation }: PlacedOperation) {
  const { operationId, summary, parameters = [], requestBody, responses, "x-scope": scope } = operation;
  const bodySchema = requestBody?.content["application/json"]?.schema;
  return (
    <article id={operationId} aria-label={summary} className="flex scroll-mt-6 flex-col gap-4 rounded-lg border border-border p-4">
      <header className="flex flex-col gap-1">
        <h3 className="flex flex-wrap items-baseline gap-x-2 gap-y-1 font-mono text-sm font-semibold">
          <span className="text-link">{method}</span>
          <span className="break-all">{path}</span>
        </h3>
        <p className="text-sm text-muted-foreground">{summary}</p>
        <p className="mt-1 flex flex-wrap gap-2">
          <Badge>{access[operation["x-access"]]}</Badge>
          {scope && <Badge>{scope === "none" ? "Not with an API key" : `API keys with ${scope}`}</Badge>}
        </p>
      </header>
      {parameters.length > 0 && (
        <Part title="Parameters">
          <SchemaView schema={asObject(parameters)} />
        </Part>
      )}
      {bodySchema && (
        <Part title="Body">
          <SchemaView schema={bodySchema} />
        </Part>
      )}
      <Part title="Answers">
        <Answers responses={responses} />
      </Part>
    </article>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 text-xs font-medium text-muted-foreground">{title}</h4>
      {children}
    </section>
  );
}

function asObject(parameters: NonNullable<Operation["parameters"]>): JsonSchema {
  const properties = Object.fromEntries(parameters.map(({ name, schema, description }) => [name, { ...schema, description }]));
  return { type: "object", properties, required: parameters.filter(({ required }) => required).map(({ name }) => name) };
}

function Answers({ responses }: { responses: Operation["responses"] }) {
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {Object.entries(responses).map(([status, { description, content = {} }]) => (
        <li key={status} className="flex flex-col gap-1">
          <p>
            <span className="font-mono font-semibold">{status}</span>{" "}
            <span className="text-muted-foreground">
              {isProblem(content) ? <Codes names={description} /> : Object.keys(content).join(" or ") || description}
            </span>
          </p>
          {!isProblem(content) && Object.entries(content).map(([type, { schema }]) => <SchemaView key={type} schema={schema} />)}
        </li>
      ))}
    </ul>
  );
}

/** Problems are described once, in the table of errors. */
const isProblem = (content: object) => "application/problem+json" in content;

function Codes({ names }: { names: string }) {
  return names.split(", ").map((name) => (
    <a key={name} href={`#${name}`} className="mr-2 underline underline-offset-4 hover:text-foreground">
      {name}
    </a>
  ));
}
