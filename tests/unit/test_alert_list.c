/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log as a plain list: every row is accounted for, and what is not needed to find a picture is left out. */
#include "import/alert_list.h"

#include "records/error.h"

#include <string.h>

#include "scratch.h"
#include "unit.h"

static const char map_of_states[] = "schema: vsaudit/alert-map/1\n"
                                    "columns: {camera: Cam, time: T, behaviour: K, id: Id, state: S, number: "
                                    "N, picture: P, treated: R}\n"
                                    "time: iso\n"
                                    "zone: Europe/Paris\n"
                                    "behaviours: {in: intrusion}\n"
                                    "ignore: [boot]\n"
                                    "cameras: {c1: Hall}\n"
                                    "ignore_cameras: [test]\n";

static AlertList *read_list(const char *map, const char *log, char **said)
{
    g_autoptr(Problems) problems = problems_new();
    g_autofree char *log_path = scratch_write("log.csv", log);
    g_autofree char *map_path = map != NULL ? scratch_write("map.yaml", map) : NULL;
    AlertList *list = alert_list_read(map_path, log_path, problems);
    g_autoptr(GError) error = NULL;
    problems_to_error(problems, &error);
    *said = error != NULL ? g_strdup(error->message) : NULL;
    return list;
}

static const ListedAlert *alert_at(const AlertList *list, guint i)
{
    return g_ptr_array_index(list->alerts, i);
}

static int64_t sum_rows(const AlertList *list)
{
    return list->alerts->len + list->repeated + list->ignored + list->ignored_places + list->joined +
           list->alone;
}

TEST(every_row_of_a_log_in_states_is_accounted_for)
{
    static const char log[] = "Cam,T,K,Id,S,N,P,R\n"
                              "c1,2024-03-01T23:30:00Z,in,7,new,101,,\n"
                              "c1,2024-03-01T23:31:00Z,in,7,end,,a.jpg,treated\n"
                              "c2,2024-03-02T10:00:00Z,in,8,whole,102,b.jpg,deleted\n"
                              "c2,2024-03-02T10:00:00Z,in,8,whole,102,b.jpg,deleted\n"
                              "c2,2024-03-02T10:00:00Z,in,9,whole,102,c.jpg,deleted\n"
                              "c2,2024-03-02T11:00:00Z,boot,10,whole,,,\n"
                              "test,2024-03-02T11:00:00Z,in,11,whole,,,\n"
                              "c2,2024-03-02T12:00:00Z,in,12,end,,,\n";
    g_autofree char *said = NULL;
    g_autoptr(AlertList) list = read_list(map_of_states, log, &said);
    assert_non_null(list);
    assert_int_equal(list->rows, 8);
    assert_int_equal(list->alerts->len, 3);
    assert_int_equal(list->repeated, 1);
    assert_int_equal(list->ignored, 1);
    assert_int_equal(list->ignored_places, 1);
    assert_int_equal(list->joined, 1);
    assert_int_equal(list->alone, 1);
    assert_int_equal(sum_rows(list), list->rows);
    assert_int_equal(list->renumbered, 1);
    const ListedAlert *first = alert_at(list, 0);
    assert_string_equal(first->camera, "Hall");
    assert_string_equal(first->number, "101");
    assert_string_equal(first->picture, "a.jpg"); /* said by the row that ends it */
    assert_string_equal(first->treated, "treated");
    assert_int_equal(first->line, 2);
    assert_int_equal(g_date_time_get_hour(first->when), 0); /* as a clock in Paris shows it */
    assert_int_equal(g_date_time_get_day_of_month(first->when), 2);
    assert_string_equal(alert_at(list, 1)->camera, "c2");
}

TEST(rows_of_a_form_of_its_own_are_told_with_their_place)
{
    g_autofree char *said = NULL, *word = NULL;
    g_autoptr(AlertList) list = read_list(map_of_states,
                                          "Cam,T,K,Id,S,N,P,R\n"
                                          "c1,yesterday,in,7,whole,,,\n",
                                          &said);
    assert_null(list);
    assert_non_null(strstr(said, "log.csv:2:4: T: found “yesterday”"));
    g_autoptr(AlertList) unknown = read_list(map_of_states,
                                             "Cam,T,K,Id,S,N,P,R\n"
                                             "c1,2024-03-01T23:30:00Z,inn,7,whole,,,\n",
                                             &word);
    assert_null(unknown);
    assert_non_null(strstr(word, "found “inn”"));
}

TEST(a_log_of_our_own_needs_no_map)
{
    g_autofree char *said = NULL;
    g_autoptr(AlertList) list = read_list(NULL,
                                          "clip,behaviour,onset_s,confidence\n"
                                          "a,intrusion,1.5,0.9\n"
                                          "a,intrusion,1.5,0.9\n"
                                          "b,intrusion,2,0.8\n",
                                          &said);
    assert_non_null(list);
    assert_int_equal(list->rows, 3);
    assert_int_equal(list->repeated, 1);
    assert_int_equal(sum_rows(list), list->rows);
    assert_string_equal(alert_at(list, 0)->clip, "a");
    assert_string_equal(alert_at(list, 0)->time, "1.500");
    assert_null(alert_at(list, 0)->when);
    assert_int_equal(alert_at(list, 1)->line, 4);
    assert_int_equal(strlen(list->sha256), 64);
    assert_null(list->map_sha256);
}

UNIT_TESTS(scratch_make, scratch_drop)
