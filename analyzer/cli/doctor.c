/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit doctor: what this machine offers, and what that means for a run. */
#include "cli/command.h"
#include "media/capabilities.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Prints one line; returns 1 when it is a fault that stops a run. */
static int say(bool good, bool needed, const char *what, const char *detail)
{
    printf("%-8s %-22s %s\n", good ? "ok" : needed ? "MISSING" : "absent", what, detail);
    return !good && needed;
}

static int check_data_folders(void)
{
    const char *folders = g_getenv("VSAUDIT_DATA");
    if (folders == NULL || *folders == '\0')
        return say(true, false, "VSAUDIT_DATA", "not set: clips are looked for beside their manifest only");
    int faults = 0;
    g_auto(GStrv) list = g_strsplit(folders, ":", -1);
    for (char **folder = list; *folder != NULL; folder++) {
        const bool there = g_file_test(*folder, G_FILE_TEST_IS_DIR);
        g_autofree char *detail = g_strdup_printf(
            "%s%s", *folder, there ? "" : " is no folder: clips named by hash are not found there");
        faults += say(there, true, "VSAUDIT_DATA", detail);
    }
    return faults;
}

static int check_program(const char *name, bool needed, const char *use)
{
    g_autofree char *path = g_find_program_in_path(name);
    g_autofree char *detail = path != NULL ? g_strdup(path) : g_strdup_printf("not found: %s", use);
    return say(path != NULL, needed, name, detail);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    GOptionEntry entries[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};
    extern const Command command_doctor;
    if (!command_parse(&command_doctor, entries, NULL, &argc, &argv, error))
        return EXIT_USAGE;
    int faults = 0;
    printf("vsaudit %s\n\n", VSAUDIT_VERSION);
    g_autofree char *libraries = media_describe_libraries();
    faults += say(true, true, "video libraries", libraries);
    faults += say(media_can_encode_h264(), true, "H.264 encoder",
                  "draws the sample data; Debian package libavcodec59");
    faults += check_data_folders();
    struct statvfs disk;
    if (statvfs(".", &disk) == 0) {
        const double free_gib = (double)disk.f_bavail * (double)disk.f_frsize / (1 << 30);
        g_autofree char *detail = g_strdup_printf("%.1f GiB free here", free_gib);
        faults += say(free_gib > 0.5, true, "disk", detail);
    }
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const double memory_gib = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE) / (1 << 30);
    g_autofree char *detail = g_strdup_printf("%ld processors, %.1f GiB: -j %ld is a good choice", processors,
                                              memory_gib, processors);
    faults += say(memory_gib > 1, true, "machine", detail);
    faults += check_program("xmllint", false, "only the tests validate XML with it");
    faults += check_program("tidy", false, "only the tests validate HTML with it");
    printf("\n%s\n", faults == 0 ? "All is there that a run needs."
                                 : "Mend what is MISSING first: scripts/install-deps does "
                                   "it for packages.");
    return faults == 0 ? EXIT_DONE : EXIT_HARNESS;
}

extern const Command command_doctor;
const Command command_doctor = {"doctor", "", "say what this machine offers and what is missing", run};
