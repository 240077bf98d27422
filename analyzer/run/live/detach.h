/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ending what waits in a main context. */
#ifndef VSAUDIT_LIVE_DETACH_H
#define VSAUDIT_LIVE_DETACH_H

#include <glib.h>

/* Takes the source out of its context and forgets it; NULL is fine. */
static inline void detach(GSource **source)
{
    if (*source == NULL)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

#endif
