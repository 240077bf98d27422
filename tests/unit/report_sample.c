/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_sample.h"

#include "scoring/rate.h"

json_t *sample;
Texts *french, *english;

int report_sample_load(void **state)
{
    (void)state;
    sample = json_load_file("tests/data/results-sample.json", JSON_REJECT_DUPLICATES, NULL);
    french = texts_new("fr", INTERVAL_LEVEL, NULL);
    english = texts_new("en", INTERVAL_LEVEL, NULL);
    return sample != NULL && french != NULL && english != NULL ? 0 : -1;
}

int report_sample_drop(void **state)
{
    (void)state;
    json_decref(sample);
    texts_free(french);
    texts_free(english);
    return 0;
}
