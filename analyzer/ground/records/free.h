/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving a thing back: said once for all of them that NULL is fine, that what it owns goes first and itself
 * last. `clear` gives back what a thing owns, and not itself; it is never called with NULL. */
#ifndef VSAUDIT_RECORDS_FREE_H
#define VSAUDIT_RECORDS_FREE_H

#include <glib.h>

/* Defines void name(Type *), which a header declares. */
#define DEFINE_FREE(name, Type, clear) \
    void name(Type *thing)             \
    {                                  \
        if (thing == NULL)             \
            return;                    \
        clear(thing);                  \
        g_free(thing);                 \
    }

/* Defines a GDestroyNotify of that name, for the file alone. */
#define DEFINE_DESTROY(name, clear)  \
    static void name(gpointer thing) \
    {                                \
        if (thing == NULL)           \
            return;                  \
        clear(thing);                \
        g_free(thing);               \
    }

#endif
