/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times that stand exactly on a border, in numbers that have no exact binary form. */
#include "scoring/sed.h"

#include "unit.h"

TEST(a_collar_is_reached_exactly)
{
    const SedEvent truth = {0, 0, 100.3, 100.5};
    const SedCollar collar = {.collar = 0.2, .share_of_length = 0.5, .use_onset = true, .use_offset = true};
    static const struct {
        double onset, offset;
        int64_t hits;
    } cases[] = {{100.1, 100.7, 1}, {100.5, 100.3, 1}, {100.099999, 100.5, 0}, {100.3, 100.700001, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const SedEvent said = {0, 0, cases[i].onset, cases[i].offset};
        assert_int_equal(sed_match_events(&truth, 1, &said, 1, &collar, 0).hits, cases[i].hits);
    }
    /* A share of the length: 0.7 of 0.3 s, from 0.6. */
    const SedEvent short_truth = {0, 0, 0.3, 0.6}, later = {0, 0, 0.3, 0.81};
    const SedCollar share = {.collar = 0.1, .share_of_length = 0.7, .use_offset = true};
    assert_int_equal(sed_match_events(&short_truth, 1, &later, 1, &share, 0).hits, 1);
}

/* Segments of 0.1 s: 0.3 to 0.7 s touches exactly four, 0.3 to 0.700001 a fifth. */
TEST(segments_begin_where_they_are_written)
{
    const SedEvent truth = {0, 0, 0.3, 0.7}, longer = {0, 0, 0.3, 0.700001};
    const SedCounts counts = sed_count_segments(&truth, 1, &longer, 1, 1, 1, 0.1, 1.2);
    assert_int_equal(counts.references, 4);
    assert_int_equal(counts.systems, 5);
    assert_int_equal(counts.true_negatives, 12 - 5);
}

UNIT_TESTS(NULL, NULL)
