/** A reply with every kind of content that Markdown can hold here. */
export const sampleReply = `## A heading

A paragraph with **strong**, *emphasis*, \`code\`, and [a link](https://example.org/).

- one
- two
  1. nested

- [x] done
- [ ] not done

* [x] done, in a list with room

* [ ] not done

  For a reason.

> A quotation.

| Name | Meaning | Example |
| --- | --- | ---: |
| alpha | the first of all the letters in the alphabet | 1 |
| omega | the last of all the letters in the alphabet | 24 |

\`\`\`typescript
export const areaOf = (radius: number): number => Math.PI * radius ** 2; // a line that is longer than a phone is wide
\`\`\`

Inline $a^2 + b^2 = c^2$, and on its own line:

$$\\int_0^1 x^2 \\, dx = \\frac{1}{3} + \\sum_{n=1}^{\\infty} \\frac{1}{n^2} - \\frac{\\pi^2}{6} + \\prod_{k=1}^{n} \\left(1 + \\frac{1}{k}\\right)$$

AVeryLongWordWithoutAnyPlaceToBreakItAVeryLongWordWithoutAnyPlaceToBreakItAVeryLongWordWithoutAnyPlace
`;
