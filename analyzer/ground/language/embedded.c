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

EMBED(texts_en, "reports/texts/en.json")
EMBED(texts_fr, "reports/texts/fr.json")
EMBED(style, "reports/styles/report.css")
EMBED(drawing_style, "reports/styles/drawing.css")

const char *embedded_text(const char *name)
{
    static const struct {
        const char *name, *text;
    } files[] = {
        {"texts/en.json", texts_en},
        {"texts/fr.json", texts_fr},
        {"styles/report.css", style},
        {"styles/drawing.css", drawing_style},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i].name, name) == 0)
            return files[i].text;
    return NULL;
}
