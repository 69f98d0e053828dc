#!/bin/sh
# Whatever an archive is made to do, nothing changes but the record of an attempt: every case of
# a list, over ssh, with its error; what is harmless is deployed without harm.
. "$(dirname "$0")/../story.sh"

new_app prey
commit prey safe
push_succeeds prey
cat >hostile.py <<'END'
import io, gzip, sys, tarfile, zipfile

def tar(name, *members):
    with tarfile.open(name, "w", format=tarfile.PAX_FORMAT) as out:
        for path, kind, text, extra in members:
            info = tarfile.TarInfo(path)
            info.type = kind
            info.size = len(text)
            for key, value in extra.items():
                setattr(info, key, value)
            out.addfile(info, io.BytesIO(text))

F, D, L, H = tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE
x = ("x", F, b"x", {})
tar("dotdot.tar", x, ("../../etc/cron.d/x", F, b"x", {}))
tar("absolute.tar", x, ("/etc/cron.d/x", F, b"x", {}))
tar("through-link.tar", ("d", L, b"", {"linkname": "/etc"}), ("d/x", F, b"x", {}))
tar("through-file.tar", ("d", F, b"x", {}), ("d/x", F, b"x", {}))
tar("hard-out.tar", x, ("p", H, b"", {"linkname": "/etc/passwd"}))
tar("hard-up.tar", x, ("p", H, b"", {"linkname": "../../../etc/passwd"}))
tar("hard-none.tar", x, ("p", H, b"", {"linkname": "later"}), ("later", F, b"x", {}))
tar("device.tar", x, ("null", tarfile.CHRTYPE, b"", {"devmajor": 1, "devminor": 3}))
tar("fifo.tar", x, ("pipe", tarfile.FIFOTYPE, b"", {}))
tar("deep.tar", ("d/" * 300 + "f", F, b"x", {}))
tar("long.tar", ("n" * 256, F, b"x", {}))
tar("huge-pax.tar", ("n" * (1 << 20), F, b"x", {}))
tar("empty.tar")
open("garbage", "wb").write(b"this is no archive\n" * 100)
open("nothing", "wb")
open("half.tar", "wb").write(open("dotdot.tar", "rb").read()[:1024])
with gzip.open("bomb.gz", "wb", 9) as out:
    info = tarfile.TarInfo("zeros")
    info.size = 9 << 30
    out.write(info.tobuf())
    for _ in range(12):
        out.write(bytes(1 << 20))
with gzip.open("bomb-many.gz", "wb", 1) as out:
    for number in range(40):
        info = tarfile.TarInfo(f"z{number}")
        info.size = 1 << 20
        out.write(info.tobuf() + bytes(1 << 20))
with gzip.open("bomb-bare.gz", "wb", 9) as out:
    for _ in range(64):
        out.write(bytes(1 << 20))
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as out:
    for number in range(40):
        out.writestr(f"z{number}", bytes(1 << 20))
with gzip.open("entries.gz", "wb", 1) as out:
    for number in range(3000):
        out.write(tarfile.TarInfo(f"e{number}").tobuf())
with zipfile.ZipFile("dotdot.zip", "w") as out:
    out.writestr("../x", "x")
# The bit that says that it is encrypted, in both headers.
with zipfile.ZipFile("plain.zip", "w") as out:
    out.writestr("secret", "x")
data = bytearray(open("plain.zip", "rb").read())
data[6] |= 1
data[data.index(b"PK\1\2") + 8] |= 1
open("encrypted.zip", "wb").write(data)
open("cut.zip", "wb").write(open("plain.zip", "rb").read()[:-10])

web = open("prey/answer.py", "rb").read()
tar("harmless.tar",
    ("Procfile", F, b"web: python3 answer.py\n", {}),
    ("answer.py", F, web, {}),
    ("version", F, b"old\n", {}), ("./version", F, b"harmless\n", {}),
    ("su", F, b"#!/bin/sh\n", {"mode": 0o6755, "uid": 0}),
    ("xattr", F, b"x", {"pax_headers": {"SCHILY.xattr.security.capability": "y",
                                        "SCHILY.xattr.trusted.overlay.opaque": "y"}}),
    ("to-shadow", L, b"", {"linkname": "/etc/shadow"}),
    ("loop", L, b"", {"linkname": "loop"}),
    (".wh.answer.py", F, b"x", {}),
    ("caf\udce9\udcff", F, b"x", {}), ("new\nline", F, b"x", {}), ("\x1b[2J", F, b"x", {}),
    ("-rf", F, b"x", {}), ("A", F, b"1", {}), ("a", F, b"2", {}),
    ("twin", H, b"", {"linkname": "answer.py"}))
