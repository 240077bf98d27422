/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which clip of a live system is shown at which address, and in which order clips begin. By hand. */
#include "runner/live_order.h"

#include "config/dataset.h"

#include "unit.h"

#define S US_PER_SECOND

typedef struct {
    const char *camera;
    int64_t length_s;
} Given;

/* Clips of these cameras; the letters of cameras where they are shown, then the order in which they begin. */
static void expect(const Given *given, guint count, int64_t cameras, const char *places, const char *order)
{
    const LiveOptions live = {.cameras = cameras, .settle_us = S, .drain_us = S};
    g_autofree Clip *clips = g_new0(Clip, count);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < count; i++) {
        clips[i].camera = (char *)(uintptr_t)given[i].camera;
        clips[i].duration_us = given[i].length_s * S;
        g_ptr_array_add(list, &clips[i]);
    }
    g_autoptr(GHashTable) lanes = live_order_assign(&live, list);
    g_autoptr(GPtrArray) begun = live_order_begin(&live, list, lanes);
    g_autoptr(GString) at = g_string_new(NULL), began = g_string_new(NULL);
    guint most = 0;
    for (guint i = 0; i < count; i++) {
        const guint lane = GPOINTER_TO_UINT(g_hash_table_lookup(lanes, &clips[i]));
        most = MAX(most, lane + 1);
        g_string_append_c(at, (char)('1' + lane));
        g_string_append_c(began, (char)('a' + ((const Clip *)g_ptr_array_index(begun, i) - clips)));
    }
    assert_string_equal(at->str, places);
    assert_string_equal(began->str, order);
    assert_int_equal(begun->len, count);
    assert_int_equal(live_order_lanes(&live, list), MAX(most, 1));
}

TEST(one_address_shows_all_in_their_order)
{
    const Given given[] = {{"hall", 3}, {"yard", 9}, {"hall", 1}};
    expect(given, 3, 1, "111", "abc");
    expect(NULL, 0, 1, "", "");
}

TEST(each_camera_has_its_own_where_there_are_enough)
{
    const Given given[] = {{"hall", 3}, {"yard", 9}, {"hall", 1}, {"gate", 1}, {"gate", 1}};
    /* hall 0 and 5, yard 0, gate 0 and 3 */
    expect(given, 5, 0, "12133", "abdec");
    expect(given, 5, 3, "12133", "abdec");
    expect(given, 5, 9, "12133", "abdec");
}

TEST(of_too_few_the_longest_camera_has_the_first)
{
    /* hall 10 s (with what is held), yard 11, gate 6: yard to 1, hall to 2, gate to 2 */
    const Given given[] = {{"hall", 3}, {"yard", 9}, {"hall", 3}, {"gate", 4}};
    expect(given, 4, 2, "2122", "abcd");
    /* all alike: the first among equals */
    const Given alike[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}};
    expect(alike, 5, 2, "12121", "abcde");
}

TEST(clips_without_a_camera_are_one_cameras_and_without_a_length_a_minute)
{
    const Given given[] = {{NULL, 0}, {"yard", 30}, {NULL, 5}, {"yard", 27}, {"yard", 5}};
    /* none: 0 and 62 s; yard: 0, 32 and 61 */
    expect(given, 5, 0, "12122", "abdec");
}

UNIT_TESTS(NULL, NULL)
