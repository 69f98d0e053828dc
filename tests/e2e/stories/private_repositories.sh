#!/bin/sh
# Submodules and buildpacks from a private repository, over ssh, with the app's own key; on a
# host of its own, which the administrator lets containers reach.
. "$(dirname "$0")/../story.sh"
inside sh -c '
  set -eu
  mkdir -p /srv/forge
  cd /srv/forge
  ssh-keygen -q -t ed25519 -N "" -f deploy_key
  ssh-keygen -q -t ed25519 -N "" -f host_key
  useradd --create-home --shell /bin/sh forge 2>/dev/null || true
  usermod -p "*" forge # not locked
  install -d -o forge -m 700 /home/forge/.ssh
  install -o forge -m 600 deploy_key.pub /home/forge/.ssh/authorized_keys
  export GIT_AUTHOR_NAME=dev GIT_AUTHOR_EMAIL=d@e GIT_COMMITTER_NAME=dev GIT_COMMITTER_EMAIL=d@e
  make() { # NAME: a bare repository of what is in ./NAME
    git -C $1 init -q -b main
    git -C $1 add -A
    git -C $1 commit -q -m one
    git clone -q --bare $1 /home/forge/$1.git
    git -C $1 rev-parse HEAD >$1.head
  }
  mkdir -p library buildpack/bin
  echo "from the library" >library/text
  make library
  printf "#!/bin/sh\necho Private\n" >buildpack/bin/detect
  printf "#!/bin/sh\necho private >\$1/made\n" >buildpack/bin/compile
  make buildpack
  chown -R forge /home/forge
  ip netns add forge
  ip link add forge0 type veth peer name eth0 netns forge
  ip address add 10.99.0.1/24 dev forge0
  ip link set forge0 up
  ip -n forge address add 10.99.0.2/24 dev eth0
  ip -n forge link set eth0 up
  ip -n forge link set lo up
  ip -n forge route add default via 10.99.0.1
  echo 10.99.0.0/24 >>/etc/hythe/egress
  mkdir -p /run/sshd
  ip netns exec forge /usr/sbin/sshd -f /dev/null -h /srv/forge/host_key -o PidFile=/srv/forge/pid -o UsePAM=no'
# shellcheck disable=SC2317 # called by the trap
close_forge() { inside sh -c 'kill $(cat /srv/forge/pid); ip netns delete forge; sed -i "/^10.99/d" /etc/hythe/egress'; }
trap close_forge EXIT

new_app private
printf '[submodule "library"]\n\tpath = vendor/library\n\turl = ../library.git\n' >private/.gitmodules
git -C private update-index --add --cacheinfo "160000,$(inside cat /srv/forge/library.head),vendor/library"
mkdir -p private/vendor/library # else the next git add would take it out again
commit private one
push_fails private
says private.push "the submodule 'vendor/library' has the relative address '../library.git'"
hythe env private set SUBMODULE_BASE=forge@10.99.0.2:private >/dev/null
push_fails private
says private.push "cannot fetch 'forge@10.99.0.2:library.git'"
says private.push 'the submodules cannot be fetched'
inside sh -c 'hythe env private set SSH_KEY </srv/forge/deploy_key' >/dev/null
hythe env private set BUILDPACK_URL=forge@10.99.0.2:buildpack.git >/dev/null
push_succeeds private
consistent private one
says private.push 'vendor/library [0-9a-f]{7} from forge@10.99.0.2:library.git'
says private.push 'Downloading Buildpack: forge@10.99.0.2:buildpack.git'
hythe run private 'cat vendor/library/text made; ls -a /app' >out
says out '^from the library$'
says out '^private$'
says_not out 'ssh-key|^\.git$'
says_not private.push 'PRIVATE KEY'

# Without the forge, what was fetched before is enough.
inside sh -c 'ip -n forge link set eth0 down'
commit private two
push_succeeds private
says private.push 'using the one of an earlier build'
consistent private two
