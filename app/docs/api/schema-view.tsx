import type { JsonSchema } from "@/lib/http/json-schema";
import { describeType, objectName } from "./describe-type";

/** A JSON Schema for reading: the fields of an object with what is in them, or the type alone. */
export function SchemaView({ schema }: { schema: JsonSchema }) {
  const fields = fieldsOf(schema);
  if (!fields) return <Type schema={schema} />;
  const required = (schema.required ?? []) as string[];
  return (
    <ul className="flex flex-col gap-1.5 border-l border-border pl-3 text-sm">
      {Object.entries(fields).map(([name, field]) => (
        <li key={name}>
          <span className="font-mono font-medium break-all">
            {name}
            {!required.includes(name) && <span title="may be left out">?</span>}
          </span>{" "}
          <Type schema={field} />
          {typeof field.description === "string" && <span className="text-muted-foreground"> · {field.description}</span>}
          <Inner schema={field} />
        </li>
      ))}
    </ul>
  );
}

/** What is inside a field: its own fields, or those of a list's entries. */
function Inner({ schema }: { schema: JsonSchema }) {
  const inner = schema.type === "array" ? (schema.items as JsonSchema | undefined) : schema;
  if (!inner || !fieldsOf(inner)) return null;
  return (
    <div className="mt-1.5">
      <SchemaView schema={inner} />
    </div>
  );
}

function Type({ schema }: { schema: JsonSchema }) {
  const name = objectName(schema);
  if (!name) return <span className="text-muted-foreground">{describeType(schema)}</span>;
  return (
    <a href={`#object-${name}`} className="text-link underline underline-offset-4">
      {describeType(schema)}
    </a>
  );
}

const fieldsOf = (schema: JsonSchema) => schema.properties as Record<string, JsonSchema> | undefined;
