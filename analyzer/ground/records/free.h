/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving a thing back: said once for all of them that NULL is fine, that what it owns goes first and itself
 * last. What it owns is a list of calls, each with the thing under the name that is given:
 *
 *     DEFINE_FREE(scene_free, Scene, scene, g_hash_table_unref(scene->zones), g_free(scene->name)) */
#ifndef VSAUDIT_RECORDS_FREE_H
#define VSAUDIT_RECORDS_FREE_H

#include <glib.h>
#include <stddef.h>

/* void name(Type *), which a header declares. */
#define DEFINE_FREE(name, Type, thing, ...) \
    void name(Type *thing)                  \
    {                                       \
        if (thing == NULL)                  \
            return;                         \
        __VA_ARGS__;                        \
        g_free(thing);                      \
    }

/* A GDestroyNotify of that name, for the file alone. */
#define DEFINE_DESTROY(name, Type, thing, ...) \
    static void name(gpointer data)            \
    {                                          \
        Type *thing = data;                    \
        if (thing == NULL)                     \
            return;                            \
        __VA_ARGS__;                           \
        g_free(thing);                         \
    }

/* The same of a thing that lies in another and is not given back itself: static void name(void *), for the
 * tables of YAML, for rules, and for g_auto(). */
#define DEFINE_CLEAR(name, Type, thing, ...) \
    static void name(void *data)             \
    {                                        \
        Type *thing = data;                  \
        __VA_ARGS__;                         \
    }

/* g_free() of each; NULL among them is fine. */
#define FREE_EACH(...) \
    free_each((void *const[]){__VA_ARGS__}, sizeof((void *const[]){__VA_ARGS__}) / sizeof(void *))

static inline void free_each(void *const *things, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_free(things[i]);
}

#endif
