/* Preloaded into a process, counts how often it asks the disk to keep what was written: into the file that GRIDPACT_SYNCS names,
   which has room for one number. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Atomic uint64_t *syncs;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("GRIDPACT_SYNCS");
    int file = path ? open(path, O_RDWR) : -1;
    if (file < 0)
        return;
    void *place = mmap(NULL, sizeof *syncs, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (place != MAP_FAILED)
        syncs = place;
}

static int count(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (syncs)
        atomic_fetch_add(syncs, 1);
    return real(file);
}

int fsync(int file) { return count("fsync", file); }
int fdatasync(int file) { return count("fdatasync", file); }
