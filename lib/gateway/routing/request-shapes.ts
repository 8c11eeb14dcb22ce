/** What a part of a text looks like, whatever its words. */
const patterns = {
  fence: /```/,
  errorText:
    /\b[A-Z]\w*(Error|Exception)\b|\bTraceback\b|^\s+at .+:\d+|File ".+", line \d+|\b(ENOENT|ERESOLVE|ECONNREFUSED|EACCES|CrashLoopBackOff|OOMKilled)\b/m,
  codeLine:
    /^\s*(const|let|var|def|class|import|from \w+ import|public|private|#include|fn|func|SELECT|INSERT|UPDATE|DELETE FROM|CREATE TABLE)\b.*[\w)}\]*;:,]|\bdef \w+\(|\bfunction \w*\(|=>\s|\breturn \w/m,
  codeMarks: /\w\(\w*\)|\w\.\w+\(|[{};]\s*$|[=!]==?\s|::|<\/?\w+>/m,
  inlineCode: /`[^`\n]+`|'\{[^}]*\}'|\w\s\|\s\w+\s-?\w/,
  fileName: /\b[\w-]+\.(py|js|ts|tsx|jsx|java|go|rs|rb|c|cpp|h|cs|php|sh|yml|yaml|toml|sql|log|html|css|ini|env)\b/,
  identifier: /\b[a-z]+[A-Z][a-zA-Z]+\b(?!\.com)|\b[a-z]+_[a-z_]+\b/,
  commandLine: /(^|\s)--?[a-z][\w-]*(?=\s|$)|\$\w+|\/(etc|usr|var|home)\//,
  keyedBraces: /\{\s*"?\w+"?\s*:/,
  listedBraces: /[{[]\s*"?\w+"?\s*(,\s*"?\w+"?\s*)+[}\]]/,
  arithmetic:
    /\d\s*[*x×÷/^+]\s*\d|\d\s+-\s+\d|\b\d[\d.,]*\s+(mal|por|times|divided by|geteilt durch|fois|plus|minus|and|und|et|y)\s+\d|^\W*sqrt\(/i,
  percentOf: /\d\s*%\s*(of|von|de|off)?\s*[\d\p{L}]/u,
  formula: /\b[a-z]\^\d|\b\d*[a-z]\s*=\s*-?\d|[=+]\s*\d*[a-z]\b(?!\w)|∫|\bcos x\b|\bsin\(/,
  asksToWrite:
    /^\W*(please |can you |could you )?(write|draft|compose|rewrite|describe|translate|suggest|recommend|schreib\w*|rédige|écris|escribe|redacta|traduis|traduce|übersetze)\b/i,
  quoted: /['"“„«][^'"”“»]{4,}['"”“»]/,
  greetsFirst: /^\W*(hi|hey|hello|hallo|hola|bonjour|salut|thanks|danke|merci|gracias)\b/i,
} as const;

type Counts = { words: number; letterRuns: number; numbers: number; asks: boolean };

/** What a text as a whole looks like. Counted, since patterns for it would take for ever on hostile texts. */
const wholes = {
  severalNumbers: ({ numbers }: Counts) => numbers >= 3,
  numberStory: ({ numbers, letterRuns, asks }: Counts) => numbers >= 2 && letterRuns >= 9 && asks,
  tiny: ({ letterRuns, numbers }: Counts) => letterRuns > 0 && letterRuns <= 2 && numbers === 0,
  brief: ({ words }: Counts) => words > 0 && words <= 5,
  medium: ({ words }: Counts) => words >= 10,
  long: ({ words }: Counts) => words >= 26,
};

/** The shapes that a text has, by their names in `cues.json`. */
export function shapesOf(text: string): string[] {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const counts = { words: count(/\S+/g), letterRuns: count(/\p{L}+/gu), numbers: count(/\d+/g), asks: text.includes("?") };
  const parts = Object.entries(patterns).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  return [...parts, ...Object.entries(wholes).flatMap(([name, holds]) => (holds(counts) ? [name] : []))];
}
