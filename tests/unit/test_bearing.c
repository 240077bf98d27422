/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which legal text bound a trial: boundary days, dates known to the year, other places, other uses. */
#include "config/bearing.h"

#include "config/partial_date.h"

#include "unit.h"

static const char *const france[] = {"FR", "GP"}, *const fr[] = {"FR"}, *const de[] = {"DE"};
static const char *const live[] = {"real_time", "municipality"};

static LawBearing at(const char *from, const char *to, const char *trial_from, const char *trial_to)
{
    const LawReach text = {from, to, france, 2, NULL, 0}, trial = {trial_from, trial_to, fr, 1, NULL, 0};
    return law_bearing(&text, &trial);
}

TEST(a_boundary_day_belongs_to_both)
{
    assert_int_equal(at("2023-08-31", "2025-03-31", "2025-03-31", "2025-06-01"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2025-04-01", "2025-06-01"), LAW_NO_LONGER);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2023-01-01", "2023-08-31"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2023-01-01", "2023-08-30"), LAW_NOT_YET);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2023-08-31", "2025-03-31"), LAW_BINDS);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2023-08-30", "2025-03-31"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-08-31", "2025-03-31", "2023-08-31", "2025-04-01"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-08-31", NULL, "2023-08-31", "2023-08-31"), LAW_BINDS);
}

/* A trial of “2023” may have been over in January, or have begun in December. */
TEST(dates_known_roughly_leave_it_open)
{
    assert_int_equal(at("2023-08-31", NULL, "2023", "2023"), LAW_MAY_BIND);
    assert_int_equal(at("2023-08-31", NULL, "2022", "2023-09"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-08-31", NULL, "2022", "2023-08"), LAW_MAY_BIND);
    assert_int_equal(at("2023-09-01", NULL, "2022", "2023-09"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2023-09-02", NULL, "2022", "2023-09"), LAW_MAY_BIND);
    assert_int_equal(at("2020-01-01", "2023-02-28", "2023-02", "2024"), LAW_BINDS_IN_PART);
    assert_int_equal(at("2020-01-01", "2023-02-27", "2023-02", "2024"), LAW_MAY_BIND);
    assert_int_equal(at("2024-01-01", NULL, "2022", "2023"), LAW_NOT_YET);
    assert_int_equal(at("2023-01-01", "2023-12-31", "2023", "2023"), LAW_BINDS);
}

TEST(what_is_not_stated_is_left_open)
{
    assert_int_equal(at("2023-08-31", NULL, NULL, NULL), LAW_MAY_BIND);
    assert_int_equal(at("2023-08-31", NULL, "2022-01-01", NULL), LAW_MAY_BIND); /* does it still run? */
    assert_int_equal(at("2023-08-31", NULL, "2024-01-01", NULL), LAW_BINDS);
    assert_int_equal(at("2023-08-31", NULL, NULL, "2023-08-30"), LAW_NOT_YET);
    assert_int_equal(at(NULL, NULL, "2022-01-01", "2022-02-01"), LAW_MAY_BIND);
    assert_int_equal(at(NULL, "2022-01-31", "2022-02-01", "2022-03-01"), LAW_NO_LONGER);
    const LawReach text = {"2020-01-01", NULL, france, 2, live, 2}, nothing = {NULL, NULL, NULL, 0, NULL, 0};
    assert_int_equal(law_bearing(&text, &nothing), LAW_MAY_BIND);
    const LawReach no_country = {"2021", "2021", NULL, 0, live, 2}, no_use = {"2021", "2021", fr, 1, NULL, 0};
    assert_int_equal(law_bearing(&text, &no_country), LAW_MAY_BIND);
    assert_int_equal(law_bearing(&text, &no_use), LAW_MAY_BIND);
}

TEST(other_places_uses_and_bodies_are_told_apart)
{
    const char *const deferred[] = {"deferred", "municipality"}, *const shop[] = {"real_time", "shop"};
    const char *const use_only[] = {"deferred"};
    const LawReach text = {"2020-01-01", NULL, france, 2, live, 2};
    const LawReach here = {"2021", "2021", fr, 1, live, 2}, abroad = {"2021", "2021", de, 1, live, 2};
    assert_int_equal(law_bearing(&text, &here), LAW_BINDS);
    assert_int_equal(law_bearing(&text, &abroad), LAW_ELSEWHERE);
    const LawReach searched = {"2021", "2021", fr, 1, deferred, 2}, sold = {"2021", "2021", fr, 1, shop, 2};
    assert_int_equal(law_bearing(&text, &searched), LAW_OTHERS);
    assert_int_equal(law_bearing(&text, &sold), LAW_OTHERS);
    const LawReach half = {"2021", "2021", fr, 1, use_only, 1};
    assert_int_equal(law_bearing(&text, &half), LAW_OTHERS);
    const LawReach everywhere = {"2020-01-01", NULL, NULL, 0, NULL, 0};
    assert_int_equal(law_bearing(&everywhere, &abroad), LAW_BINDS);
}

TEST(dates_have_a_first_and_a_last_day)
{
    static const char *const dates[][3] = {{"2024", "2024-01-01", "2024-12-31"},
                                           {"2024-02", "2024-02-01", "2024-02-29"},
                                           {"2023-02", "2023-02-01", "2023-02-28"},
                                           {"2023-02-03", "2023-02-03", "2023-02-03"}};
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *first = partial_date_first(dates[i][0]), *last = partial_date_last(dates[i][0]);
        assert_string_equal(first, dates[i][1]);
        assert_string_equal(last, dates[i][2]);
    }
    assert_false(partial_date_is("2023-02-29"));
    assert_false(partial_date_is("2023-13"));
    assert_false(partial_date_is("23"));
    assert_false(partial_date_is("2023-2-1x"));
}

UNIT_TESTS(NULL, NULL)
