/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/maker.h"

#include "bundle/words.h"
#include "evaluate/results.h"
#include "results/document.h"

#include <elf.h>
#include <link.h>
#include <string.h>

/* ---- the linker's build id */

#define ROUND_UP_4(size) (((size) + 3u) & ~(size_t)3u)

typedef struct {
    char hex[2 * 64 + 1];
} BuildId;

static bool read_notes(const char *notes, size_t size, BuildId *id)
{
    while (size >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) header;
        memcpy(&header, notes, sizeof header);
        const size_t name = ROUND_UP_4(header.n_namesz), text = ROUND_UP_4(header.n_descsz);
        if (name + text > size - sizeof header)
            return false;
        const char *bytes = notes + sizeof header + name;
        if (header.n_type == NT_GNU_BUILD_ID && header.n_namesz == 4 &&
            memcmp(notes + sizeof header, "GNU", 4) == 0 && header.n_descsz <= 64) {
            for (size_t i = 0; i < header.n_descsz; i++)
                g_snprintf(id->hex + 2 * i, 3, "%02x", (unsigned)(unsigned char)bytes[i]);
            return true;
        }
        notes = bytes + text;
        size -= sizeof header + name + text;
    }
    return false;
}

/* The first object is the program itself. */
static int visit_object(struct dl_phdr_info *object, size_t size, void *user)
{
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_NOTE &&
            read_notes((const char *)(object->dlpi_addr + part->p_vaddr), part->p_memsz, user))
            break;
    }
    return 1;
}

const char *maker_this_build(void)
{
    static BuildId id;
    if (*id.hex == '\0') {
        dl_iterate_phdr(visit_object, &id);
        if (*id.hex == '\0')
            g_strlcpy(id.hex, "unknown", sizeof id.hex);
    }
    return id.hex;
}

/* ---- the bundle's */

static bool is_this_build(const char *data)
{
    g_autofree char *path = g_build_filename(data, WORDS_VERSIONS, NULL), *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return false;
    g_autofree char *line = g_strconcat("\n" WORDS_BUILD, maker_this_build(), "\n", NULL);
    return strcmp(maker_this_build(), "unknown") != 0 && strstr(text, line) != NULL;
}

void maker_read(const char *data, const json_t *results, Maker *maker)
{
    g_autoptr(Results) read = results_load(results);
    const char *version = read->program.version;
    *maker = (Maker){.version = g_strdup(version != NULL ? version : "?"),
                     .same_version = g_strcmp0(version, VSAUDIT_VERSION) == 0,
                     .known_form = g_strcmp0(read->schema, RESULTS_SCHEMA) == 0};
    maker->exact = maker->same_version && is_this_build(data);
}

void maker_clear(Maker *maker)
{
    g_clear_pointer(&maker->version, g_free);
}

char *maker_name(const Maker *maker)
{
    return g_strdup_printf("%svsaudit %s", maker->same_version ? "another build of " : "", maker->version);
}
