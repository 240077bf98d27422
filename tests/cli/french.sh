#!/usr/bin/env bash
# Help, draft and check speak the language of the locale; what programs read stays as it is.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
unset LANGUAGE LC_ALL LC_MESSAGES LANG
french() { LANGUAGE=fr "$VSAUDIT" "$@"; }
french --help >help
ok "the program's help is French" eval 'grep -q "^Utilisation.*: vsaudit COMMANDE" help && grep -q "vérifie audits, scénarios" help && ! grep -q "Usage:\|Exit status" help'
"$VSAUDIT" --help >english
ok "without a locale it is English" eval 'grep -q "^Usage: vsaudit COMMAND" english && ! grep -q Utilisation english'
for set in LC_ALL=fr_FR.UTF-8 LC_MESSAGES=fr_CA LANG=fr_FR.UTF-8 LANGUAGE=fr:en; do
    env "$set" "$VSAUDIT" --help >again
    ok "$set asks for French" cmp -s help again
done
LC_ALL=de_DE.UTF-8 "$VSAUDIT" --help >again
ok "a language without texts is answered in English" cmp -s english again
LC_ALL=C LANG=fr_FR.UTF-8 "$VSAUDIT" --help >again
ok "LC_ALL=C is English whatever LANG says" cmp -s english again
LANGUAGE=en LC_ALL=fr_FR.UTF-8 "$VSAUDIT" --help >again
ok "LANGUAGE comes first" cmp -s english again

# Every command and every option that English has, in French: no line of the two helps is the same.
commands=$(sed -n 's/^  \([a-z-]*\)  *[a-z].*/\1/p' english)
ok "all commands are looked at" [ "$(wc -w <<<"$commands")" -ge 20 ]
same=
for command in $commands; do
    "$VSAUDIT" "$command" --help >en.help
    french "$command" --help >fr.help
    grep -q '^Utilisation.*:$' fr.help || same="$same $command"
    [ "$(grep -c '^  -' en.help)" = "$(grep -c '^  -' fr.help)" ] || same="$same $command:options"
    option=$(comm -12 <(grep '^  -.*  ' en.help | sort) <(grep '^  -.*  ' fr.help | sort))
    [ -z "$option" ] || same="$same $command:$option"
    # Its summary, and what is said behind the options.
    ! grep -q "Exit status\|Application Options\|Show help" fr.help || same="$same $command:words"
done
ok "each option of each command is explained in French${same:+ (not:$same)}" [ -z "$same" ]
"$VSAUDIT" list man >man.en
french list man >man.fr
ok "the manual page, which is installed, is the same" cmp -s man.en man.fr
"$VSAUDIT" list completion bash >bash.en
french list completion bash >bash.fr
ok "completions, too" cmp -s bash.en bash.fr

cat >truth.csv <<'T'
kind,clip,behaviour,start_s,end_s
coverage,c,camera-tampering,0,3600
event,c,camera-tampering,10,20
T
french check truth.csv >said
ok "check says in French what is in order" grep -q '^en ordre.*: truth.csv.*: vérité de terrain.*: 1 événement, 1 intervalle visionné$' said
"$VSAUDIT" check truth.csv >said
ok "and in English" grep -q '^ok: truth.csv: truth: 1 event, 1 coverage span$' said
french check truth.csv --json >fr.out
"$VSAUDIT" check truth.csv --json >en.out
ok "the outcome that programs read is the same" cmp -s en.out fr.out
echo "clip,behaviour,onset_s
c,camera-tampering,ten" >wrong.csv
french check wrong.csv >out 2>err
status=$?
ok "a fault is told in English, which is said in French" eval '[ $status -eq 3 ] && grep -q "wrong.csv.*: 1 faute (message en anglais)" err && grep -q "wrong.csv:2" err'
mkdir clips && printf 'x' >clips/a.mp4
french draft clips -b camera-tampering -o audit >out 2>err
ok "draft speaks French" grep -q '^Ensuite' out
"$VSAUDIT" draft clips -b camera-tampering -o again >out.en 2>err.en
ok "and writes the same files" eval 'diff -r audit again >differ || ! grep -v "^diff\|^[0-9]\|^[<>] .*audit\|^[<>] .*again\|^---" differ'
echo "1..$n"
