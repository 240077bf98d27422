/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "unit.h"

static GArray *entered; /* of struct CMUnitTest */

void unit_enter(struct CMUnitTest test)
{
    if (entered == NULL)
        entered = g_array_new(FALSE, FALSE, sizeof test);
    g_array_append_val(entered, test);
}

int unit_run(CMFixtureFunction set_up, CMFixtureFunction tear_down)
{
    g_autoptr(GArray) tests = g_steal_pointer(&entered);
    assert_non_null(tests);
    const struct CMUnitTest *list = (const struct CMUnitTest *)(void *)tests->data;
    return _cmocka_run_group_tests("tests", list, tests->len, set_up, tear_down);
}
