# shellcheck shell=sh
# A sandbox's way out, and in. Sourced.

# Below the ports that the kernel gives to clients.
random_port() {
  echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
}

# join_network DIR PID PASTA sets ssh_port and http_port: on 127.0.0.1, they lead to 22 and 80
# of the network of process PID, which then also reaches whatever the host reaches.
#
# pasta has given up the right to look into /proc/PID when it opens the network: so that is
# bound to a file first, in a mount namespace that only pasta sees. It also maps the host's
# loopback to the gateway's address by default, and forwards all ports both ways.
join_network() {
  : >"$1/netns"
  tries=20
  while :; do
    ssh_port=$(random_port)
    http_port=$(random_port)
    unshare -m --propagation private sh -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' sh \
      "/proc/$2/ns/net" "$1/netns" \
      "$3" --config-net --quiet --log-file "$1/pasta.log" --runas 0 \
      --no-map-gw --netns "$1/netns" -t "127.0.0.1/$ssh_port:22" -t "127.0.0.1/$http_port:80" \
      -u none -T none -U none </dev/null 2>"$1/pasta.err" && break
    # Somebody else's port is the one failure that another try can cure.
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! grep -q 'bind any port' "$1/pasta.err" "$1/pasta.log"; then
      cat "$1/pasta.err" >&2
      die "pasta does not start"
    fi
  done
}

# Whatever serves that network, also what only begins to: it is known by the file.
end_network() { # DIR
  [ -e "$1/netns" ] || return 0
  echo "$1/netns" >"$1/pasta.argument"
  grep -lzxFf "$1/pasta.argument" /proc/[0-9]*/cmdline 2>/dev/null |
    while IFS=/ read -r _ _ number _; do
      (remember "$number" "$1/pasta") 2>/dev/null || continue
      kill -KILL "$number" 2>/dev/null || :
      await_end "$1/pasta"
    done
}
