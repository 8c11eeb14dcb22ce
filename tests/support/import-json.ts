/** Lets plain Node import JSON as bundlers do, without an attribute. For `node --import`, after `bin/resolve-alias.ts`. */
import { registerHooks } from "node:module";

registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(url, url.endsWith(".json") ? { ...context, importAttributes: { ...context.importAttributes, type: "json" } } : context),
});
