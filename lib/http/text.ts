import { z } from "zod";

// Tab, line feed and carriage return are text; every other C0 and C1 control, and DEL, is not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Text a person wrote: well-formed Unicode without control characters other than tab and line ends. */
export function plainText() {
  return z
    .string()
    .refine((text) => text.isWellFormed(), "Must be well-formed Unicode (a surrogate stands alone)")
    .refine((text) => !controls.test(text), "Must not contain control characters other than tab and line breaks");
}

/** One line of text, trimmed, of 1 to `max` characters. */
export function lineOfText(max: number) {
  return plainText()
    .refine((text) => !/[\r\n]/.test(text), "Must be one line")
    .pipe(z.string().trim().min(1).max(max));
}

/** A list of at most `max` items, whose number is checked before the items are: a hostile list is not gone through. */
export function listOf<T extends z.ZodType>(item: T, max: number) {
  return z.array(z.unknown()).max(max).pipe(z.array(item).max(max));
}
