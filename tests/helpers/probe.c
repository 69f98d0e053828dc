/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of hythe-launch put into containers: a server, and an inmate that tries to
 * get out. Linked statically, so that it needs nothing of the stack. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char* format, ...) {
  va_list list;
  va_start(list, format);
  vprintf(format, list);
  va_end(list);
  putchar('\n');
  fflush(stdout);
}

static struct sockaddr_in address_of(const char* host, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  return address;
}

/* --- serve: answers "hello", keeps connections open until the peer closes them ------------ */

static const char* who = "server";

static void on_term(int number) {
  (void)number;
  say("%s got SIGTERM", who);
  _exit(0);
}

static void serve_one(int connection) {
  char byte;
  if (write(connection, "hello\n", 6) != 6) _exit(1);
  while (read(connection, &byte, 1) > 0) {
  }
  _exit(0);
}

static int serve(const char* host, int port) {
  struct sockaddr_in address = address_of(host, port);
  int one = 1;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr*)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
    say("cannot listen: %s", strerror(errno));
    return 1;
  }
  signal(SIGTERM, on_term);
  if (fork() == 0) { /* a worker that only a signal to every process reaches */
    who = "worker";
    setsid();
    for (;;) pause();
  }
  say("serving");
  for (;;) {
    int connection = accept(fd, NULL, NULL);
    if (connection < 0) continue;
    signal(SIGCHLD, SIG_IGN);
    if (fork() == 0) {
      signal(SIGTERM, SIG_IGN);
      serve_one(connection);
    }
    close(connection);
  }
}

/* --- connect: 0 when it is answered soon --------------------------------------- */

static int connects(const char* host, int port, int timeout_ms) {
  struct sockaddr_in address = address_of(host, port);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  if (connect(fd, (struct sockaddr*)&address, sizeof address) != 0 && errno != EINPROGRESS) {
    close(fd);
    return -1;
  }
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  char text[6];
  if (poll(&ready, 1, timeout_ms) != 1 || read(fd, text, 6) != 6) {
    close(fd);
    return -1;
  }
  return fd;
}

/* --- inmate ------------------------------------------------------------------------------------ */

static int escapes;

static void refused(const char* what, long result) {
  if (result == -1) return;
  say("ESCAPE %s succeeded", what);
  ++escapes;
}

static void must_be(const char* what, int truth) {
  if (truth) return;
  say("ESCAPE %s", what);
  ++escapes;
}

static void look_around(void) {
  static const char* const hidden[] = {
      "/etc/shadow", "/etc/ssh/sshd_config", "/root", "/home/hythe", "/var/lib/hythe",
      "/var/log/hythe", "/run/hythe", "/run/systemd", "/usr/lib/hythe/helpers",
      "/usr/lib/hythe/inside", "/etc/hythe", "/etc/nginx", "/srv", "/opt", "/old_root",
      "/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/net/tun", "/dev/kvm", "/dev/vda",
      "/sys/kernel", "/sys/class", "/sys/fs/cgroup/pids", "/proc/1/root/etc",
      "/proc/1/environ", "/proc/1/mem"};
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; ++i) refused(hidden[i], open(hidden[i], O_RDONLY));

  static const char* const fixed[] = {
      "/x", "/etc/x", "/etc/passwd", "/usr/x", "/usr/bin/env", "/.hythe/x", "/.hythe/init",
      "/.hythe/spec", "/build/x", "/var/x", "/dev/x", "/sys/x", "/proc/sys/kernel/hostname",
      "/proc/sys/kernel/core_pattern", "/proc/sys/net/ipv4/ip_forward", "/proc/sysrq-trigger",
      "/proc/1/exe", "/proc/1/oom_score_adj", "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; ++i)
    refused(fixed[i], open(fixed[i], O_WRONLY | O_CREAT, 0644));

  static const char* const open_to_us[] = {"/tmp/x", "/app/x", "/dev/shm/x", "/run/x", "/var/tmp/x", "/dev/null"};
  for (size_t i = 0; i < sizeof open_to_us / sizeof *open_to_us; ++i)
    must_be(open_to_us[i], open(open_to_us[i], O_WRONLY | O_CREAT, 0644) >= 0);

  char byte;
  int keys = open("/proc/keys", O_RDONLY);
  must_be("/proc/keys is readable", keys < 0 || read(keys, &byte, 1) == 0);
  refused("chroot file of the kernel", open("/proc/kcore", O_RDONLY) < 0 ? -1 : read(3, &byte, 1));
}

