/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a truth file and as an alert log. */
#include "corpus.h"
#include "truth/truth.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const behaviours[] = {"camera-tampering", "crowd-limit", NULL};
    /* The parsers take text with a NUL behind it, as g_file_get_contents gives it. */
    g_autofree char *text = g_malloc(size + 1);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Truth) truth = truth_parse(text, size, "fuzz", behaviours, problems);
    g_assert_true((truth != NULL) == (problems_count(problems) == 0));
    g_autoptr(Problems) others = problems_new();
    g_autoptr(AlertLog) log = alert_log_parse(text, size, "fuzz", behaviours, others);
    g_assert_true((log != NULL) == (problems_count(others) == 0));
    g_assert_true(truth == NULL || log == NULL);
    truth_guess_kind(text, size);
    return 0;
}

#ifndef FUZZER
int main(void)
{
    return replay("tests/fuzz/corpus/truth");
}
#endif
