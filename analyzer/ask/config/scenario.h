/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios and audits, as loaded from YAML. The loader's tables in config/ are the definition of the format.
 */
#ifndef VSAUDIT_CONFIG_SCENARIO_H
#define VSAUDIT_CONFIG_SCENARIO_H

#include "config/bearing.h"
#include "config/catalogue.h"
#include "config/dataset.h"
#include "config/dossier.h"
#include "config/probes.h"
#include "config/system_kind.h"
#include "records/claim.h"
#include "records/option.h"
#include "yaml/yaml_table.h"

struct SystemSpec {
    char *id;
    unsigned kind;             /* place in system_kind_names; see system_kind() */
    ParamList *params;         /* reference: the behaviour's parameters; never NULL */
    char *path;                /* alerts: the log, resolved against the YAML's folder; else NULL */
    char *annotator;           /* annotator: which of the dataset's; else NULL */
    char *after_validation_of; /* alerts: the system whose alerts people had looked at; else NULL */
    char *title;               /* or NULL */
    GPtrArray *sweep;          /* reference: of ParamList *, the values to try of one parameter each */
    GPtrArray *wordings; /* of char *: whose words the rule follows (behaviours/semantics.h); none: our own.
                            More than one only while loading: then each makes a system, see wordings_expand */
    char *family;        /* the id in the file of a system that was made from a list of wordings; else NULL */
    GPtrArray *passed_over; /* of char *: parameters stated for the family that this wording does not have */
    GPtrArray *variants;    /* of SystemSpec *: the system with each combination of these values, id
                               "reference/on_delay=2,limit=5"; a variant's own sweep and variants are NULL */
    void *options;       /* the kind's own keys (SystemKind.options); NULL: it has none. A variant's are its
                            system's */
    const void *variant; /* of a variant of a program: what it is told otherwise; else NULL */
    int line;
};

typedef struct {
    char *id;     /* "as-recorded" */
    char *filter; /* libavfilter graph; NULL = as recorded */
    TextPair title;
    int line;
} ConditionSpec;

/* Whose product a claim is about. */
typedef enum {
    CLAIM_ABOUT_THIS_SYSTEM,     /* the one that runs */
    CLAIM_ABOUT_ANOTHER_PRODUCT, /* one that was not run: no verdict on it */
    CLAIM_ABOUT_NOT_STATED,      /* what has a source is about a product; our own rules are none */
} ClaimAbout;

typedef struct {
    char *id;
    char *text;       /* the claim's own words */
    char *language;   /* which they are in, "fr"; NULL: not stated */
    TextPair source;  /* both NULL when not stated */
    char *date;       /* ISO date or NULL */
    TextPair read_as; /* the reading as the audit words it; both NULL: not worded */
    ClaimAbout about;
    bool paraphrase; /* `text` is what was said in the audit's words */
    ClaimMetric metric;
    bool at_most;            /* op "<=" (true) or ">=" (false) */
    bool within;             /* op "within": both; for the metrics that compare */
    double value;            /* limit; the margin of METRIC_MISS_DIFFERENCE */
    char *against;           /* for the metrics that compare: the other system, or NULL */
    char *against_condition; /* … or the other condition, or NULL; exactly one of the two */
    double alpha;            /* 0.05 */
    double viewing_speed, setup_share, review_s,
        p_miss_limit;             /* for METRIC_ANALYSIS_TIME; NAN = not stated */
    ClaimScope scope;             /* as stated, else the scenario's */
    LooksSpec looks;              /* likewise; owned */
    bool confirmatory;            /* one of the claims that the audit is about: p is adjusted over them */
    TextPair not_testable_reason; /* for METRIC_NONE */
    char *system;                 /* the system that the claim is about; NULL = every system */
    char *condition;              /* under which it is judged; NULL = as recorded */
    int line;
} Claim;

/* The cameras that a system is meant to watch, and who looks at its alerts. */
typedef struct {
    int64_t cameras; /* 0 = no network stated */
    double hours_per_day;
    int64_t operators; /* at work at any time; 0 = not stated */
    double shift_hours;
    char *source; /* where the figures are from */
} NetworkSpec;

