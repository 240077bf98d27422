/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/plugin_library.h"

#include "records/error.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_GNUC_PRINTF(3, 4)
static bool refuse(GError **error, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s", path, text);
    return false;
}

/* ---- the file */

/* The header as this machine has it. What is read of another's stands at the same place in all of them. */
typedef ElfW(Ehdr) Head;

/* All zeroes where it is no ELF. `size`: of the file. */
static bool read_head(const char *path, Head *head, uint64_t *size)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    struct stat found = {.st_size = 0};
    memset(head, 0, sizeof *head);
    const ssize_t length = read(file, head, sizeof *head);
    if (length != sizeof *head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
        memset(head, 0, sizeof *head);
    *size = fstat(file, &found) == 0 ? (uint64_t)found.st_size : 0;
    close(file);
    return true;
}

static bool is_swapped(const Head *head)
{
    return head->e_ident[EI_DATA] != (G_BYTE_ORDER == G_BIG_ENDIAN ? ELFDATA2MSB : ELFDATA2LSB);
}

static const char *machine_name(const Head *head)
{
    switch (is_swapped(head) ? GUINT16_SWAP_LE_BE(head->e_machine) : head->e_machine) {
    case EM_X86_64:
        return "x86-64";
    case EM_386:
        return "x86";
    case EM_AARCH64:
        return "arm64";
    case EM_ARM:
        return "arm";
    case EM_RISCV:
        return "RISC-V";
    case EM_PPC64:
        return "POWER";
    case EM_S390:
        return "s390";
    default:
        return "another processor";
    }
}

static int bits_of(const Head *head)
{
    return head->e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32;
}

bool plugin_library_check(const char *path, GError **error)
{
    Head head, own;
    uint64_t size = 0, own_size = 0;
    if (!read_head(path, &head, &size))
        return refuse(error, path, "cannot be read: %s", g_strerror(errno));
    if (head.e_ident[EI_MAG0] == 0)
        return refuse(error, path, "found no shared library (ELF), expected a plug-in");
    if (!read_head("/proc/self/exe", &own, &own_size) || own.e_ident[EI_MAG0] == 0)
        return true; /* then the loader finds out */
    if (head.e_machine != own.e_machine || bits_of(&head) != bits_of(&own) || is_swapped(&head))
        return refuse(error, path, "found a library for %s with %d bits, expected one for %s with %d bits",
                      machine_name(&head), bits_of(&head), machine_name(&own), bits_of(&own));
    if (head.e_type != ET_DYN)
        return refuse(error, path, "found an ELF file that is no shared library, expected a plug-in");
    /* the loader would crash over it */
    return head.e_shoff + (uint64_t)head.e_shnum * head.e_shentsize <= size ||
           refuse(error, path, "found a library that is cut short, expected the whole of it");
}

/* ---- what it exports */

static bool check_system(const char *path, const VsauditSystem *system, GError **error)
{
    if (system == NULL)
        return refuse(error, path, "vsaudit_system gave NULL, expected a VsauditSystem");
    if (system->version != VSAUDIT_SYSTEM_VERSION)
        return refuse(error, path, "found version %u of vsaudit/system.h, expected %d", system->version,
                      VSAUDIT_SYSTEM_VERSION);
    if (system->open == NULL || system->clip_begin == NULL || system->frame == NULL ||
        system->clip_end == NULL || system->close == NULL || system->error == NULL)
        return refuse(error, path, "found a function of VsauditSystem that is NULL, expected all six");
    if (system->name == NULL || !g_utf8_validate(system->name, -1, NULL) ||
        (system->release != NULL && !g_utf8_validate(system->release, -1, NULL)))
        return refuse(error, path, "found a name or a release that is no text in UTF-8, expected a name");
    if (system->format > VSAUDIT_SYSTEM_GRAY_AND_BGR)
        return refuse(error, path, "found the format %u, expected 0 to %d", (unsigned)system->format,
                      VSAUDIT_SYSTEM_GRAY_AND_BGR);
    return true;
}

const VsauditSystem *plugin_library_load(const char *path, GError **error)
{
    if (!plugin_library_check(path, error))
        return NULL;
    /* with a slash, or the loader looks for it elsewhere */
    g_autofree char *place = strchr(path, '/') != NULL ? g_strdup(path) : g_build_filename(".", path, NULL);
    void *library = dlopen(place, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        const char *why = dlerror();
        const bool named = g_str_has_prefix(why, place) && g_str_has_prefix(why + strlen(place), ": ");
        refuse(error, path, "cannot be loaded: %s", named ? why + strlen(place) + 2 : why);
        return NULL;
    }
    const VsauditSystem *(*ask)(void) = NULL;
    *(void **)(&ask) = dlsym(library, "vsaudit_system");
    if (ask == NULL) {
        refuse(error, path, "found no function vsaudit_system, expected it (vsaudit/system.h)");
        return NULL;
    }
    const VsauditSystem *system = ask();
    return check_system(path, system, error) ? system : NULL;
}
