/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the reports in one language, and how that language writes numbers.
 *
 * Texts come from reports/texts/<language>.json, built into the program. A text may hold places in braces
 * ("{n} clips"), and a choice by a number ("{n?clip|clips}", whose forms may hold places); a text that counts
 * has as many forms as its language, "key.one" and "key.other". The keys "language.…" of the file say how
 * the language writes:
 *   name            what its speakers call it: “Français”
 *   this_report     what a link to the report in it says: “Ce rapport en français”
 *   order           where it stands among the languages: “1”
 *   decimal, thousands, percent, bound_space
 *                   decimal sign; what parts groups of three digits; what follows the number of a
 *                   percentage; what stands after < and >
 *   plural          “one” (1 is one, all else many), “below-two” (so is 0 to 1.9), “none”, “one-few-many”
 *   narrow_before, narrow_after
 *                   marks beside which a blank is narrow and never broken
 *   units           units of measure, parted by blanks: none is parted from its number at the end of a line
 *   apostrophe      what ' between two letters becomes */
#ifndef VSAUDIT_LANGUAGE_TEXTS_H
#define VSAUDIT_LANGUAGE_TEXTS_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Texts Texts;

/* The codes of the languages that there are texts for, NULL-terminated, in the order in which reports name
 * them: "fr", "en". A file in reports/texts/ is a language; nothing else names it. */
const char *const *texts_languages(void);
/* The texts of a language, for sentences outside a report; NULL when there are none. They live as long as the
 * program. What a language lacks is said in English. Safe from any thread. */
const Texts *texts_of(const char *language);
/* One language more, from the text of such a file; `name` is for messages. Before anything is rendered.
 * Fails (INPUT) on what is no JSON object. */
bool texts_add(const char *language, const char *name, const char *text, GError **error);

/* Column heads and notes name the level of the intervals, a share between 0 and 1 (0.95). Fails (USAGE) on a
 * language there are no texts for. */
Texts *texts_new(const char *language, double level, GError **error);
void texts_free(Texts *texts); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Texts, texts_free)
/* The levels of the intervals from now on; several where they differ. */
void texts_set_levels(Texts *texts, const double *shares, size_t count);
const char *texts_language(const Texts *texts);

/* The key must exist: a missing one is a bug, and reads as the key itself so that a report still comes out.
 */
const char *texts_get(const Texts *texts, const char *key);
/* "prefix.name" when there is such a text, else NULL. For words of the data: "over_limit" and "over limit"
 * find "prefix.over-limit". */
const char *texts_find_word(const Texts *texts, const char *prefix, const char *name);
/* The key under which a text for such a word is to be written: "prefix.over-limit". Caller frees. */
char *texts_word_key(const char *prefix, const char *name);
/* The same, else `name` itself (NULL as ""). */
const char *texts_word(const Texts *texts, const char *prefix, const char *name);
/* Of the owner, or of what it belongs to: "prefix.frigate.loitering.name", else "prefix.frigate.name", else
 * "prefix.name", which all share; else NULL. The owner's parts are parted by dots. */
const char *texts_find_owned(const Texts *texts, const char *prefix, const char *owner, const char *name);
/* What an option means (records/option.h), in one line: the text "option_help.OWNER.NAME", or that which its
 * owners share. The owner is a rule ("loitering", "frigate.loitering" for a product's words), "perception",
 * or "protocol.ID". Its name itself when there is none. */
const char *texts_option_help(const Texts *texts, const char *owner, const char *name);
bool texts_has(const Texts *texts, const char *key);
/* Fills the places: name, value, name, value, …, NULL. Where a text chooses by a place (“{hits?…|…}”), its value
 * is a number as this language writes it. Caller frees. */
char *texts_format(const Texts *texts, const char *key, ...) G_GNUC_NULL_TERMINATED;
/* The form of "key" for the number n, with its places filled; {n} is filled by n itself. Caller frees. */
char *texts_count(const Texts *texts, const char *key, int64_t n, ...) G_GNUC_NULL_TERMINATED;
/* The value of {"en": …, "fr": …} or a plain string. Where its own language is lacking, English, else any
 * that is there: *foreign is set to its code, else to NULL. NULL when there is no text. */
const char *texts_pick(const Texts *texts, const json_t *text, const char **foreign);
/* Narrow spaces where a plain one stands beside the language's marks (French: before ; : ! ? % » and after
 * «), and its apostrophe for ' between letters. The texts of the files have been through it. */
char *texts_typography(const Texts *texts, const char *text);

/* The first letter made a capital. Caller frees. */
char *texts_capitalise(const char *text);

/* ---- numbers; callers free */
/* "12 345" / "12,345"; "—" for INT64_MIN, which stands for unknown. */
char *texts_integer(const Texts *texts, int64_t value);
/* With a fixed number of decimals. */
char *texts_decimal(const Texts *texts, double value, int decimals);
/* With `digits` significant digits, whole numbers never rounded to tens. "—" for NAN. */
char *texts_significant(const Texts *texts, double value, int digits);
/* "0.00545", "0,00545": so many significant digits, whole numbers rounded too, without trailing zeros, never
 * an exponent; "—" for NAN, "∞" for infinity. */
char *texts_number(const Texts *texts, double value, int digits);
/* "12.5%" or "12,5 %", three significant digits, or as many as keep a smaller share from becoming 100%; "—"
 * for NAN. */
char *texts_percent(const Texts *texts, double share);
/* A probability of a test, wherever one is printed: "0.0123" with three significant digits, "< 0.0001",
 * "> 0.99"; "—" for NAN. */
char *texts_p(const Texts *texts, double p);
/* With its name: "p = 0.0123", "p < 0.0001". */
char *texts_p_named(const Texts *texts, double p);
/* A date as people write it: "24 November 2026" of "2026-11-24", "November 2026" of "2026-11"; text that is
 * no ISO date stays as it is. What follows the day is left out. */
char *texts_date(const Texts *texts, const char *iso);
/* With the time of day in UTC, of an ISO 8601 time: "24 November 2026, 10:02 UTC". */
char *texts_date_time(const Texts *texts, const char *iso);
/* A time within a clip: "1:02:03.4". */
char *texts_clock(const Texts *texts, int64_t t_us);
/* How long: "42 s", "15 min 42 s", "12.3 h" by size. "—" for NAN. */
char *texts_duration(const Texts *texts, double hours);
/* Seconds with up to two decimals and the unit; "—" for NAN. */
char *texts_seconds(const Texts *texts, double seconds);

/* A value with its interval, at the same step: at most three significant digits, and no more than two
 * significant digits of the interval's width. */
typedef struct {
    char *value;      /* "—" when undefined */
    char *low, *high; /* NULL when there is no interval; "∞" never: an open end is NULL too */
    char *interval;   /* "[low – high]", or NULL */
    char *both;       /* "value [low – high]" */
} NumberText;
/* percent: values are fractions, shown × 100 with the sign. */
void texts_interval(const Texts *texts, double value, double low, double high, bool percent, NumberText *out);
void number_text_clear(NumberText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NumberText, number_text_clear)

#endif
