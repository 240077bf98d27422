/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/error.h"

G_DEFINE_QUARK(vsaudit - error - quark, vsaudit_error)

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
