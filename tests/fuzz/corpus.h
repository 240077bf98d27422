/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain main for a fuzz target: feeds every file of a corpus, and every beginning of it up to 4 KiB, to the
 * target. With -DFUZZER the main is left out and libFuzzer brings its own (clang
 * -fsanitize=fuzzer). */
#ifndef VSAUDIT_TESTS_FUZZ_CORPUS_H
#define VSAUDIT_TESTS_FUZZ_CORPUS_H

#include <glib.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifndef FUZZER
static int compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static int replay(const char *corpus)
{
    g_autoptr(GDir) dir = g_dir_open(corpus, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    printf("1..%u\n", MAX(names->len, 1));
    if (names->len == 0)
        printf("not ok 1 - %s is empty\n", corpus);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(corpus, g_ptr_array_index(names, i), NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        const gboolean read = g_file_get_contents(path, &bytes, &length, NULL);
        for (gsize part = 0; read && part <= MIN(length, 4096); part++) {
            /* In a block of its own size, so that a sanitizer sees the first byte too many. */
            g_autofree uint8_t *exact = g_memdup2(bytes, part);
            LLVMFuzzerTestOneInput(exact, part);
        }
        if (read)
            LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
        printf("%s %u - %s\n", read ? "ok" : "not ok", i + 1, (const char *)g_ptr_array_index(names, i));
    }
    return 0;
}
#endif

#endif