static void ask_the_kernel(void) {
  refused("mount", mount("none", "/tmp", "tmpfs", 0, NULL));
  refused("bind mount", mount("/", "/tmp", NULL, MS_BIND, NULL));
  refused("remount", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
  refused("umount", umount2("/usr/lib/hythe", MNT_DETACH));
  refused("pivot_root", syscall(SYS_pivot_root, ".", "."));
  refused("chroot", chroot("/tmp"));
  refused("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
  refused("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", 1));
  refused("move_mount", syscall(SYS_move_mount, AT_FDCWD, "/usr", AT_FDCWD, "/tmp", 0));
  refused("mknod", mknod("/tmp/disk", S_IFBLK | 0600, makedev(254, 0)));
  refused("mknod char", mknod("/tmp/mem", S_IFCHR | 0600, makedev(1, 1)));
  static const int spaces[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID, CLONE_NEWNET,
                               CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; ++i) {
    refused("unshare", unshare(spaces[i]));
    long child = syscall(SYS_clone, spaces[i] | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0) _exit(0);
    refused("clone into a namespace", child);
  }
  must_be("clone3 is there", syscall(SYS_clone3, NULL, 0) == -1 && errno == ENOSYS);
  refused("setns", setns(open("/proc/self/ns/net", O_RDONLY), 0));
  refused("keyctl", syscall(SYS_keyctl, 0, -3, 0));
  refused("add_key", syscall(SYS_add_key, "user", "x", "y", 1, -2));
  refused("io_uring", syscall(SYS_io_uring_setup, 1, NULL));
  must_be("io_uring is not refused by number", errno == EPERM);
  refused("userfaultfd", syscall(SYS_userfaultfd, 1));
  refused("bpf", syscall(SYS_bpf, 0, NULL, 0));
  must_be("bpf is not refused by number", errno == EPERM);
  refused("perf_event_open", syscall(SYS_perf_event_open, NULL, 0, 0, 0, 0));
  refused("fanotify", syscall(SYS_fanotify_init, 0, 0));
  refused("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0));
  refused("process_vm_readv", process_vm_readv(1, NULL, 0, NULL, 0, 0));
  refused("open_by_handle_at", syscall(SYS_open_by_handle_at, 0, NULL, 0));
  refused("name_to_handle_at", syscall(SYS_name_to_handle_at, AT_FDCWD, "/", NULL, NULL, 0));
  refused("syslog", syscall(SYS_syslog, 10, NULL, 0));
  refused("reboot", syscall(SYS_reboot, 0, 0, 0, NULL));
  refused("sethostname", sethostname("x", 1));
  refused("swapon", syscall(SYS_swapon, "/tmp/x", 0));
  refused("acct", syscall(SYS_acct, "/tmp/x"));
  refused("memfd_secret", syscall(SYS_memfd_secret, 0));
  refused("personality", personality(ADDR_NO_RANDOMIZE));
  must_be("personality cannot be asked", personality(0xffffffff) != -1);
  must_be("an unknown call is there", syscall(999) == -1 && errno == ENOSYS);
  struct rlimit more = {.rlim_cur = 1u << 20, .rlim_max = 1u << 20};
  refused("setrlimit", setrlimit(RLIMIT_NOFILE, &more));
  refused("a real-time process", sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1}));
  must_be("niceness", nice(-5) == -1);
}

