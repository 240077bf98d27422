/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/clock.h"

#include <string.h>

static const struct {
    const char *name;
    bool mends;
} kinds[CLOCK_KINDS] = {
    [CLOCK_PAUSE] = {"pause", false},         [CLOCK_LEAP_FORWARD] = {"leap_forward", true},
    [CLOCK_LEAP_BACK] = {"leap_back", true},  [CLOCK_RESTART] = {"restart", true},
    [CLOCK_STRAY] = {"stray", true},          [CLOCK_REPEAT] = {"repeat", true},
    [CLOCK_UNTIMED] = {"untimed", true},      [CLOCK_DISORDER] = {"disorder", true},
    [CLOCK_MISSING] = {"missing", false},     [CLOCK_NEXT_STREAM] = {"next_stream", false},
    [CLOCK_NEXT_FILE] = {"next_file", false}, [CLOCK_SHOWN_AGAIN] = {"shown_again", false},
};

const char *clock_kind_name(ClockKind kind)
{
    return kinds[kind].name;
}

bool clock_kind_from_name(const char *name, ClockKind *kind)
{
    for (int k = 0; name != NULL && k < CLOCK_KINDS; k++)
        if (strcmp(kinds[k].name, name) == 0) {
            *kind = (ClockKind)k;
            return true;
        }
    return false;
}

bool clock_kind_mends(ClockKind kind)
{
    return kinds[kind].mends;
}

/* ---- from one clock to the other */

static int64_t place(const ClockPiece *piece, ClockReading reading)
{
    return reading == CLOCK_STAMPS ? piece->stamp_us : piece->player_us;
}

ClockAnswer clock_to_clip(const GArray *pieces, ClockReading reading, int file, int64_t file_us,
                          int64_t *t_us)
{
    ClockAnswer answer = CLOCK_NOWHERE;
    bool at_end = false; /* what was found is the end of a piece */
    for (guint i = 0; i < pieces->len; i++) {
        const ClockPiece *piece = &g_array_index(pieces, ClockPiece, i);
        const int64_t into_us = file_us - place(piece, reading);
        if ((file >= 0 && piece->file != file) || into_us < 0 || into_us > piece->length_us)
            continue;
        const bool end = into_us == piece->length_us;
        if (answer != CLOCK_NOWHERE && end)
            continue;
        answer = answer == CLOCK_NOWHERE || at_end ? CLOCK_FOUND : CLOCK_AMBIGUOUS;
        if (answer == CLOCK_FOUND)
            *t_us = piece->t_us + into_us;
        at_end = end;
    }
    return answer;
}

ClockAnswer clock_to_file(const GArray *pieces, ClockReading reading, int64_t t_us, int *file,
                          int64_t *file_us)
{
    for (guint i = pieces->len; i > 0; i--) {
        const ClockPiece *piece = &g_array_index(pieces, ClockPiece, i - 1);
        if (t_us < piece->t_us)
            continue;
        if (t_us - piece->t_us > piece->length_us)
            return CLOCK_NOWHERE;
        if (file != NULL)
            *file = piece->file;
        *file_us = place(piece, reading) + (t_us - piece->t_us);
        return CLOCK_FOUND;
    }
    return CLOCK_NOWHERE;
}

/* ---- JSON */

json_t *clock_pieces_to_json(const GArray *pieces)
{
    json_t *list = json_array();
    for (guint i = 0; i < pieces->len; i++) {
        const ClockPiece *piece = &g_array_index(pieces, ClockPiece, i);
        json_array_append_new(list,
                              json_pack("{s:I,s:I,s:I,s:I,s:i}", "t_us", (json_int_t)piece->t_us, "length_us",
                                        (json_int_t)piece->length_us, "stamp_us", (json_int_t)piece->stamp_us,
                                        "player_us", (json_int_t)piece->player_us, "file", piece->file));
    }
    return list;
}

json_t *clock_findings_to_json(const GArray *findings)
{
    json_t *list = json_array();
    for (guint i = 0; i < findings->len; i++) {
        const ClockFinding *finding = &g_array_index(findings, ClockFinding, i);
        json_array_append_new(list,
                              json_pack("{s:s,s:I,s:I,s:I}", "kind", clock_kind_name(finding->kind), "at_us",
                                        (json_int_t)finding->at_us, "by_us", (json_int_t)finding->by_us,
                                        "pictures", (json_int_t)finding->pictures));
    }
    return list;
}

json_t *clock_totals_to_json(const ClockTotal totals[CLOCK_KINDS])
{
    json_t *object = json_object();
    for (int k = 0; k < CLOCK_KINDS; k++)
        if (totals[k].count > 0)
            json_object_set_new(object, kinds[k].name,
                                json_pack("{s:I,s:I,s:I}", "count", (json_int_t)totals[k].count, "by_us",
                                          (json_int_t)totals[k].by_us, "pictures",
                                          (json_int_t)totals[k].pictures));
    return object;
}

static int64_t integer(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

void clock_pieces_from_json(const json_t *json, GArray *pieces)
{
    size_t i;
    json_t *item;
    json_array_foreach(json, i, item)
    {
        const ClockPiece piece = {integer(item, "t_us"), integer(item, "length_us"),
                                  integer(item, "stamp_us"), integer(item, "player_us"),
                                  (int)integer(item, "file")};
        g_array_append_val(pieces, piece);
    }
}

void clock_findings_from_json(const json_t *json, GArray *findings)
{
    size_t i;
    json_t *item;
    json_array_foreach(json, i, item)
    {
        ClockFinding finding = {0, integer(item, "at_us"), integer(item, "by_us"), integer(item, "pictures")};
        if (clock_kind_from_name(json_string_value(json_object_get(item, "kind")), &finding.kind))
            g_array_append_val(findings, finding);
    }
}

void clock_totals_from_json(const json_t *json, ClockTotal totals[CLOCK_KINDS])
{
    for (int k = 0; k < CLOCK_KINDS; k++) {
        const json_t *item = json_object_get(json, kinds[k].name);
        totals[k] = (ClockTotal){integer(item, "count"), integer(item, "by_us"), integer(item, "pictures")};
    }
}
