#!/bin/sh
# Colours of a build reach whoever pushes, and nothing else that moves their terminal; a log in
# a file or over ssh without a terminal is plain.
. "$(dirname "$0")/../story.sh"
new_app colour
mkdir -p colour/bp/bin
echo ./bp >colour/.buildpacks
printf '#!/bin/sh\necho Colour\n' >colour/bp/bin/detect
cat >colour/bp/bin/compile <<'COMPILE'
#!/bin/sh
printf '\033[1;31mred\033[0m and \033[2Jnothing else\n\033[32mleft on\nplain\n'
COMPILE
commit colour one
push_succeeds colour
escape=$(printf '\033')
says colour.push "$escape\[1;31mred$escape\[0m and nothing else"
says colour.push "$escape\[32mleft on$escape\[0m"
says_not colour.push "$escape\[2J"
hythe deployments colour 1 >log
remote deployments colour 1 >log.remote
inside sh -c "cat /var/lib/hythe/apps/colour/deployments/1.log" >log.kept
for log in log log.remote; do
  says_not "$log" "$escape"
  says "$log" '^red and nothing else$'
  says "$log" '^left on$'
done
says log.kept "$escape\[32mleft on"
