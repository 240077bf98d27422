/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a protocol does not say what the scenario's says (declared in panel.h). */
#include "scoring/panel.h"

static Phrase *say_difference(int64_t difference, const char *fewer, const char *more)
{
    return phrase_integer(phrase_new(difference < 0 ? fewer : more), "n", ABS(difference));
}

/* The two counts beside those of the scenario's protocol. */
static Phrase *say_counts(const PanelRow *row, const PanelInput *input)
{
    const int64_t found = row->detections - input->hits, wrong = row->false_alarms - input->false_strict;
    if (found == 0 && wrong == 0)
        return phrase_new("panel.same");
    Phrase *one = say_difference(found, "panel.fewer_found", "panel.more_found");
    Phrase *other = say_difference(wrong, "panel.fewer_wrong", "panel.more_wrong");
    if (found != 0 && wrong != 0)
        return phrase_part(phrase_part(phrase_new("panel.differs_twice"), "found", one), "wrong", other);
    phrase_free(found != 0 ? other : one);
    return phrase_part(phrase_new("panel.differs"), "difference", found != 0 ? one : other);
}

Phrase *panel_sentence(const PanelRow *row, const PanelInput *input)
{
    if (!row->scored)
        return phrase_new(row->reason);
    Phrase *said;
    if (row->unit == PANEL_SEGMENTS) {
        said = phrase_new("panel.segments"); /* counts of another kind are not compared */
    } else {
        g_autofree char *rule = g_strconcat("panel.rule.", row->protocol->id, NULL);
        said = phrase_word(phrase_own(say_counts(row, input), "beside", input->beside), "rule", rule);
    }
    if (row->ends_assumed > 0)
        phrase_then(said, phrase_integer(phrase_new("panel.ends_assumed"), "n", row->ends_assumed));
    return said;
}
