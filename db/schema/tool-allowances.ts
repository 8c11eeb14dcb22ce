import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { conversations } from "./chat";
import { createdAt } from "./columns";

/** A call of a tool that its owner always allows in one conversation: this tool with exactly this input. */
export const toolAllowances = pgTable(
  "tool_allowances",
  {
    id: uuid().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    toolName: text().notNull(),
    input: jsonb().$type<unknown>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("tool_allowances_conversation_idx").on(table.conversationId, table.toolName)],
);
