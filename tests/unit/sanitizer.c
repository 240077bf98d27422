/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the leak checker may overlook: fontconfig keeps its configuration until the process ends, x265 parts of its
 * encoders. */
#ifdef __SANITIZE_ADDRESS__
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libx265\n";
}
#else
typedef int SanitizerIsOff; /* a file may not be empty */
#endif
