#!/bin/sh
# Colours of a build reach whoever pushes, and nothing else that moves their terminal; a log in
# a file or over ssh without a terminal is plain.
. "$(dirname "$0")/../story.sh"
new_app colour
mkdir -p colour/bp/bin
printf './bp\nprocfile\n' >colour/.buildpacks
printf '#!/bin/sh\necho Colour\n' >colour/bp/bin/detect
cat >colour/bp/bin/compile <<'COMPILE'
#!/bin/sh
printf '\033[1;31mred\033[0m and \033[2Jnothing else\n\n   indented\n'
printf 'dots: .'
mkfifo /tmp/go
timeout 60 cat /tmp/go
printf '.\n\033[32mleft on\n'
COMPILE
commit colour one
push colour & pushing=$!
# What is no whole line yet is in the log; git itself waits for the rest.
log=/var/lib/hythe/apps/colour/deployments/1.log
eventually 60 inside grep -q '^dots: \.$' "$log"
# shellcheck disable=SC2016 # for the shell inside
inside sh -c 'echo -n . >"/proc/$(pgrep -of "^/.hythe/build")/root/tmp/go"'
wait "$pushing" || { cat colour.push; fail "the push failed"; }
says colour.push '^remote: dots: \.\.\. *$'
says colour.push '^remote:    indented *$'
sed -n '/nothing else/,/indented/p' colour.push >lines
[ "$(wc -l <lines)" = 3 ] || fail "the blank line is gone"
escape=$(printf '\033')
says colour.push "$escape\[1;31mred$escape\[0m and nothing else"
says colour.push "$escape\[32mleft on$escape\[0m"
says colour.push '^remote: =====> Detected Framework: Procfile *$'
sed '1,/left on/d' colour.push >after
says_not after "$escape\[32m"
says_not colour.push "$escape\[2J"
hythe deployments colour 1 >log
remote deployments colour 1 >log.remote
inside cat "$log" >log.kept
for log in log log.remote; do
  says_not "$log" "$escape"
  says "$log" '^red and nothing else$'
  says "$log" '^left on$'
done
says log.kept "$escape\[32mleft on"
