/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf.h"

#include "records/error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

const char *const pdf_programs[] = {"weasyprint", "chromium", "chromium-browser", "google-chrome", NULL};

char *pdf_find_program(void)
{
    char *path = NULL;
    for (size_t i = 0; pdf_programs[i] != NULL && path == NULL; i++)
        path = g_find_program_in_path(pdf_programs[i]);
    return path;
}

static bool is_weasyprint(const char *program)
{
    g_autofree char *name = g_path_get_basename(program);
    return strcmp(name, "weasyprint") == 0;
}

/* Versions before 57 write no tags. */
static bool has_variants(const char *program)
{
    const char *const help[] = {program, "--help", NULL};
    g_autoptr(GSubprocess) child =
        g_subprocess_newv(help, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
    g_autofree char *said = NULL;
    return child != NULL && g_subprocess_communicate_utf8(child, NULL, NULL, &said, NULL, NULL) &&
           said != NULL && strstr(said, "pdf/ua-1") != NULL;
}

/* The command line; `identifier` in place of a random one makes the bytes the same on every run. */
static GStrv command(const char *program, const char *page, const char *out, const char *profile,
                     const char *identifier)
{
    g_autoptr(GStrvBuilder) line = g_strv_builder_new();
    g_strv_builder_add(line, program);
    if (is_weasyprint(program)) {
        g_strv_builder_add_many(line, "--quiet", "--encoding", "utf-8", NULL);
        if (has_variants(program))
            g_strv_builder_add_many(line, "--pdf-variant", "pdf/ua-1", "--pdf-identifier", identifier, NULL);
        g_strv_builder_add_many(line, page, out, NULL);
    } else {
        g_autofree char *to = g_strconcat("--print-to-pdf=", out, NULL);
        g_autofree char *data = g_strconcat("--user-data-dir=", profile, NULL);
        g_autofree char *address = g_strconcat("file://", page, NULL);
        g_strv_builder_add_many(line, "--headless", "--disable-gpu", "--no-first-run",
                                "--no-pdf-header-footer", "--export-tagged-pdf",
                                "--generate-pdf-document-outline", data, to, NULL);
        /* Chromium refuses to build its sandbox for root. The page is our own and has no script. */
        if (geteuid() == 0)
            g_strv_builder_add(line, "--no-sandbox");
        g_strv_builder_add(line, address);
    }
    return g_strv_builder_end(line);
}

static gboolean run(const char *program, const char *folder, const char *out, const char *identifier,
                    GError **error)
{
    g_autofree char *page = g_build_filename(folder, "page.html", NULL);
    g_autofree char *profile = g_build_filename(folder, "profile", NULL);
    g_auto(GStrv) line = command(program, page, out, profile, identifier);
    g_autoptr(GError) why = NULL;
    g_autofree char *said = NULL;
    /* No clock in the file: programs that honour it take this one. */
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_subprocess_launcher_setenv(launcher, "SOURCE_DATE_EPOCH", "0", TRUE);
    g_autoptr(GSubprocess) child = g_subprocess_launcher_spawnv(launcher, (const char *const *)line, &why);
    if (child == NULL || !g_subprocess_communicate_utf8(child, NULL, NULL, NULL, &said, &why)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be run: %s", program,
                    why->message);
        return FALSE;
    }
    if (g_subprocess_get_successful(child) && g_file_test(out, G_FILE_TEST_EXISTS))
        return TRUE;
    g_strstrip(said);
    const char *last = strrchr(said, '\n');
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: the PDF could not be printed: %s", program,
                *said == '\0'  ? "it does not say why"
                : last != NULL ? last + 1
                               : said);
    return FALSE;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) folder = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

gboolean pdf_write(const char *html, gsize length, const char *path, GError **error)
{
    g_autofree char *program = pdf_find_program();
    if (program == NULL) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
            "%s: cannot be printed: found neither weasyprint nor chromium, expected one of them in PATH "
            "(Debian: apt-get install weasyprint); or print the HTML report from a browser",
            path);
        return FALSE;
    }
    g_autoptr(GError) why = NULL;
    g_autofree char *folder = g_dir_make_tmp("vsaudit-pdf-XXXXXX", &why);
    if (folder == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "no folder for printing: %s", why->message);
        return FALSE;
    }
    g_autofree char *page = g_build_filename(folder, "page.html", NULL);
    g_autofree char *out = g_build_filename(folder, "page.pdf", NULL);
    g_autofree char *identifier =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)html, length);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    const gboolean fine =
        g_file_set_contents(page, html, (gssize)length, &why) &&
        run(program, folder, out, identifier, error) && g_file_get_contents(out, &bytes, &size, &why) &&
        g_file_set_contents_full(path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &why);
    if (why != NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                    why->message);
    remove_tree(folder);
    return fine;
}
