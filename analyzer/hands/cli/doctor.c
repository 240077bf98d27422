/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit doctor: what this machine offers, and what that means for a run. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "media/capabilities.h"
#include "records/span.h"
#include "report/pdf.h"
#include "runner/measure.h"
#include "sandbox/layers.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static json_t *findings; /* what was said, for --json */

/* Prints one line; returns 1 when it is a fault that stops a run. */
static int say(bool good, bool needed, const char *what, const char *detail)
{
    const char *state = good ? "ok" : needed ? "MISSING" : "absent";
    printf("%-8s %-22s %s\n", state, what, detail);
    g_autofree char *lower = g_ascii_strdown(state, -1);
    json_array_append_new(findings,
                          json_pack("{s:s,s:s,s:s}", "what", what, "state", lower, "detail", detail));
    return !good && needed;
}

/* Folders that are not there are a wrong setting, no missing package: counted apart. */
static int check_data_folders(void)
{
    const char *folders = g_getenv("VSAUDIT_DATA");
    if (folders == NULL || *folders == '\0') {
        say(true, false, "VSAUDIT_DATA", "not set: clips are looked for beside their manifest only");
        return 0;
    }
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

/* Decodes a clip as a run does, in a process of its own, and prints how long that took: for scripts/bench,
 * and for anybody's own clips. */
static ExitStatus bench(const char *clip, bool no_chain, bool bgr, int width, GError **error)
{
    const MeasureRequest request = {.all_pictures = true, .no_chain = no_chain, .bgr = bgr, .width = width};
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, (gpointer)clip);
    g_autoptr(GPtrArray) measures = measure_clips(paths, &request, error);
    if (measures == NULL)
        return EXIT_HARNESS;
    const Measure *measure = g_ptr_array_index(measures, 0);
    if (measure->reason != NULL) {
        g_set_error_literal(error, VSAUDIT_ERROR, (gint)measure->fault, measure->reason);
        return vsaudit_error_exit_status(*error);
    }
    const double footage_s = time_to_seconds(measure->duration_us);
    printf("%" G_GINT64_FORMAT " pictures, %.3f s of footage decoded%s in %.3f s: %.1f times real time\n",
           (gint64)measure->frames, footage_s, no_chain ? "" : " and hashed", measure->decode_s,
           footage_s / measure->decode_s);
    return EXIT_DONE;
}

/* None is needed: what is missing is said aloud, here and in the run's record. */
static void say_sandbox(void)
{
    const SandboxLayer *layers = sandbox_layers();
    for (int i = 0; i < SANDBOX_LAYERS; i++) {
        g_autofree char *what = g_strconcat("sandbox: ", layers[i].id, NULL);
        g_autofree char *detail = g_strdup_printf("%s: %s", layers[i].by, layers[i].meaning);
        say(layers[i].held, false, what, detail);
    }
}

/* The first that is there prints; a browser's print command does without any. */
static void say_printers(void)
{
    bool first = true;
    for (const char *const *program = pdf_programs; *program != NULL; program++) {
        g_autofree char *path = g_find_program_in_path(*program);
        g_autofree char *what = g_strconcat("PDF: ", *program, NULL);
        g_autofree char *detail =
            path == NULL ? g_strdup("not found: may print the report as PDF (--format pdf)")
                         : g_strdup_printf("%s%s", path, first ? ": prints the report (--format pdf)" : "");
        say(path != NULL, false, what, detail);
        first = first && path == NULL;
    }
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *clip = NULL;
    gboolean no_chain = FALSE, bgr = FALSE;
    gint width = 0;
    GOptionEntry entries[] = {
        {"bench", 0, 0, G_OPTION_ARG_FILENAME, &clip, "instead: how fast this clip is decoded and hashed",
         "CLIP"},
        {"no-chain", 0, 0, G_OPTION_ARG_NONE, &no_chain, "with --bench: without hashing the pictures", NULL},
        {"bgr", 0, 0, G_OPTION_ARG_NONE, &bgr, "with --bench: in colour, in place of grey", NULL},
        {"width", 0, 0, G_OPTION_ARG_INT, &width, "with --bench: scaled to at most so many pixels", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    extern const Command command_doctor;
    static const char description[] =
        "Exit status: 0 all is there that a run needs; 2 wrong usage; 3 VSAUDIT_DATA names a folder that is "
        "not there (or the\nclip of --bench is bad); 4 this machine lacks something.\n";
    if (!command_parse(&command_doctor, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (clip != NULL)
        return bench(clip, no_chain, bgr, CLAMP(width, 0, 8192), error);
    int faults = 0;
    findings = json_array();
    printf("vsaudit %s\n\n", VSAUDIT_VERSION);
    g_autofree char *libraries = media_describe_libraries();
    faults += say(true, true, "video libraries", libraries);
    faults += say(media_can_encode_h264(), true, "H.264 encoder",
                  "draws the sample data; Debian package libavcodec59");
    const int wrong_folders = check_data_folders();
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
    say_sandbox();
    say_printers();
    faults += check_program("xmllint", false, "only the tests validate XML with it");
    faults += check_program("tidy", false, "only the tests validate HTML with it");
    putchar('\n');
    if (faults > 0)
        puts("Mend what is MISSING first: scripts/install-deps does it for packages.");
    if (wrong_folders > 0)
        puts("VSAUDIT_DATA names a folder that is not there: correct it (folders are parted by “:”), or "
             "unset it.");
    if (faults == 0 && wrong_folders == 0)
        puts("All is there that a run needs.");
    outcome_set("findings", findings);
    return faults > 0 ? EXIT_HARNESS : wrong_folders > 0 ? EXIT_BAD_INPUT : EXIT_DONE;
}

extern const Command command_doctor;
const Command command_doctor = {"doctor", "", "say what this machine offers and what is missing", run};
