/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the footage is from, who marked it and who had a stake in the test: `sampling` and `annotation` of a
 * data set (those of an audit hold for its data sets that have none), `conflict_of_interest` of an audit. */
#ifndef VSAUDIT_CONFIG_PROVENANCE_H
#define VSAUDIT_CONFIG_PROVENANCE_H

#include "records/provenance.h"
#include "yaml/yaml_table.h"

typedef struct {
    char *from, *to; /* YYYY, YYYY-MM or YYYY-MM-DD, both within it; NULL = not filled in */
} Period;

typedef struct {
    bool given;          /* the key is there */
    int how;             /* SamplingWay or NOT_FILLED_IN */
    int chosen_by;       /* Party or NOT_FILLED_IN */
    TextPair chooser;    /* their name */
    TextPair purpose;    /* for what it was chosen */
    TextPair stands_for; /* the cameras, places and times that it is to stand for */
    Period period;       /* the time that it is to stand for */
    GArray *hours;       /* of double: of the day, from and to; [22, 6] is over midnight; empty: all of it */
} Sampling;

typedef struct {
    int figure; /* AgreementFigure or NOT_FILLED_IN */
    double value;
} StatedAgreement;

typedef struct {
    bool given;
    TextPair by;    /* who marked the footage */
    int64_t people; /* how many marked each clip, apart from one another; 0 = not filled in */
    int blind;      /* YesOrNo or NOT_FILLED_IN: none of them knew what the systems said */
    int absence;    /* likewise: all was watched, so that where nothing is marked there is nothing */
    StatedAgreement agreement;
} Annotation;

typedef struct {
    bool given;
    int ran_by, paid_by; /* Party or NOT_FILLED_IN */
    TextPair declared;   /* in the audit's own words */
} Interests;

extern const YamlTable sampling_table, annotation_table, interests_table;

/* What the clips contradict: `node` is the data set's, or the audit's, where the keys stand; the arrays are
 * those of a Dataset. A clip that was recorded outside of the period, footage that was drawn, fewer people
 * than annotators. */
typedef struct {
    const GPtrArray *clips, *annotators;
    bool synthetic;
    const char *dataset; /* its id */
} ProvenanceFacts;
void provenance_check(YamlReader *reader, const YamlNode *node, const Sampling *sampling,
                      const Annotation *annotation, const ProvenanceFacts *facts);

#endif
