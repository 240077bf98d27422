/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of a list by its name. */
#ifndef VSAUDIT_RECORDS_FIND_H
#define VSAUDIT_RECORDS_FIND_H

#include <glib.h>
#include <stddef.h>

/* The first of an array of Type * whose text `member` says `text`; NULL when none does. NULL says what NULL
 * does. */
#define FIND_BY(array, Type, member, text) ((Type *)find_by(array, offsetof(Type, member), text))

static inline gpointer find_by(const GPtrArray *array, size_t offset, const char *text)
{
    for (guint i = 0; i < array->len; i++) {
        const gpointer thing = g_ptr_array_index(array, i);
        if (g_strcmp0(*(const char *const *)(gconstpointer)((const char *)thing + offset), text) == 0)
            return thing;
    }
    return NULL;
}

#endif
