/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a dataset's manifest: problems or a tree, never a crash or a leak. */
#include "config/dataset_internal.h"
#include "corpus.h"

#include <string.h>

static void free_place(gpointer data)
{
    EventPlace *place = data;
    g_free(place->file);
    g_free(place->path);
    g_free(place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(YamlTree) tree = yaml_tree_parse((const char *)data, size, "fuzz", ".", problems);
    if (tree == NULL) {
        g_assert_cmpuint(problems_count(problems), >, 0);
        return 0;
    }
    Dataset dataset;
    memset(&dataset, 0, sizeof dataset);
    DatasetLoading loading = {.dataset = &dataset,
                              .places = g_hash_table_new_full(NULL, NULL, NULL, free_place),
                              .files = g_ptr_array_new_with_free_func(g_free),
                              .hashes = g_ptr_array_new_with_free_func(g_free),
                              .problems = problems};
    yaml_load_tree(tree, &dataset_table, &dataset, &loading, problems);
    if (dataset.id != NULL)
        dataset_check_events(&loading);
    yaml_clear(&dataset_table, &dataset);
    g_hash_table_unref(loading.places);
    g_ptr_array_unref(loading.files);
    g_ptr_array_unref(loading.hashes);
    g_autoptr(GPtrArray) list = problems_list(problems);
    for (guint i = 0; i < list->len; i++)
        g_assert_true(g_utf8_validate(g_ptr_array_index(list, i), -1, NULL));
    return 0;
}

#ifndef FUZZER
int main(void)
{
    return replay("tests/fuzz/corpus/yaml");
}
#endif
