# Tells Hearth's terminal where prompts, commands and their output begin (OSC 133). Runs after the person's own files.
set -g __hearth_nonce $HEARTH_MARKS_NONCE
set -e HEARTH_MARKS_NONCE

if test -n "$__hearth_nonce"
    function __hearth_prompt --on-event fish_prompt --on-event fish_cancel
        printf '\e]133;A;nonce=%s\a' $__hearth_nonce
    end

    function __hearth_begin --on-event fish_preexec
        printf '\e]133;C;nonce=%s;cmdline_url=%s\a' $__hearth_nonce (string escape --style=url -- "$argv")
    end

    function __hearth_end --on-event fish_postexec
        printf '\e]133;D;%s;nonce=%s\a' $status $__hearth_nonce
    end

    functions -q fish_prompt; and functions -c fish_prompt __hearth_own_prompt
    or function __hearth_own_prompt; end
    # The person's prompt comes first: it may show $status.
    function fish_prompt
        __hearth_own_prompt
        printf '\e]133;B;nonce=%s\a' $__hearth_nonce
    end
end
