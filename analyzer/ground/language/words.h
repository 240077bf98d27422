/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers inside sentences, in English and French: decimal comma, narrow no-break spaces before units and
 * high punctuation and between thousands in French. Independent of the locale. */
#ifndef VSAUDIT_LANGUAGE_WORDS_H
#define VSAUDIT_LANGUAGE_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { LANGUAGE_EN, LANGUAGE_FR } Language;

/* "0.00545", "0,00545": so many significant digits, without trailing zeros, never an
 * exponent; "—" for NAN, "∞" for infinity. */
char *words_number(Language language, double value, int digits);
/* "1,234" or "1 234". */
char *words_integer(Language language, int64_t value);
/* "12 events"; French takes the singular for 0 and 1, English for 1. */
char *words_count(Language language, int64_t value, const char *singular, const char *plural);
/* "12.5%" or "12,5 %", three significant digits, or as many as keep a smaller share from becoming 100%; "—"
 * for NAN. */
char *words_percent(Language language, double share);
/* A probability of a test, wherever one is printed: "p = 0.00545" with three significant digits, "p <
 * 0.0001", "p > 0.99". */
char *words_p(Language language, double p);
/* The same without its name: "0.00545", "< 0.0001", "> 0.99"; "—" for NAN. */
char *words_p_value(Language language, double p);
/* Replaces a space before : ; ! ? % » and after « by the narrow no-break space. Takes and returns a string.
 */
char *words_french_spaces(char *text);

#endif
