const codes = { bold: [1, 22], grey: [90, 39], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Text in a style of the terminal, or as it is where there are no colours. */
export function style(colour: boolean, name: keyof typeof codes, text: string): string {
  const [on, off] = codes[name];
  return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
