import type { Command } from "../command.ts";
import { describeTable } from "./describe-table.ts";
import { quoted } from "./quoted.ts";

const described = (word: string, summary: string) => quoted(`${word.replaceAll(":", "\\:")}:${summary}`);

/** Works as a file in `fpath` and evaluated. */
export function zshCompletion(commands: Command[]): string {
  const table = describeTable(commands);
  const paths = table.flatMap(({ path }) => (path ? [quoted(path)] : [])).join(" | ");
  const cases = table.map(
    ({ path, words }) => `    ${quoted(path)}) found=(${words.map(({ word, summary }) => described(word, summary)).join(" ")}) ;;`,
  );
  return `#compdef hearth
_hearth() {
  local at="" i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    case "\${at:+$at }\${words[i]}" in
      ${paths}) at="\${at:+$at }\${words[i]}" ;;
    esac
  done
  case "$at" in
${cases.join("\n")}
  esac
  case "\${words[CURRENT - 1]}" in
    -f | --file) _files && return ;;
  esac
  _describe hearth found || _files
}
if [ "\${funcstack[1]}" = _hearth ]; then _hearth "$@"; else compdef _hearth hearth; fi
`;
}
