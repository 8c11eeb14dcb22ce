# Tells Hearth's terminal where prompts, commands and their output begin (OSC 133). Reads the person's own file first.
__hearth_nonce=$HEARTH_MARKS_NONCE
unset HEARTH_MARKS_NONCE
[[ -r ~/.bashrc ]] && . ~/.bashrc

# PS0, which is printed before a command runs, came with bash 4.4.
if [[ -n $__hearth_nonce && (${BASH_VERSINFO[0]} -gt 4 || (${BASH_VERSINFO[0]} -eq 4 && ${BASH_VERSINFO[1]} -ge 4)) ]]; then
  __hearth_input="\[\e]133;B;nonce=$__hearth_nonce\a\]"
  __hearth_more="\[\e]133;B;nonce=$__hearth_nonce;k=c\a\]"
  __hearth_asked=("${PROMPT_COMMAND[@]}")

  __hearth_status() { return "$1"; }

  __hearth_prompt() {
    local status=$? command
    printf '\e]133;D;%s;nonce=%s\a' "$status" "$__hearth_nonce"
    for command in "${__hearth_asked[@]}"; do
      __hearth_status "$status"
      eval "$command"
    done
    # Whoever sets a prompt anew, at any time, has the marks put back at its end.
    [[ $PS1 == *"$__hearth_input" ]] || PS1=${PS1//"$__hearth_input"/}$__hearth_input
    [[ $PS2 == *"$__hearth_more" ]] || PS2=${PS2//"$__hearth_more"/}$__hearth_more
    printf '\e]133;A;nonce=%s\a' "$__hearth_nonce"
    return "$status"
  }

  unset PROMPT_COMMAND
  PROMPT_COMMAND=__hearth_prompt
  PS0="${PS0-}\e]133;C;nonce=$__hearth_nonce\a"
fi