static void ask_the_network(void) {
  refused("a packet socket", socket(AF_PACKET, SOCK_RAW, 0));
  refused("an alg socket", socket(38, SOCK_SEQPACKET, 0));
  refused("a vsock socket", socket(40, SOCK_STREAM, 0));
  refused("a raw socket", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  refused("netfilter", socket(AF_NETLINK, SOCK_RAW, 12));
  must_be("no netlink route socket", socket(AF_NETLINK, SOCK_RAW, 0) >= 0);
  must_be("no unix socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in other = address_of("10.214.1.2", 8080);
  refused("the address of another", bind(fd, (struct sockaddr*)&other, sizeof other));
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(8080), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  int fd6 = socket(AF_INET6, SOCK_STREAM, 0);
  refused("IPv6", fd6 < 0 ? -1 : connect(fd6, (struct sockaddr*)&six, sizeof six));
}

static void ask_the_terminal(void) {
  int master, slave;
  struct winsize size;
  if (openpty(&master, &slave, NULL, NULL, NULL) != 0) {
    say("ESCAPE no pty: %s", strerror(errno));
    ++escapes;
    return;
  }
  must_be("TIOCGWINSZ does not work", ioctl(slave, TIOCGWINSZ, &size) == 0);
  setsid();
  ioctl(slave, TIOCSCTTY, 0);
  static const uint64_t numbers[] = {TIOCSTI, TIOCLINUX, 0x100000000u + TIOCSTI,
                                     0xdeadbeef00000000u + TIOCSTI, 0xffffffff00000000u + TIOCLINUX};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) {
    errno = 0;
    refused("TIOCSTI or TIOCLINUX", syscall(SYS_ioctl, (long)slave, numbers[i], "x"));
    must_be("TIOCSTI or TIOCLINUX reached the kernel", errno == ENOSYS || errno == EPERM);
  }
}

static void look_at_oneself(void) {
  DIR* fds = opendir("/proc/self/fd");
  for (struct dirent* entry = readdir(fds); entry != NULL; entry = readdir(fds))
    must_be("a descriptor was inherited", entry->d_name[0] == '.' || atoi(entry->d_name) <= dirfd(fds));
  must_be("more than three descriptors", dirfd(fds) == 3);
  char cwd[256];
  must_be("cwd", getcwd(cwd, sizeof cwd) != NULL && cwd[0] == '/');
  must_be("no_new_privs", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
  must_be("uid", getuid() >= 1900000000u && geteuid() == getuid() && getgid() == getuid());
  must_be("groups", getgroups(0, NULL) == 0 || getgroups(0, NULL) == 1);
  char line[256];
  FILE* status = fopen("/proc/self/status", "r");
  while (status != NULL && fgets(line, sizeof line, status) != NULL) {
    if (strncmp(line, "Cap", 3) == 0) must_be(line, strstr(line, "0000000000000000") != NULL);
    if (strncmp(line, "Seccomp:", 8) == 0) must_be(line, strstr(line, "2") != NULL);
  }
  /* A setuid file of one's own is only a file. */
  must_be("setuid(0)", setuid(0) == -1);
}

static int inmate(void) {
  look_at_oneself();
  look_around();
  ask_the_kernel();
  ask_the_network();
  ask_the_terminal();
  say("%d escapes", escapes);
  return escapes != 0;
}

/* --- the rest ------------------------------------------------------------------------------------ */

static int eat(void) {
  for (;;) {
    char* memory = malloc(1u << 20);
    if (memory == NULL) return 1;
    memset(memory, 1, 1u << 20);
  }
}

/* Takes away the mode of whatever it was given as 0, 1 and 2. */
static int grab(void) {
  for (int fd = 0; fd < 3; ++fd) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (chmod(path, 0600) != 0 && fchmod(fd, 0600) != 0) say("cannot");
  }
  return 0;
}

int main(int argc, char** argv) {
  const char* verb = argc > 1 ? argv[1] : "";
  if (strcmp(verb, "serve") == 0) return serve(argc > 2 ? argv[2] : "0.0.0.0", argc > 3 ? atoi(argv[3]) : 8080);
  if (strcmp(verb, "connect") == 0) return connects(argv[2], atoi(argv[3]), 700) < 0;
  if (strcmp(verb, "hold") == 0) { /* stays connected until it is killed */
    if (connects(argv[2], atoi(argv[3]), 2000) < 0) return 1;
    say("connected");
    pause();
  }
  if (strcmp(verb, "inmate") == 0) return inmate();
  if (strcmp(verb, "eat") == 0) return eat();
  if (strcmp(verb, "grab") == 0) return grab();
  if (strcmp(verb, "flood") == 0) {
    static char line[1000];
    memset(line, 'x', sizeof line - 1);
    for (;;) puts(line);
  }
  return 64;
}
