# shellcheck shell=sh
# The machine: a qemu without KVM, whose ports 22 and 80 are at two ports of 127.0.0.1, and which
# reaches nothing. Sourced, after common.sh and network.sh of the sandbox, with $machine: the
# directory that it has for itself.

# Nobody attacks it: its kernel needs no defence against other processors than this one, which
# costs most where every instruction is translated. Flushes of its disk are not passed on: when
# qemu is killed, the machine loses what it had not written, and no more.
run_qemu() {
  qemu-system-x86_64 -name "$machine" -machine q35 -nodefaults -no-user-config -display none \
    -accel tcg,thread=multi,tb-size=512 -cpu max,la57=off -smp 2 -m 3G \
    -kernel "$machine/image/vmlinuz" -initrd "$machine/image/initrd" \
    -append "root=LABEL=root console=ttyS0 mitigations=off panic=-1" \
    -drive "file=$machine/disk,if=virtio,format=raw,cache=unsafe,discard=unmap" \
    -drive "file=$machine/packages,if=virtio,format=raw,readonly=on" \
    -netdev "user,id=lan,restrict=on,hostfwd=tcp:127.0.0.1:$1-:22,hostfwd=tcp:127.0.0.1:$2-:80" \
    -device virtio-net-pci,netdev=lan \
    -chardev "file,id=console,path=$machine/console.log,append=on" -serial chardev:console \
    -daemonize -pidfile "$machine/pid" 2>"$machine/qemu.log"
}

# start_machine: on the ports that it had before. It has them when qemu says that it has started.
start_machine() {
  tries=20
  [ ! -e "$machine/ports" ] || read -r ssh_port http_port <"$machine/ports"
  until run_qemu "${ssh_port:=$(random_port)}" "${http_port:=$(random_port)}"; do
    # Somebody else's port is the one failure that another try can cure.
    tries=$((tries - 1))
    if [ $tries -eq 0 ] || ! grep -q 'host forwarding' "$machine/qemu.log"; then
      cat "$machine/qemu.log" >&2
      die "qemu does not start"
    fi
    ssh_port='' http_port=''
  done
  remember "$(cat "$machine/pid")" "$machine/qemu"
  echo "$ssh_port $http_port" >"$machine/ports"
}

# One connection is kept, which all commands share: each would else cost a second.
connect() {
  ssh -F "$machine/ssh_config" -M -N -f machine </dev/null >"$machine/ssh.log" 2>&1
}
disconnect() {
  ssh -F "$machine/ssh_config" -O exit machine >/dev/null 2>&1 || :
}
ask_machine() {
  ssh -F "$machine/ssh_config" machine "$@" </dev/null
}

# await_machine: until it has booted, another time than when this was last asked.
await_machine() {
  booted=$(cat "$machine/booted" 2>/dev/null || :)
  deadline=$(($(date +%s) + 600))
  until connect && boot=$(ask_machine cat /proc/sys/kernel/random/boot_id) && [ "$boot" != "$booted" ]; do
    disconnect
    recall "$machine/qemu" >/dev/null || die "qemu has ended"
    [ "$(date +%s)" -lt $deadline ] || die "the machine does not answer"
    sleep 0.2
  done
  echo "$boot" >"$machine/booted"
  # It ends when all units have started, or have failed. Which of the two, the stories look at.
  timeout 600 ssh -F "$machine/ssh_config" machine systemctl is-system-running --wait </dev/null || :
}

reboot_machine() {
  ask_machine systemctl reboot
  disconnect
  await_machine
}

# As if somebody had pulled the plug.
kill_machine() {
  disconnect
  ! qemu=$(recall "$machine/qemu") || kill -KILL "$qemu"
  await_end "$machine/qemu"
}
