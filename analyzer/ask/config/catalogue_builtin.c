/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/catalogue.h"

#include <string.h>

/* The assembler reads the file; the path is relative to the top folder, where make runs. The Makefile names
 * it as a prerequisite of this object, since -MMD does not see it. */
__asm__(".pushsection .rodata\n"
        "vsaudit_catalogue_france:\n"
        ".incbin \"reports/catalogue/france.yaml\"\n"
        ".byte 0\n"
        ".popsection\n");
extern const char catalogue_france[] __asm__("vsaudit_catalogue_france");

const char *catalogue_builtin_text(void)
{
    return catalogue_france;
}
