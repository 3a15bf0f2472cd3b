package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
)

// wordsFunction is the table of fixed words as a function that bash and zsh understand.
func wordsFunction() string {
	var b strings.Builder
	b.WriteString("# _ecflow_client_words OPTION PLACE FIRST tells which words may stand at a place, counted from 1.\n" +
		"_ecflow_client_words() {\n    case $1:$2:$3 in\n")
	row := func(pattern string, words []string) {
		if len(words) == 0 {
			fmt.Fprintf(&b, "        %s) ;;\n", pattern)
		} else {
			fmt.Fprintf(&b, "        %s) echo '%s' ;;\n", pattern, strings.Join(words, " "))
		}
	}
	for _, name := range command.HelpNames() {
		after := command.FixedWordsAfter(name)
		for _, first := range slices.Sorted(maps.Keys(after)) {
			row(name+":2:"+first, after[first])
		}
		places := command.FixedWords(name)
		for i, words := range places {
			if last := i == len(places)-1; !last {
				row(fmt.Sprintf("%s:%d:*", name, i+1), words)
			} else if len(words) > 0 {
				row(name+":*", words)
			}
		}
	}
	b.WriteString("    esac\n}\n")
	return b.String()
}

// countPlaces is the part that bash and zsh have in common: it walks over the words up to the
// cursor and finds the option that has the word there, and which of its words that is.
const countPlaces = `        case $word in
            --*=*) option=${word%%=*} option=${option#--} place=1 first=${word#*=} ;;
            --*) option=${word#--} place=0 first= ;;
            *) place=$((place + 1)) && if [ $place = 1 ]; then first=$word; fi ;;
        esac
`

func bashScript() string {
	names := command.HelpNames()
	return "# Completion of ecflow_client for bash. " + notice + "\n" +
		"# Read it from a startup file, or put it into a directory of completions as ecflow_client.\n\n" +
		wordsFunction() + `
_ecflow_client() {
    # The line is taken apart here: bash itself would cut words at = and :.
    local line=${COMP_LINE:0:COMP_POINT} IFS=$' \t\n' option= first= prefix= place=0 word i
    local -a words=()
    read -ra words <<< "$line"
    case $line in *[[:space:]]) words+=("") ;; esac
    local cur=${words[${#words[@]}-1]}
    for ((i = 1; i < ${#words[@]}; i++)); do
        word=${words[i]}
` + countPlaces + `    done
    COMPREPLY=()
    if [[ $cur == -* && $cur != --*=* || -z $option ]]; then
        COMPREPLY=($(compgen -W '--` + strings.Join(names, " --") + `' -- "$cur"))
        return
    fi
    if [[ $cur == --*=* ]]; then
        [[ $COMP_WORDBREAKS == *=* ]] || prefix=${cur%%=*}=
        cur=${cur#*=}
    fi
    word=$(_ecflow_client_words "$option" "$place" "$first")
    if [[ $word == '` + command.AnyFile + `' ]]; then
        compopt -o filenames 2> /dev/null
        IFS=$'\n'
        COMPREPLY=($(compgen -P "$prefix" -f -- "$cur"))
    else
        COMPREPLY=($(compgen -P "$prefix" -W "$word" -- "$cur"))
    fi
}

complete -F _ecflow_client ecflow_client
`
}

func zshScript() string {
	var options strings.Builder
	for _, name := range command.HelpNames() {
		h, _ := command.HelpFor(name)
		options.WriteString("        " + quote("--"+name+":"+strings.ReplaceAll(h.Summary, ":", `\:`)) + "\n")
	}
	return "#compdef ecflow_client\n# Completion of ecflow_client for zsh. " + notice + "\n" +
		"# Put it into a directory of $fpath as _ecflow_client, or read it after compinit.\n\n" +
		wordsFunction() + `
_ecflow_client() {
    local option= first= cur=$words[CURRENT] word i
    integer place=0
    for ((i = 2; i <= CURRENT; i++)); do
        word=$words[i]
` + countPlaces + `    done
    if [[ ( $cur == -* && $cur != --*=* ) || -z $option ]]; then
        local -a options=(
` + options.String() + `        )
        _describe -o option options
        return
    fi
    [[ $cur == --*=* ]] && compset -P '--*='
    word=$(_ecflow_client_words "$option" "$place" "$first")
    if [[ $word == '` + command.AnyFile + `' ]]; then
        _files
    elif [[ -n $word ]]; then
        compadd -- ${=word}
    fi
}

if [[ $funcstack[1] == _ecflow_client ]]; then
    _ecflow_client "$@"
else
    compdef _ecflow_client ecflow_client
fi
`
}

func fishScript() string {
	var b strings.Builder
	b.WriteString("# Completion of ecflow_client for fish. " + notice + "\n" +
		"# Put it into ~/.config/fish/completions as ecflow_client.fish.\n" + `
# Whether the word at the cursor is the one at PLACE, counted from 1, of an option's words;
# with PLACE+ that one or a later one; with FIRST only if that is the first.
function __ecflow_client_at --argument-names wanted at start
    set -l option
    set -l first
    set -l place 0
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if string match -q -- '--*=*' $word
            set option (string replace -r '^--([^=]*)=.*' '$1' -- $word)
            set first (string replace -r '^[^=]*=' '' -- $word)
            set place 1
        else if string match -q -- '--*' $word
            set option (string sub -s 3 -- $word)
            set first
            set place 0
        else
            set place (math $place + 1)
            test $place = 1; and set first $word
        end
    end
    set place (math $place + 1)
    test "$option" = $wanted; or return 1
    test -z "$start"; or test "$first" = $start; or return 1
    if string match -q '*+' $at
        test $place -ge (string trim -c + $at)
    else
        test $place = $at
    end
end

complete -c ecflow_client -f
`)
	for _, name := range command.HelpNames() {
		h, _ := command.HelpFor(name)
		places := command.FixedWords(name)
		line := "complete -c ecflow_client -l " + name + " -d " + quote(h.Summary)
		if len(places) > 0 && len(places[0]) > 0 {
			line += " " + fishWords(places[0], "-x", "-r -F")
		}
		b.WriteString(line + "\n")
		after := command.FixedWordsAfter(name)
		for _, first := range slices.Sorted(maps.Keys(after)) {
			fmt.Fprintf(&b, "complete -c ecflow_client -n '__ecflow_client_at %s 2 %s' %s\n", name, first, fishWords(after[first], "", ""))
		}
		for i, words := range places {
			at := fmt.Sprint(i + 1)
			if i == len(places)-1 {
				at = fmt.Sprintf("%d+", max(i+1, 2))
			}
			if len(words) > 0 && (i > 0 || len(places) == 1) {
				fmt.Fprintf(&b, "complete -c ecflow_client -n '__ecflow_client_at %s %s' %s\n", name, at, fishWords(words, "", "-F"))
			}
		}
	}
	return b.String()
}

// fishWords are the options of fish's complete that offer words, or files.
func fishWords(words []string, forWords, forFiles string) string {
	if words[0] == command.AnyFile {
		return forFiles
	}
	return strings.TrimSpace(forWords + " -a " + quote(strings.Join(words, " ")))
}

// quote puts text in single quotes, for any of the shells.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
