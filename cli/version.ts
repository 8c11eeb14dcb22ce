import { readFileSync } from "node:fs";

/** Of this command line, which is that of the Hearth it came with. */
export const version: string = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
