/** Lets plain Node run our modules: `@/x` is a path from the top folder, and a missing ending is `.ts`. For `node --import`. */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(import.meta.dirname);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const file = fileOf(specifier, context.parentURL);
    return nextResolve(file ? pathToFileURL(file).href : specifier, context);
  },
});

function fileOf(specifier: string, parentUrl: string | undefined): string | undefined {
  const base = specifier.startsWith("@/")
    ? path.join(root, specifier.slice(2))
    : specifier.startsWith(".") && parentUrl?.startsWith("file:") && !parentUrl.includes("/node_modules/")
      ? path.resolve(path.dirname(fileURLToPath(parentUrl)), specifier)
      : undefined;
  return base && [`${base}.ts`, `${base}.tsx`].find((file) => existsSync(file));
}
