/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats of reports. One more is a record like these in a file of its own, and its name in the table. */
#include "records/error.h"
#include "records/save.h"
#include "report/formats.h"
#include "report/html/html.h"
#include "report/pdf.h"
#include "report/report.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static char *path_of(const ReportRequest *request, const char *stem, const char *ending)
{
    g_autofree char *name = g_strconcat(stem, ".", texts_language(request->texts), ".", ending, NULL);
    return g_build_filename(request->folder, name, NULL);
}

static gboolean write_html(const ReportRequest *request, GError **error)
{
    gsize length = 0;
    g_autofree char *page =
        html_render(request->results, request->texts, request->languages, request->pictures, &length);
    g_autofree char *path = path_of(request, "report", "html");
    return save_file(path, page, (gssize)length, error);
}

static gboolean write_pdf(const ReportRequest *request, GError **error)
{
    gsize length = 0;
    g_autofree char *page =
        html_render_for_paper(request->results, request->texts, request->pictures, &length);
    g_autofree char *path = path_of(request, "report", "pdf");
    return pdf_write(page, length, path, error);
}

static gboolean write_markdown(const ReportRequest *request, GError **error)
{
    g_autofree char *text = markdown_render(request->results, request->texts);
    g_autofree char *path = path_of(request, "summary", "md");
    return save_file(path, text, -1, error);
}

/* Into a file beside it, which then takes the name: a table may be too long to hold in memory. */
static gboolean write_table(const CsvTable *table, const json_t *results, const Detail *detail,
                            const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, table->file, NULL);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    FILE *file = fopen(part, "wbe");
    bool fine = file != NULL && csv_write(table, results, detail, file);
    if (file != NULL)
        fine = (fclose(file) == 0) & fine;
    if (fine && g_rename(part, path) == 0)
        return TRUE;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                g_strerror(errno));
    g_unlink(part);
    return FALSE;
}

static gboolean write_csv(const ReportRequest *request, GError **error)
{
    for (const CsvTable *table = csv_tables; table->file != NULL; table++)
        if ((table->needs == NULL || json_is_object(json_object_get(request->results, table->needs))) &&
            !write_table(table, request->results, request->detail, request->folder, error))
            return FALSE;
    return TRUE;
}

static gboolean write_junit(const ReportRequest *request, GError **error)
{
    g_autofree char *text = junit_render(request->results);
    g_autofree char *path = g_build_filename(request->folder, "junit.xml", NULL);
    return save_file(path, text, -1, error);
}

static const ReportFormat html = {
    .name = "html", .files = "report.<language>.html", .spoken = true, .write = write_html};
static const ReportFormat csv = {
    .name = "csv", .files = "scenarios.csv claims.csv clips.csv alerts.csv events.csv", .write = write_csv};
static const ReportFormat junit = {.name = "junit", .files = "junit.xml", .write = write_junit};
static const ReportFormat md = {
    .name = "md", .files = "summary.<language>.md", .spoken = true, .write = write_markdown};
static const ReportFormat pdf = {
    .name = "pdf", .files = "report.<language>.pdf", .spoken = true, .on_request = true, .write = write_pdf};

const ReportFormat *const report_formats[] = {&html, &csv, &junit, &md, &pdf, NULL};
