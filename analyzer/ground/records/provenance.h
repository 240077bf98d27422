/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words in which an audit says where its footage is from, who marked it, and who had a stake in it. A
 * blank is a value of its own: the audit did not fill it in, and nobody is accused of anything. “Unknown” is
 * another: the audit says that it is not known. */
#ifndef VSAUDIT_RECORDS_PROVENANCE_H
#define VSAUDIT_RECORDS_PROVENANCE_H

#define NOT_FILLED_IN (-1) /* of all three */

/* How the footage was chosen. */
typedef enum { SAMPLING_RANDOM, SAMPLING_WHOLE, SAMPLING_BY_HAND, SAMPLING_UNKNOWN } SamplingWay;
/* Who chose, ran or paid; those whom a verdict may serve stand first. */
typedef enum {
    PARTY_VENDOR,     /* who makes a system that is tested */
    PARTY_OPERATOR,   /* who uses or buys it */
    PARTY_CONTROLLER, /* who answer_words for the processing of the images */
    PARTY_OPPONENT,   /* who works against it */
    PARTY_INDEPENDENT,
    PARTY_UNKNOWN
} Party;
typedef enum { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } YesOrNo;

/* By these; NULL-terminated, the words of YAML and of results.json. */
extern const char *const sampling_words[], *const party_words[], *const answer_words[],
                                                                     *const agreement_figures[];
typedef enum { AGREEMENT_KAPPA, AGREEMENT_F1 } AgreementFigure;

/* The place of a word in one of these lists; NOT_FILLED_IN for NULL and for a word that is not there. */
int provenance_find(const char *const *words, const char *word);

#endif
