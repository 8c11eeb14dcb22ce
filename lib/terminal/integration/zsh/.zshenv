# Tells Hearth's terminal where prompts, commands and their output begin (OSC 133). zsh reads this one file from here and all
# others from where the person has them.
typeset -g __hearth_nonce=$HEARTH_MARKS_NONCE
unset HEARTH_MARKS_NONCE
unset ZDOTDIR
[[ -r ~/.zshenv ]] && source ~/.zshenv

if [[ -o interactive && -n $__hearth_nonce ]]; then
  typeset -g __hearth_input="%{"$'\e]133;B;nonce='$__hearth_nonce$'\a'"%}"

  __hearth_prompt() {
    local code=$?
    emulate -L zsh
    printf '\e]133;D;%s;nonce=%s\a' $code $__hearth_nonce
    # Whoever sets a prompt anew, at any time, has the mark put back at its end.
    [[ $PS1 == *"$__hearth_input" ]] || PS1=${PS1//"$__hearth_input"/}$__hearth_input
    # Themes set the prompt from such functions too: this one stays the last.
    [[ $precmd_functions[-1] == __hearth_prompt ]] || precmd_functions=(${precmd_functions:#__hearth_prompt} __hearth_prompt)
    printf '\e]133;A;nonce=%s\a' $__hearth_nonce
  }

  __hearth_begin() {
    emulate -L zsh
    local text=${${1//\%/%25}//$'\n'/%0A}
    printf '\e]133;C;nonce=%s;cmdline_url=%s\a' $__hearth_nonce ${text//[[:cntrl:]]/ }
  }

  # zsh marks an output that ends within a line; the mark would be taken for output. Who wants another sets it in .zshrc.
  typeset -g PROMPT_EOL_MARK=''
  typeset -ga precmd_functions preexec_functions
  precmd_functions+=(__hearth_prompt)
  preexec_functions+=(__hearth_begin)
fi
