/* Loaded before libc by the fault sweep: counts the calls that change files below PAIL_FAULT_ROOT, and makes one of
 * them fail. PAIL_FAULT_LOG gets the name of each call; or PAIL_FAULT_AT is the number of the call to harm, and
 * PAIL_FAULT how: kill, eio, enospc, short. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long target = -1;
static char fault[16], root[PATH_MAX];
static int log_fd = -1;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("PAIL_FAULT_AT"), *how = getenv("PAIL_FAULT"), *below = getenv("PAIL_FAULT_ROOT");
  const char *log = getenv("PAIL_FAULT_LOG");
  if (at) target = atol(at);
  if (how) snprintf(fault, sizeof fault, "%s", how);
  if (below) snprintf(root, sizeof root, "%s", below);
  if (log) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) { return root[0] && path && strncmp(path, root, strlen(root)) == 0; }

static int ours_fd(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return ours(path);
}

static int ours_at(int dir, const char *path) { return path && path[0] == '/' ? ours(path) : dir != AT_FDCWD && ours_fd(dir); }

/* 0: go on. 1: fail with errno set. 2: do half of it. */
static int harm(const char *name) {
  long now = atomic_fetch_add(&calls, 1) + 1;
  if (log_fd >= 0) dprintf(log_fd, "%s\n", name);
  if (now != target) return 0;
  if (!strcmp(fault, "kill")) kill(getpid(), SIGKILL);
  if (!strcmp(fault, "eio")) return errno = EIO, 1;
  if (!strcmp(fault, "enospc")) return errno = ENOSPC, 1;
  if (!strcmp(fault, "short")) return 2;
  return 0;
}

#define NEXT(name) (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define ON_PATH(result, name, params, args, mine)      \
  result name params {                                 \
    static __typeof__(&name) next;                     \
    if (!next) next = NEXT(name);                      \
    if ((mine) && harm(#name) == 1) return -1;         \
    return next args;                                  \
  }

ON_PATH(int, fsync, (int fd), (fd), ours_fd(fd))
ON_PATH(int, fdatasync, (int fd), (fd), ours_fd(fd))
ON_PATH(int, syncfs, (int fd), (fd), ours_fd(fd))
ON_PATH(int, ftruncate64, (int fd, off64_t size), (fd, size), ours_fd(fd))
ON_PATH(int, ftruncate, (int fd, off_t size), (fd, size), ours_fd(fd))
ON_PATH(int, fchmod, (int fd, mode_t mode), (fd, mode), ours_fd(fd))
ON_PATH(int, chmod, (const char *path, mode_t mode), (path, mode), ours(path))
ON_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), ours(path))
ON_PATH(int, rmdir, (const char *path), (path), ours(path))
ON_PATH(int, unlink, (const char *path), (path), ours(path))
ON_PATH(int, unlinkat, (int dir, const char *path, int flags), (dir, path, flags), ours_at(dir, path))
ON_PATH(int, rename, (const char *from, const char *to), (from, to), ours(to))
ON_PATH(int, fallocate64, (int fd, int mode, off64_t at, off64_t size), (fd, mode, at, size), ours_fd(fd))
ON_PATH(int, fsetxattr, (int fd, const char *name, const void *value, size_t size, int flags),
        (fd, name, value, size, flags), ours_fd(fd))
ON_PATH(int, setxattr, (const char *path, const char *name, const void *value, size_t size, int flags),
        (path, name, value, size, flags), ours(path))

#define OPENS(name)                                                      \
  int name(const char *path, int flags, ...) {                           \
    static __typeof__(&name) next;                                       \
    if (!next) next = NEXT(name);                                        \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                        \
    if ((flags & (O_CREAT | O_TRUNC)) && ours(path) && harm(#name) == 1) return -1; \
    return next(path, flags, mode);                                      \
  }
OPENS(open)
OPENS(open64)

#define WRITES(name, extra_params, extra_args)                                 \
  ssize_t name(int fd, const void *bytes, size_t size extra_params) {          \
    static __typeof__(&name) next;                                             \
    if (!next) next = NEXT(name);                                              \
    int harmed = ours_fd(fd) ? harm(#name) : 0;                                \
    if (harmed == 1) return -1;                                                \
    return next(fd, bytes, harmed == 2 && size > 1 ? size / 2 : size extra_args); \
  }
#define COMMA ,
WRITES(write, , )
WRITES(pwrite, COMMA off_t at, COMMA at)
WRITES(pwrite64, COMMA off64_t at, COMMA at)

ssize_t writev(int fd, const struct iovec *pieces, int count) {
  static __typeof__(&writev) next;
  if (!next) next = NEXT(writev);
  int harmed = ours_fd(fd) ? harm("writev") : 0;
  if (harmed == 1) return -1;
  return next(fd, pieces, harmed == 2 && count > 1 ? count / 2 : count);
}
