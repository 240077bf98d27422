/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/error.h"

G_DEFINE_QUARK(vsaudit - error - quark, vsaudit_error)

bool error_refuse(GError **error, VsauditErrorCode code, const char *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, (gint)code, "%s%s%s", place != NULL ? place : "",
                place != NULL ? ": " : "", what);
    return false;
}

bool error_read_file(const char *path, char **bytes, gsize *length, GError **error)
{
    g_autoptr(GError) cause = NULL;
    return g_file_get_contents(path, bytes, length, &cause) ||
           error_refuse(error, VSAUDIT_ERROR_INPUT, path, "cannot be read: %s", cause->message);
}

ExitStatus vsaudit_error_exit_status(const GError *error)
{
    if (error->domain != VSAUDIT_ERROR)
        return EXIT_BAD_INPUT;
    switch ((VsauditErrorCode)error->code) {
    case VSAUDIT_ERROR_USAGE:
        return EXIT_USAGE;
    case VSAUDIT_ERROR_INPUT:
        return EXIT_BAD_INPUT;
    case VSAUDIT_ERROR_HARNESS:
        return EXIT_HARNESS;
    case VSAUDIT_ERROR_INTEGRITY:
        return EXIT_INTEGRITY;
    }
    return EXIT_HARNESS;
}
