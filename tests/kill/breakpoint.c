// SPDX-License-Identifier: Apache-2.0
// breakpoint PROCESS PATH: inside a sandbox, stops a process, by SIGSTOP, when it opens a file,
// and says its number. Both patterns are fnmatch(3)'s; PROCESS is compared with the name, the
// command line and the working directory ("git git receive-pack /… in /…"). The kernel asks
// before a file is opened, so that no process is too fast to be hit.
//
// It says "armed" when nothing can slip through any more, and gives up after a minute. It must
// itself open nothing that is watched, since nobody would answer for it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <unistd.h>

// What is seen through an overlay is watched on it, by whichever mount it is opened. The state
// is on the file system that the overlay writes to: there, only its own mount.
static const struct {
  const char* path;
  unsigned how;
} kWatched[] = {{"/", FAN_MARK_FILESYSTEM},
                {"/run", FAN_MARK_FILESYSTEM},
                {"/var/lib/hythe", FAN_MARK_MOUNT}};

static size_t read_proc(pid_t pid, const char* file, char* to, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t n = fd < 0 ? 0 : read(fd, to, size - 1);
  if (fd >= 0) close(fd);
  to[n > 0 ? n : 0] = '\0';
  return n > 0 ? (size_t)n : 0;
}

static void describe(pid_t pid, char* to, size_t size) {
  char name[64];
  char words[2048];
  char directory[512];
  char link[64];
  read_proc(pid, "comm", name, sizeof name);
  name[strcspn(name, "\n")] = '\0';
  const size_t length = read_proc(pid, "cmdline", words, sizeof words);
  for (size_t i = 0; i + 1 < length; ++i)
    if (words[i] == '\0') words[i] = ' ';
  snprintf(link, sizeof link, "/proc/%d/cwd", pid);
  const ssize_t n = readlink(link, directory, sizeof directory - 1);
  directory[n > 0 ? n : 0] = '\0';
  snprintf(to, size, "%s %s in %s", name, words, directory);
}

static int is_stopped(pid_t pid) {
  char stat[512];
  read_proc(pid, "stat", stat, sizeof stat);
  const char* end = strrchr(stat, ')');
  return end == NULL || end[2] == 'T' || end[2] == 'Z' || end[2] == 'X';
}

static int matches(const struct fanotify_event_metadata* event, char* const* patterns) {
  char link[64];
  char path[4096];
  char process[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", event->fd);
  const ssize_t n = readlink(link, path, sizeof path - 1);
  path[n > 0 ? n : 0] = '\0';
  if (fnmatch(patterns[1], path, 0) != 0) return 0;
  describe(event->pid, process, sizeof process);
  return fnmatch(patterns[0], process, 0) == 0;
}

static void allow(int watch, int fd) {
  const struct fanotify_response response = {.fd = fd, .response = FAN_ALLOW};
  if (write(watch, &response, sizeof response) < 0) exit(1);
  close(fd);
}

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  const int watch = fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC, O_RDONLY | O_CLOEXEC);
  for (size_t i = 0; i < sizeof kWatched / sizeof kWatched[0]; ++i)
    if (fanotify_mark(watch, FAN_MARK_ADD | kWatched[i].how, FAN_OPEN_PERM | FAN_ONDIR, AT_FDCWD,
                      kWatched[i].path) != 0) {
      perror(kWatched[i].path);
      return 71;
    }
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("armed");
  alarm(60);
  for (;;) {
    _Alignas(struct fanotify_event_metadata) char buffer[4096];
    ssize_t length = read(watch, buffer, sizeof buffer);
    if (length <= 0) return 71;
    const struct fanotify_event_metadata* event = (void*)buffer;
    pid_t hit = 0;
    for (; FAN_EVENT_OK(event, length); event = FAN_EVENT_NEXT(event, length)) {
      if (hit == 0 && matches(event, argv + 1)) {
        hit = event->pid;
        kill(hit, SIGSTOP);
      }
      allow(watch, event->fd);
    }
    if (hit == 0) continue;
    // It stops on its way back from the kernel; until then others must not wait for us.
    close(watch);
    while (!is_stopped(hit)) usleep(500);
    printf("%d\n", hit);
    return 0;
  }
}
