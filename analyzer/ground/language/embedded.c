/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/embedded.h"

#include <stddef.h>
#include <string.h>

/* The assembler reads the files; paths are relative to the top folder, where make runs. The Makefile names
 * them as prerequisites of this object, since -MMD does not see them. */
#define EMBED(symbol, path)                   \
    __asm__(".pushsection .rodata\n"          \
            "vsaudit_embedded_" #symbol ":\n" \
            ".incbin \"" path "\"\n"          \
            ".byte 0\n"                       \
            ".popsection\n");                 \
    extern const char symbol[] __asm__("vsaudit_embedded_" #symbol);

/* Every file of reports/texts/: the Makefile names them, TEXTS(en) TEXTS(fr) … */
#ifndef VSAUDIT_TEXTS
#define VSAUDIT_TEXTS TEXTS(en) TEXTS(fr)
#endif
#define TEXTS(code) EMBED(texts_##code, "reports/texts/" #code ".json")
VSAUDIT_TEXTS
#undef TEXTS
#define TEXTS(code) #code,
const char *const embedded_languages[] = {VSAUDIT_TEXTS NULL};
#undef TEXTS
#define TEXTS(code) {"texts/" #code ".json", texts_##code},
EMBED(style, "reports/styles/report.css")
EMBED(drawing_style, "reports/styles/drawing.css")

const char *embedded_text(const char *name)
{
    static const struct {
        const char *name, *text;
    } files[] = {
        VSAUDIT_TEXTS
        {"styles/report.css", style},
        {"styles/drawing.css", drawing_style},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i].name, name) == 0)
            return files[i].text;
    return NULL;
}
