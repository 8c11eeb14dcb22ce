const whole = new Intl.NumberFormat("en-GB");

/** How far a message is from its longest length, for people: "1,200 characters left", "1 character too many". */
export function lengthText(length: number, limit: number): string {
  const characters = Math.abs(length - limit);
  return `${whole.format(characters)} ${characters === 1 ? "character" : "characters"} ${length > limit ? "too many" : "left"}`;
}
