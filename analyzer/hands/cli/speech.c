/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/speech.h"

#include <string.h>

static bool to_programs;

void speech_to_programs(void)
{
    to_programs = true;
}

const Texts *speech_texts(void)
{
    if (to_programs)
        return texts_of("en");
    /* In the order in which they are wanted, ended by "C", which is English. */
    for (const char *const *name = g_get_language_names_with_category("LC_MESSAGES"); *name != NULL; name++) {
        if (strcmp(*name, "C") == 0 || strcmp(*name, "POSIX") == 0)
            break;
        const Texts *texts = texts_of(*name);
        if (texts != NULL)
            return texts;
    }
    return texts_of("en");
}

static const char *text_of(const char *key)
{
    const Texts *texts = speech_texts();
    /* What a language lacks would be lent by English, which has these texts in the tables of commands alone.
     */
    return texts_has(texts, key) ? texts_get(texts, key) : NULL;
}

const char *speech_help(const char *english, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *key = g_strdup_vprintf(format, list);
    va_end(list);
    const char *text = text_of(key);
    return text != NULL ? text : english;
}

const char *speech_option(const char *command, const char *option, const char *english)
{
    const char *shared = speech_help(english, "help.option.%s", option);
    return speech_help(shared, "help.%s.option.%s", command, option);
}
