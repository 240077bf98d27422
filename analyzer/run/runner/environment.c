/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/environment.h"

#include "media/capabilities.h"
#include "perception/perception.h"

#include <glib.h>
#include <gnu/libc-version.h>
#include <string.h>
#include <sys/utsname.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* ---- the processor */

/* Maker and family, and what libraries choose their code by. */
static void add_kind(GString *text)
{
#if defined(__x86_64__) || defined(__i386__)
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(0, &a, &b, &c, &d) != 0) {
        char maker[13] = {0};
        memcpy(maker, &b, 4);
        memcpy(maker + 4, &d, 4);
        memcpy(maker + 8, &c, 4);
        g_string_append_printf(text, " %s", maker);
    }
    if (__get_cpuid(1, &a, &b, &c, &d) != 0) {
        const unsigned family = a >> 8 & 15;
        g_string_append_printf(text, " family %u", family == 15 ? family + (a >> 20 & 255) : family);
    }
    g_string_append_printf(text, "%s%s%s", __builtin_cpu_supports("avx2") ? ", avx2" : "",
                           __builtin_cpu_supports("avx512f") ? ", avx512" : "",
                           __builtin_cpu_supports("fma") ? ", fma" : "");
#else
    (void)text;
#endif
}

static char *describe_processor(void)
{
    struct utsname system;
    GString *text = g_string_new(uname(&system) == 0 ? system.machine : "unknown");
    add_kind(text);
    return g_string_free(text, FALSE);
}

json_t *environment_describe(void)
{
    json_t *environment = json_object();
    media_add_versions(environment);
    g_autofree char *processor = describe_processor();
    json_object_set_new(environment, "opencv", json_string(perception_library()));
    json_object_set_new(environment, "libc", json_pack("s++", "glibc", " ", gnu_get_libc_version()));
    json_object_set_new(environment, "compiler", json_string(COMPILER));
    json_object_set_new(environment, "processor", json_string(processor));
    return environment;
}

/* ---- then and now */

static char *compare(const json_t *then, const json_t *now)
{
    const char *name;
    json_t *here;
    json_object_foreach((json_t *)now, name, here)
    {
        const char *stated = json_string_value(json_object_get(then, name));
        if (g_strcmp0(stated, json_string_value(here)) != 0)
            return g_strdup_printf("%s %s then, %s here", name, stated != NULL ? stated : "not known",
                                   json_string_value(here));
    }
    return NULL;
}

static char *explain_session(const json_t *session, const json_t *now)
{
    const json_t *then = json_object_get(session, "environment");
    if (json_is_string(json_object_get(session, "observations_of")))
        return g_strdup("it looked at the observations of an earlier run, and which libraries decoded for "
                        "that one is not known");
    return json_is_object(then)
               ? compare(then, now)
               : g_strdup("which libraries decoded then is not known: an older program did not record it");
}

char *environment_explain_difference(const json_t *facts)
{
    json_t *now = environment_describe();
    char *difference = NULL;
    size_t i;
    const json_t *session;
    bool any = false;
    json_array_foreach(json_object_get(facts, "sessions"), i, session)
    {
        if (difference != NULL || json_integer_value(json_object_get(session, "jobs")) == 0)
            continue;
        any = true;
        difference = explain_session(session, now);
    }
    json_decref(now);
    return any ? difference : g_strdup("which libraries decoded then is not known");
}
