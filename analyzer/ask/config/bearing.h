/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a legal text bound a trial: by the days on which both were, the country, the use that was made of
 * the software and who made it. What is not stated is never taken for a yes or a no. */
#ifndef VSAUDIT_CONFIG_BEARING_H
#define VSAUDIT_CONFIG_BEARING_H

#include "yaml/yaml_table.h"

/* The words of `applies_to` and of a trial. A text that names none of a kind binds all of it. */
extern const char *const law_uses[];   /* real_time, deferred, statistics */
extern const char *const law_bodies[]; /* state, municipality, transport, shop, vendor */

typedef struct {
    const char *from, *to; /* a text: days, both included, NULL = not known, not ended; a trial: dates as
                              exactly as they are known, NULL = not stated */
    const char *const *countries; /* a text: those of its territory; a trial: one, or none when not stated */
    size_t country_count;
    const char *const *words; /* of law_uses and law_bodies */
    size_t word_count;
} LawReach;

typedef enum {
    LAW_BINDS,         /* all the time */
    LAW_BINDS_IN_PART, /* for certain, for a part of the time at least; whether all of it may be open */
    LAW_MAY_BIND,      /* what would be needed to tell is not stated, or not exactly enough */
    LAW_NOT_YET,       /* it came into force after the trial */
    LAW_NO_LONGER,     /* it had ended before */
    LAW_ELSEWHERE,     /* the trial was in another country */
    LAW_OTHERS,        /* it binds other uses or other bodies */
    LAW_BEARING_COUNT,
} LawBearing;

LawBearing law_bearing(const LawReach *text, const LawReach *trial);

/* What the audit says of the trial that is audited. */
typedef struct {
    char *from, *to; /* as exactly as they are known; NULL = not stated (`to`: or not ended) */
    char *country;   /* two capital letters, ISO 3166-1; NULL = not stated */
    GPtrArray *uses; /* of char *; may be NULL */
    GPtrArray *bodies;
} TrialSpec;

extern const YamlTable trial_table;
/* Reports the items of a list of texts that are none of the words. */
void law_check_words(YamlReader *reader, const YamlNode *list, const char *const *words,
                     const char *const *more);

#endif
