import type { Command } from "../command.ts";
import { describeTable } from "./describe-table.ts";
import { quoted } from "./quoted.ts";

/** Where nothing of ours fits, bash completes file names. */
export function bashCompletion(commands: Command[]): string {
  const table = describeTable(commands);
  const paths = table.flatMap(({ path }) => (path ? [quoted(path)] : [])).join(" | ");
  const cases = table.map(({ path, words }) => `    ${quoted(path)}) found=${quoted(words.map(({ word }) => word).join(" "))} ;;`);
  return `_hearth() {
  local at="" found="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${at:+$at }\${COMP_WORDS[i]}" in
      ${paths}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at" in
${cases.join("\n")}
  esac
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
    -f | --file) found="" ;;
  esac
  COMPREPLY=($(compgen -W "$found" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _hearth hearth
`;
}
