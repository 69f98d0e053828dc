# shellcheck shell=sh
# The sandbox's own part of the machine's cgroups. Sourced.
#
# The containers of a sandbox must have limits, and must not be among the host's own cgroups.
# With cgroup v2, the sandbox is a cgroup namespace below one directory. With v1 it sees one
# directory of each controller as if that were the root; only containers are moved there.

cgroups=/sys/fs/cgroup
# cpuset is not among them: a new directory of it takes no process before it has been filled.
controllers="memory pids cpu cpuacct freezer devices"

has_cgroup_v2() {
  [ "$(stat -f -c %T "$cgroups")" = cgroup2fs ]
}

# Outside, before the namespaces.
make_cgroups() { # NAME
  if has_cgroup_v2; then
    mkdir "$cgroups/$1"
    return
  fi
  for controller in $controllers; do
    # Where two are mounted as one, the second is there already.
    [ ! -d "$cgroups/$controller" ] || mkdir -p "$cgroups/$controller/$1"
  done
}

# With v2: moves the calling shell into the cgroup, before it unshares the namespace.
enter_cgroup() { # NAME
  echo 0 >"$cgroups/$1/cgroup.procs"
}

mount_cgroups() { # ROOT NAME
  if has_cgroup_v2; then
    mount -t cgroup2 -o nosuid,nodev,noexec "$2" "$1$cgroups"
    # A cgroup that gives limits to others may hold no process.
    mkdir "$1$cgroups/init"
    echo 0 >"$1$cgroups/init/cgroup.procs"
    for controller in memory pids cpu; do
      echo "+$controller" >"$1$cgroups/cgroup.subtree_control" ||
        echo "warning: containers will have no limit of $controller" >&2
    done
    return
  fi
  # crun looks at what is mounted here: with a directory `unified` it would see a hybrid of v1
  # and v2, of which it uses nothing.
  mount -t tmpfs -o nosuid,nodev,noexec,mode=755 "$2" "$1$cgroups"
  for controller in $controllers; do
    [ -d "$cgroups/$controller/$2" ] || continue
    mkdir "$1$cgroups/$controller"
    mount --bind "$cgroups/$controller/$2" "$1$cgroups/$controller"
  done
}

# Once no process is left.
remove_cgroups() { # NAME
  for directory in "$cgroups/$1" "$cgroups"/*/"$1"; do
    [ ! -d "$directory" ] || find "$directory" -depth -type d -exec rmdir {} \;
  done
}
