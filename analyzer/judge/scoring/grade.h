/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How certain a verdict is, after the manner of GRADE (Schünemann, Brożek, Guyatt, Oxman: GRADE handbook,
 * October 2013, section 5): a verdict begins at “high” and is lowered for reasons, in five domains, each by
 * two levels at most, to “moderate”, “low” and “very low”. Sums are not below the last.
 *
 * As there: the four levels, the domains risk of bias, inconsistency, indirectness and imprecision, one level
 * for a serious reason and two for a very serious one, reasons named beside the level. Not as there: the
 * reasons are a table (grade.c) that a program applies, not the judgement of people; every test begins at
 * “high”, being a measurement and no observation of treatments; nothing raises a level; the fifth domain is
 * “reporting” (was the plan locked, who had a stake) in place of publication bias, of which one test can say
 * nothing; a figure stands behind every reason.
 *
 * What is not filled in lowers as much as the worst answer would: nobody gains by a blank, and a blank
 * accuses nobody. No certainty where no verdict was reached: the verdict says already that the data do not
 * decide. */
#ifndef VSAUDIT_SCORING_GRADE_H
#define VSAUDIT_SCORING_GRADE_H

#include "language/phrase.h"
#include "records/provenance.h"

#include <glib.h>
#include <stdbool.h>

#define GRADE_CAMERAS 20 /* below, few kinds of place are seen; a verdict needs ten (scoring/places.h) */
#define GRADE_HOURS 24.0 /* camera-hours; below, there is not one day of one camera */
#define GRADE_LITTLE 1.0 /* camera-hours; below, no figure per day is a headline (reports/README.md) */
#define GRADE_CASES 50.0 /* of a share; 90 % at 95 % confidence needs 49 of 50 (UFGS 13703N) */
#define GRADE_SHARE                                                                                   \
    0.05                /* what is not usable may be this much; a season or a part of the day that is \
                               covered has at least this much of the footage */
#define GRADE_KAPPA 0.6 /* below, agreement is less than substantial (Landis and Koch 1977) */
#define GRADE_F1 0.8    /* below, of ten events two are one person’s alone */
enum { GRADE_QUARTERS = 4, GRADE_DOMAIN_MOST = 2 };

typedef enum { GRADE_HIGH, GRADE_MODERATE, GRADE_LOW, GRADE_VERY_LOW } GradeLevel;
typedef enum {
    GRADE_BIAS,          /* how truth and alerts were established */
    GRADE_INCONSISTENCY, /* whether cameras say the same */
    GRADE_INDIRECTNESS,  /* whether the footage stands for the places */
    GRADE_IMPRECISION,   /* whether there is enough of it */
    GRADE_REPORTING,     /* whether the plan was fixed, and who had a stake */
    GRADE_DOMAINS
} GradeDomain;
typedef enum {
    GRADE_STATE_NONE,
    GRADE_STATE_FOUND,        /* in the data, or in what the audit says */
    GRADE_STATE_UNKNOWN,      /* the audit says that it is not known */
    GRADE_STATE_NOT_FILLED_IN /* the audit says nothing */
} GradeState;

/* By these; NULL-terminated, the words of results.json; "certainty.level.high" and so on are for people. */
extern const char *const grade_levels[], *const grade_domains[], *const grade_states[];

typedef enum { GRADE_LOCK_NONE, GRADE_LOCK_HELD, GRADE_LOCK_CHANGED } GradeLock;

/* What is known of a verdict that was reached. Counts below 0, and figures that are NAN, are not known, and
 * give no reason. */
typedef struct {
    bool of_places; /* the verdict speaks of places like these (scoring/scope.h) */
    bool drawn;     /* the footage is drawn: nobody chose or marked it, it has no season */
    bool is_share;  /* so many of so many: cases count, not hours */
    int64_t clips;  /* that were judged */
    /* sampling */
    int how, chosen_by;                  /* SamplingWay, Party or NOT_FILLED_IN */
    double dated_us, undated_us;         /* of scored time: on clips that say when they were recorded */
    double by_season_us[GRADE_QUARTERS]; /* of the dated: December to February first */
    double by_day_us[GRADE_QUARTERS];    /* of the dated: midnight to six first */
    unsigned seasons_due, day_due;       /* bits of those that the footage is to stand for */
    /* amount */
    int64_t cameras;
    double camera_hours;
    double cases;            /* the events or alerts of which it is a share */
    double low, high, limit; /* interval of the figure (two-sided), and the claim's limit */
    /* annotation */
    int64_t people;     /* 0: not filled in */
    int blind, absence; /* YesOrNo or NOT_FILLED_IN */
    double kappa, f1;   /* the lowest agreement that was measured or stated */
    /* cameras */
    double differ_p; /* p that cameras are alike, where that was found to be doubtful; else NAN */
    /* what was usable */
    int64_t mended_clips, failed_clips; /* failed ones are not among `clips` */
    int64_t alerts, unwatched;          /* of a log, and of them in time that nobody watched */
    double seen_us, unseen_us;          /* scored time; time in which no picture vouches, or was decoded */
    int64_t pictures, dropped;          /* that a running system was shown, and of them not taken */
    int64_t probes, probes_failed;      /* that apply */
    int64_t capsule, capsule_failed;    /* findings on the system's log that apply */
    /* reporting */
    GradeLock lock;
    int64_t claims;                  /* of the audit */
    int64_t lock_late, lock_changes; /* made after the first replay; other changes */
    int ran_by, paid_by;             /* Party or NOT_FILLED_IN */
} GradeFacts;

/* Nothing known. */
GradeFacts grade_no_facts(void);

typedef struct GradeReason GradeReason;
typedef struct {
    const GradeReason *reason;
    GradeState state;
    double figure, of;              /* what the reason cites; `of` is NAN where it is no part of anything */
    int chosen_by, ran_by, paid_by; /* of the facts */
} GradeFound;

const char *grade_key(const GradeFound *found); /* "chosen_by_hand" */
GradeDomain grade_domain(const GradeFound *found);
int grade_lowers(const GradeFound *found); /* 1 or 2 */
/* In words, with its figure: "certainty.reason.KEY". Caller frees. */
Phrase *grade_sentence(const GradeFound *found);

/* The reasons that hold, in the order of the table: of GradeFound; caller unrefs. */
GArray *grade_reasons(const GradeFacts *facts);
/* By how many levels they lower: `by_domain` are sums of their levels. */
int grade_lowered(const int by_domain[GRADE_DOMAINS]);
GradeLevel grade_level(int lowered);

/* What a period makes due: bits of the seasons from the month `from` of a year to the month `to` of a year
 * (1 to 12), and of the quarters of the day from an hour to an hour (0 to 24; over midnight when the first is
 * the later one). */
unsigned grade_seasons(int from_year, int from_month, int to_year, int to_month);
unsigned grade_day(double from_hour, double to_hour);
int grade_season_of(int month); /* 0: December to February */

#endif
