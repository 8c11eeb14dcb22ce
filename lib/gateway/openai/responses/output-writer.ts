import { callItem, itemId, messageItem, reasoningItem, textPart, thoughtPart } from "./output-items";
import type { OutputItem } from "./to-response";

/** Writes one event of a type; whoever writes all events numbers them. */
export type WriteEvent = (type: string, fields: object) => string;
type Kind = "text" | "reasoning";
type Items = ReturnType<typeof itemList>;

const kinds = {
  text: { prefix: "msg", item: messageItem, part: textPart, event: "response.output_text", more: { logprobs: [] } },
  reasoning: { prefix: "rs", item: reasoningItem, part: thoughtPart, event: "response.reasoning_text", more: {} },
} as const;

/**
 * The items of a response's output as they grow, each with the events that tell of it. One block of text or of thoughts is
 * open at a time; it closes when something else begins. Calls stand beside one another until theirs is whole.
 */
export function outputWriter(event: WriteEvent) {
  const items = itemList(event);
  const blocks = blockWriter(event, items);
  const calls = callWriter(event, items);
  return {
    output: items.output,
    addText: blocks.add,
    closeBlock: blocks.close,
    openCall: (callId: string, name: string) => blocks.close() + calls.open(callId, name),
    addArguments: calls.add,
    endCall: (callId: string, name: string, input: string) => blocks.close() + calls.end(callId, name, input),
  };
}

function itemList(event: WriteEvent) {
  const output: OutputItem[] = [];
  return {
    output,
    add(item: OutputItem): string {
      output.push(item);
      return event("response.output_item.added", { output_index: output.length - 1, item });
    },
    done(index: number, item: OutputItem): string {
      output[index] = item;
      return event("response.output_item.done", { output_index: index, item });
    },
  };
}

function blockWriter(event: WriteEvent, items: Items) {
  let open: { kind: Kind; id: string; index: number; text: string } | undefined;
  const placeOf = ({ id, index }: { id: string; index: number }) => ({ item_id: id, output_index: index, content_index: 0 });

  const begin = (kind: Kind) => {
    const { prefix, item, part } = kinds[kind];
    const block = { kind, id: itemId(prefix), index: items.output.length, text: "" };
    const events = items.add(item(block.id, "in_progress")) + event("response.content_part.added", { ...placeOf(block), part: part("") });
    open = block;
    return { block, events };
  };
  const close = () => {
    if (!open) return "";
    const { kind, id, index, text } = open;
    const place = placeOf(open);
    const { item, part, event: name, more } = kinds[kind];
    open = undefined;
    return (
      event(`${name}.done`, { ...place, text, ...more }) +
      event("response.content_part.done", { ...place, part: part(text) }) +
      items.done(index, item(id, "completed", text))
    );
  };
  const add = (kind: Kind, delta: string) => {
    if (delta === "") return "";
    let opening = "";
    let block = open;
    if (block?.kind !== kind) {
      const closing = close();
      const begun = begin(kind);
      opening = closing + begun.events;
      block = begun.block;
    }
    block.text += delta;
    return opening + event(`${kinds[kind].event}.delta`, { ...placeOf(block), delta, ...kinds[kind].more });
  };
  return { add, close };
}

function callWriter(event: WriteEvent, items: Items) {
  const calls = new Map<string, { id: string; index: number; arguments: string }>();

  const open = (callId: string, name: string) => {
    const call = { id: itemId("fc"), index: items.output.length, arguments: "" };
    calls.set(callId, call);
    return items.add(callItem(call.id, "in_progress", { callId, name, arguments: "" }));
  };
  const add = (callId: string, delta: string) => {
    const call = calls.get(callId);
    if (!call || delta === "") return "";
    call.arguments += delta;
    return event("response.function_call_arguments.delta", { item_id: call.id, output_index: call.index, delta });
  };
  const end = (callId: string, name: string, input: string) => {
    const opening = calls.has(callId) ? "" : open(callId, name);
    // Some hosts give a call without arguments no delta at all.
    const rest = calls.get(callId)?.arguments === "" ? add(callId, input) : "";
    const call = calls.get(callId);
    if (!call) return opening + rest;
    const { id, index } = call;
    return (
      opening +
      rest +
      event("response.function_call_arguments.done", { item_id: id, output_index: index, name, arguments: input }) +
      items.done(index, callItem(id, "completed", { callId, name, arguments: input }))
    );
  };
  return { open, add, end };
}
