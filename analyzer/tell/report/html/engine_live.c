/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the table of systems: how a live one was shown the clips, and what became of its messages. */
#include "report/html/sections.h"

#define TENTH_US 100000

static void say(Page *page, Phrase *phrase)
{
    g_autoptr(Phrase) owned = phrase;
    g_autofree char *text = phrase_render(owned, page->texts);
    page_void(page, "br", NULL);
    page_text(page, text);
}

static Phrase *seconds(Phrase *phrase, const char *name, int64_t t_us)
{
    return phrase_decimal(phrase, name, (double)t_us / 1e6, 1);
}

static Phrase *name_sinks(const ResultsEngineLive *live)
{
    GPtrArray *names = g_ptr_array_new();
    for (size_t i = 0; i < live->sinks.count; i++) {
        g_autofree char *key = texts_word_key("sink_kind", live->sinks.at[i]);
        g_ptr_array_add(names, phrase_new(key));
    }
    return phrase_list(phrase_new("live.sinks"), "sinks", names);
}

static void write_shown(Page *page, const ResultsEngineLive *live, int64_t pictures)
{
    say(page, phrase_integer(phrase_new("live.shown"), "pictures", pictures));
    if (live->cameras > 1)
        say(page, phrase_integer(phrase_new("live.several"), "n", live->cameras));
    say(page, name_sinks(live));
    g_autofree char *key = g_strdup_printf("live.transport.%s", live->transport);
    say(page, phrase_new(key));
    say(page, seconds(seconds(seconds(phrase_new("live.times"), "warm_up", live->warm_up_us), "settle",
                              live->settle_us),
                      "drain", live->drain_us));
    say(page, phrase_new("live.not_deterministic"));
    if (live->recoded > 0)
        say(page, phrase_integer(phrase_new("live.recoded"), "n", live->recoded));
    /* Upwards: more than this it was not. */
    say(page, seconds(phrase_new("live.punctual"), "late",
                      (live->late_most_us + TENTH_US - 1) / TENTH_US * TENTH_US));
}

static void write_delay(Page *page, const ResultsEngineLive *live)
{
    if (live->delay_us == RESULTS_UNKNOWN && live->flashes > 0 && live->early > 0)
        say(page, phrase_integer(phrase_new("live.delay.early"), "n", live->early));
    else if (live->delay_us == RESULTS_UNKNOWN)
        say(page, phrase_new(live->flashes > 0 ? "live.delay.unknown" : "live.delay.not_asked"));
    else
        say(page, seconds(phrase_new("live.delay"), "delay", live->delay_us));
    if (live->own_us != RESULTS_UNKNOWN)
        say(page, seconds(phrase_new("live.own"), "own", live->own_us));
    if (live->clock_offset_us != RESULTS_UNKNOWN)
        say(page, seconds(phrase_new("live.clock"), "offset", live->clock_offset_us));
}

static void write_messages(Page *page, const ResultsEngineLive *live)
{
    const struct {
        const char *key;
        int64_t count;
    } rows[] = {{"live.outside", live->outside},   {"live.on_before", live->on_before},
                {"live.late", live->late},         {"live.doubled", live->doubled},
                {"live.alone", live->alone},       {"live.disordered", live->disordered},
                {"live.unasked", live->unasked},   {"live.wrong", live->wrong},
                {"live.nothing", live->nothing},   {"live.ignored", live->ignored},
                {"live.retained", live->retained}, {"live.cut", live->cut},
                {"live.dropped", live->dropped},   {"live.refused", live->refused},
                {"live.broken", live->broken},     {"live.unplaced", live->unplaced}};
    say(page, phrase_integer(phrase_new("live.messages"), "n", live->messages));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].count > 0)
            say(page, phrase_integer(phrase_new(rows[i].key), "n", rows[i].count));
    if (live->sink_losses > 0)
        say(page, seconds(phrase_integer(phrase_new("live.sink_losses"), "n", live->sink_losses), "deaf",
                          live->deaf_us));
    if (live->losses > 0 || live->away_us > 0)
        say(page,
            seconds(phrase_integer(phrase_new("live.losses"), "n", live->losses), "away", live->away_us));
}

void html_write_engine_live(Page *page, const ResultsEngineLive *live, int64_t pictures)
{
    write_shown(page, live, pictures);
    write_delay(page, live);
    write_messages(page, live);
}
