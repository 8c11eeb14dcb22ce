/** A setup file: loaded before each test file, because the hooks that are known first run last. */
import { afterAll } from "vitest";
import { end } from "./at-end";

afterAll(end);
