# shellcheck shell=sh
# The sandbox's file system: the host's, with a layer of its own above. Sourced.
#
# For a private mount namespace: all that is mounted here goes with the last of its processes.

# On the host, "/" may have other file systems in it; an overlay shows empty directories in
# their places.
cover_other_mounts() { # FS LAYER
  while read -r source point _; do
    case $source:$point in
      /dev/*:/) ;;
      /dev/*:/boot*) ;;
      /dev/*)
        if [ -f "$point" ]; then
          cat "$point" >"$1/root$point" # as container engines do with resolv.conf
        elif [ -d "$point" ]; then
          layer_over "$1" "$2" "$point"
        fi
        ;;
    esac
  done </proc/mounts
}

# An overlay over one directory of the host. What it changes is in FS/layers/N/up, which begins
# as the layer has it.
layer_over() { # FS LAYER POINT
  mkdir -p "$1/layers"
  upper=$(mktemp -d "$1/layers/XXXXXX")
  mkdir "$upper/up" "$upper/work"
  chmod 755 "$upper/up"
  echo "$3" >"$upper/point"
  [ -z "$2" ] || [ ! -d "$2$3" ] || cp -a "$2$3/." "$upper/up/"
  mount -t overlay "$name" -o "lowerdir=$3,upperdir=$upper/up,workdir=$upper/work" "$1/root$3"
}

make_devices() { # DEV
  mount -t tmpfs -o nosuid,noexec,mode=755 "$name" "$1"
  while read -r device minor; do
    mknod -m 666 "$1/$device" c 1 "$minor"
  done <<END
null 3
zero 5
full 7
random 8
urandom 9
END
  mknod -m 666 "$1/tty" c 5 0
  mknod -m 600 "$1/kmsg" c 1 11 # the kernel says there whom it killed for want of memory
  ln -s /proc/self/fd "$1/fd"
  for number in 0:stdin 1:stdout 2:stderr; do
    ln -s "/proc/self/fd/${number%:*}" "$1/${number#*:}"
  done
  mkdir "$1/pts" "$1/shm"
  mount -t devpts -o newinstance,nosuid,noexec,gid=5,mode=620,ptmxmode=666 "$name" "$1/pts"
  ln -s pts/ptmx "$1/ptmx"
  mount -t tmpfs -o nosuid,nodev,mode=1777 "$name" "$1/shm"
}

# Makes it in DIR/fs/root. LAYER, a directory or nothing, has the packages that the host lacks.
make_root() { # DIR NAME LAYER
  fs=$1/fs
  root=$fs/root
  name=$2
  mkdir -p "$fs"
  mount -t tmpfs -o mode=755 "$name" "$fs"
  mkdir "$root"
  layer_over "$fs" "$3" /
  cover_other_mounts "$fs" "$3"
  mount -t proc -o nosuid,nodev,noexec "$name" "$root/proc"
  mount -t sysfs -o nosuid,nodev,noexec "$name" "$root/sys"
  make_devices "$root/dev"
  mount -t tmpfs -o nosuid,nodev,mode=755 "$name" "$root/run"
  mount -t tmpfs -o nosuid,nodev,mode=1777 "$name" "$root/tmp"
  # The stub that systemd-resolved has on the host's loopback is not to be reached from here.
  if [ -f /run/systemd/resolve/resolv.conf ]; then
    rm -f "$root/etc/resolv.conf"
    cat /run/systemd/resolve/resolv.conf >"$root/etc/resolv.conf"
  fi
}

# The same directory inside as outside.
share() { # PATH [ro]
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  [ "${2-}" != ro ] || mount -o remount,bind,ro "$root$1"
}

enter_root() {
  cd "$root" || return
  mkdir -p old_root
  pivot_root . old_root
  cd /
  umount -l /old_root
  rmdir /old_root
}