struct Scenario {
    char *id, *file, *sha256;
    int64_t version;
    TextPair title, definition, onset_rule, end_rule;
    char *behaviour;           /* id, exists in the registry */
    int64_t decree_2023_828;   /* 1..8; 0 = outside the list; -1 = not stated */
    GPtrArray *hard_negatives; /* of char * */
    char *dataset_path;        /* as written; NULL when not stated (then an override is needed) */
    Dataset *dataset;          /* owned by the audit's cache; see Audit */
    GPtrArray *clip_ids, *clip_tags,
        *exclude_tags;     /* of char *: which clips; all empty = all clips annotated for the behaviour */
    GPtrArray *systems;    /* of SystemSpec * */
    GPtrArray *conditions; /* of ConditionSpec *; never empty */
    char *protocol;        /* "eval-2" */
    ParamList *protocol_params; /* overrides, checked by scoring */
    ParamList *perception;      /* never NULL */
    GPtrArray *strata;          /* of char * attribute names */
    bool people_groups;         /* whether strata that describe people are shown; false by default */
    double prevalence;          /* true events per camera-hour in deployment; NAN = not stated */
    char *prevalence_source;
    NetworkSpec network; /* to which the alert load is extrapolated */
    ClaimScope scope;    /* of the claims that state none; never CLAIM_SCOPE_NOT_STATED */
    LooksSpec looks;     /* of the claims that state none */
    GPtrArray *claims;   /* of Claim * */
};

typedef struct {
    char *id, *file, *sha256; /* file is NULL for an audit made up of scenarios named on the command line */
    TextPair title, summary;
    TrialSpec trial;      /* which law bound it; all NULL when the audit does not say */
    Dossier dossier;      /* identity, system, what the public was told, opinions, replies */
    Catalogue *catalogue; /* of obligations; never NULL */
    GPtrArray *scenarios; /* of Scenario * */
    GPtrArray *datasets;  /* of Dataset *, each loaded once */
    ProbesSpec probes;    /* none is asked where no audit says so */
} Audit;

/* Loads an audit, or makes one of the scenario files given. `dataset_override` (or NULL) replaces every
 * scenario's dataset. */
Audit *audit_load(const char *const *paths, size_t count, const char *dataset_override, GError **error);
/* The same with every problem collected: NULL when there were any. */
Audit *audit_read(const char *const *paths, size_t count, const char *dataset_override, Problems *problems);
/* What the command line puts in place of what the files name; NULL members leave it. */
typedef struct {
    const char *dataset, *catalogue;
} AuditOverrides;
Audit *audit_load_with(const char *const *paths, size_t count, const AuditOverrides *overrides,
                       GError **error);
Audit *audit_read_with(const char *const *paths, size_t count, const AuditOverrides *overrides,
                       Problems *problems);
/* A clip of one of the audit's data sets, which owns it; NULL when either name (may be NULL) is not there. */
Clip *audit_find_clip(const Audit *audit, const char *dataset, const char *clip);
void audit_free(Audit *audit); /* NULL is fine */
/* Takes a system out of the scenario and frees it. */
void scenario_remove_system(Scenario *scenario, guint index);
void scenario_remove_condition(Scenario *scenario, guint index); /* likewise */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Audit, audit_free)
/* The clips of a scenario, in the dataset's order: those annotated for its behaviour, chosen by id or by one
 * of the tags (all when neither is given), without those that have an excluded tag. Array of const Clip *,
 * caller unrefs. */
GPtrArray *scenario_clips(const Scenario *scenario);
/* Whether a clip of that id would be among them, had anybody watched it for the behaviour. */
bool scenario_lacks_coverage(const Scenario *scenario, const char *clip);
/* "onvif": whose words the system's rule follows; NULL when it was not said (then our own). */
const char *system_semantics(const SystemSpec *system);
const char *claim_operator_name(const Claim *claim); /* "<=", ">=", "within" */
const SystemKind *system_kind(const SystemSpec *system);

#endif