END
python3 hostile.py

before() {
  inside sh -c 'cd / && ls -A /var/lib/hythe/releases/prey /var/lib/hythe/apps/prey /var/lib/hythe/apps;
    stat -c "%n %Y %s" /etc/passwd /etc/cron.d /var/lib/hythe/apps/prey/app.yml;
    git -c safe.directory="*" -C /var/lib/hythe/repos/prey.git rev-parse main' >"$1"
}
hythe limits prey source_size='20 MiB' archive_entries=2000 archive_size='1 MiB' >/dev/null
eventually 60 nobody_settles
before state.before
refused() { # refused FILE WORDS
  if remote deploy prey - <"$1" >out 2>&1; then cat out; fail "$1 was deployed"; fi
  says out "$2"
  says out "^error: "
}
refused dotdot.tar "'\.\./.*etc/cron.d/x' leads out of its folder"
refused absolute.tar "'/etc/cron.d/x' is an absolute path"
refused through-link.tar "'d/x' goes through 'd', which is a symbolic link"
refused through-file.tar "'d/x' goes through 'd', which is a file"
refused hard-out.tar "'/etc/passwd' is an absolute path"
refused hard-up.tar "leads out of its folder"
refused hard-none.tar "'p' is a hard link to 'later', which is no file before it"
refused device.tar "'null' is a device, a pipe or a socket"
refused fifo.tar "'pipe' is a device, a pipe or a socket"
refused deep.tar "is deeper than 100 directories"
refused long.tar "the limit of a name is 255"
refused huge-pax.tar "the limit is 4096|cannot be read|archive is larger"
refused empty.tar "has no files in it|cannot be read"
refused garbage "the archive cannot be read: .*"
says out "it must be a tar, plain or compressed"
refused nothing "the archive is empty: nothing came from stdin"
refused half.tar "Truncated|cut off"
refused bomb.gz "the files in the archive are more than 20 MiB together"
says out "hythe limits APP source_size="
refused bomb-many.gz "the files in the archive are more than 20 MiB together"
refused bomb-bare.gz "archive"
refused bomb.zip "the files in the archive are more than 20 MiB together"
refused entries.gz "the archive has more than 2000 entries"
refused dotdot.zip "leads out of its folder|cannot be read"
refused encrypted.zip "'secret' is encrypted"
refused cut.zip "the archive cannot be read"
# Too large as it comes: it is not even taken.
head -c 1200000 /dev/urandom >large
refused large "the archive is larger than 1 MiB, the limit"

# One byte, and then nothing: it is waited for as long as is allowed.
hythe limits prey archive_time=1s >/dev/null
mkfifo slow
remote deploy prey - <slow >out 2>&1 & deploy=$!
exec 9>slow
printf 'x' >&9
if wait $deploy; then fail "an archive that never came was deployed"; fi
exec 9>&-
says out "the archive did not arrive within 1s, 1 KiB of it did"
hythe limits prey archive_time=10m >/dev/null

# Nothing has changed but the list of attempts.
before state.after
sed -i '/^[0-9]*\.\|^releases$\|^deployments$/d' state.before state.after
grep -v 'app.yml' state.before >b && grep -v 'app.yml' state.after >a
cmp a b || { diff b a; fail "a hostile archive changed something"; }
consistent prey safe
inside sh -c '! test -e /etc/cron.d/x && ! test -e /var/lib/hythe/x && ! test -e /x' || fail "a file was written"
[ -z "$(inside pgrep -x hythe-deploy)" ] || fail "a deployment goes on"

# What does no harm.
remote deploy prey - --version harmless <harmless.tar >out 2>&1 || { cat out; fail "the harmless one"; }
serves prey harmless
[ -z "$(inside sh -c 'find /var/lib/hythe/releases/prey -perm /6000 -print -quit')" ] || fail "a set-id bit"
inside sh -c 'cd /var/lib/hythe/releases/prey/2/app && ls -A | wc -l && readlink to-shadow && cat a A && cmp twin answer.py && python3 -c "import os; print(os.listxattr(\"xattr\"))"' >out
says out "^/etc/shadow$"
says out "\[\]$"
[ "$(head -n 1 out)" -ge 15 ] || { cat out; fail "files are missing"; }
