/* Runs a command and, under ptrace, kills it before a system call or makes one fail.

   inject REPORT kill START N COMMAND...
   inject REPORT error START NAME ERRNO N COMMAND...
   inject REPORT size BYTES ignore|die COMMAND...

   Counting begins with the first open of a path that contains START, and takes in every thread of
   the command but no process that it starts. `kill` sends SIGKILL before call N is carried out;
   `error` lets the N-th call NAME fail with ERRNO; `size` sets RLIMIT_FSIZE and either ignores
   SIGXFSZ or lets it kill. REPORT gets one line: whether N was reached, the exit code (-1: none),
   the signal (0: none), the number of counted calls and the name of the call that was hit. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOM 512
#define CALL(name) {#name, SYS_##name}

static const struct { const char *name; long number; } CALLS[] = {
    CALL(write), CALL(fsync), CALL(fdatasync), CALL(openat), CALL(openat2), CALL(renameat2),
    CALL(renameat), CALL(ftruncate), CALL(mkdirat), CALL(unlinkat), CALL(linkat), CALL(flock),
    CALL(read), CALL(close), CALL(statx), CALL(fstat), CALL(newfstatat), CALL(getdents64),
    CALL(exit_group), CALL(mmap), CALL(munmap), CALL(brk), CALL(fcntl), CALL(getrandom),
};

/* PTRACE_GET_SYSCALL_INFO, Linux 5.3; not every libc has the struct. */
struct info {
    uint8_t op, pad[3];
    uint32_t arch;
    uint64_t ip, sp, number, args[6];
};

static struct { pid_t id; int counts, failing; } threads[ROOM];
static pid_t command;

static void fail(const char *what) {
    perror(what);
    exit(125);
}

static const char *name_of(long number) {
    static char digits[32];
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
        if (CALLS[i].number == number) return CALLS[i].name;
    snprintf(digits, sizeof digits, "call-%ld", number);
    return digits;
}

static long number_of(const char *name) {
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
        if (!strcmp(CALLS[i].name, name)) return CALLS[i].number;
    fprintf(stderr, "no such call: %s\n", name);
    exit(125);
}

/* Whether a thread belongs to the command itself and not to a process that it started. */
static int is_own(pid_t id) {
    char path[64], line[256];
    int group = 0;
    snprintf(path, sizeof path, "/proc/%d/status", id);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Tgid: %d", &group) == 1) break;
    if (file) fclose(file);
    return group == command;
}

/* The slot of a thread; `*is_new` is set on its first stop. */
static int slot_of(pid_t id, int *is_new) {
    for (int i = 0; i < ROOM; i++) {
        if (threads[i].id == id) return i;
        if (threads[i].id == 0) {
            threads[i].id = id;
            threads[i].counts = id == command || is_own(id);
            *is_new = 1;
            return i;
        }
    }
    fail("too many threads");
    return 0;
}

static int opens(pid_t id, const struct info *info, const char *start) {
    char path[4096] = "";
    if (info->number != SYS_openat && info->number != SYS_openat2) return 0;
    struct iovec here = {path, sizeof path - 1}, there = {(void *)info->args[1], sizeof path - 1};
    while (there.iov_len > 0 && process_vm_readv(id, &here, 1, &there, 1, 0) < 0)
        there.iov_len /= 2; /* the path may end just before memory that cannot be read */
    return strstr(path, start) != NULL;
}

static void replace_call(pid_t id, int at_exit, int error) {
#ifdef __x86_64__
    struct user_regs_struct regs;
    if (ptrace(PTRACE_GETREGS, id, 0, &regs)) fail("PTRACE_GETREGS");
    if (at_exit)
        regs.rax = (unsigned long long)(long long)-error;
    else
        regs.orig_rax = (unsigned long long)-1LL;
    if (ptrace(PTRACE_SETREGS, id, 0, &regs)) fail("PTRACE_SETREGS");
#else
    (void)id, (void)at_exit, (void)error;
    fail("errors can be injected on x86_64 only");
#endif
}

static void start(char **argv, long size, int ignores, int is_traced) {
    command = fork();
    if (command < 0) fail("fork");
    if (command > 0) return;
    struct rlimit limit = {(rlim_t)size, (rlim_t)size};
    if (size >= 0 && setrlimit(RLIMIT_FSIZE, &limit)) fail("setrlimit");
    signal(SIGXFSZ, size >= 0 && ignores ? SIG_IGN : SIG_DFL);
    if (is_traced && ptrace(PTRACE_TRACEME, 0, 0, 0)) fail("PTRACE_TRACEME");
    if (is_traced) raise(SIGSTOP);
    execvp(argv[0], argv);
    fail(argv[0]);
}

int main(int argc, char **argv) {
    int status, is_error = argc > 2 && !strcmp(argv[2], "error");
    int is_size = argc > 2 && !strcmp(argv[2], "size"), own = is_error ? 7 : 5;
    if (argc <= own) return 125;
    long wanted = is_error ? number_of(argv[4]) : 0, n = is_size ? 0 : atol(argv[own - 1]);
    long count = 0, hit = -1, error = is_error ? atol(argv[5]) : 0;
    int is_counting = argv[3][0] == 0;
    start(argv + own, is_size ? atol(argv[3]) : -1, is_size && !strcmp(argv[4], "ignore"), !is_size);
    if (is_size && waitpid(command, &status, 0) < 0) fail("waitpid");
    if (!is_size) {
        long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE |
                       PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC;
        int is_new;
        if (waitpid(command, &status, 0) < 0 || !WIFSTOPPED(status)) fail("start");
        if (ptrace(PTRACE_SETOPTIONS, command, 0, options)) fail("PTRACE_SETOPTIONS");
        slot_of(command, &is_new);
        ptrace(PTRACE_SYSCALL, command, 0, 0);
    }
    while (!is_size) {
        pid_t id = waitpid(-1, &status, __WALL);
        if (id < 0) fail("waitpid");
        if (!WIFSTOPPED(status)) {
            if (id == command) break;
            continue;
        }
        int is_new = 0, slot = slot_of(id, &is_new), sig = WSTOPSIG(status);
        if (!threads[slot].counts) { /* git, say: it may run as it likes */
            threads[slot].id = -1;
            ptrace(PTRACE_DETACH, id, 0, 0);
            continue;
        }
        if (sig == (SIGTRAP | 0x80)) {
            struct info info;
            memset(&info, 0, sizeof info);
            ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof info, &info);
            if (info.op == 1) {
                is_counting = is_counting || opens(id, &info, argv[3]);
                int counts = is_counting && (!is_error || (long)info.number == wanted);
                if (counts && ++count == n) {
                    hit = (long)info.number;
                    if (is_error) replace_call(id, 0, 0);
                    else kill(command, SIGKILL);
                    threads[slot].failing = is_error;
                }
            } else if (info.op == 2 && threads[slot].failing) {
                replace_call(id, 1, (int)error);
                threads[slot].failing = 0;
            }
            sig = 0;
        } else if (status >> 16 || (sig == SIGSTOP && is_new)) {
            sig = 0; /* an event of ptrace, or the first stop of a new thread */
        }
        ptrace(PTRACE_SYSCALL, id, 0, (long)sig);
    }
    FILE *report = fopen(argv[1], "w");
    if (!report) fail(argv[1]);
    fprintf(report, "%d %d %d %ld %s\n", hit >= 0, WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            WIFSIGNALED(status) ? WTERMSIG(status) : 0, count, hit >= 0 ? name_of(hit) : "-");
    return fclose(report) ? 125 : 0;
}
