/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems under test: where alerts come from. One table of kinds; scoring and reports see no difference
 * between the reference, a vendor's alert log and a system that never alerts. */
#ifndef VSAUDIT_SYSTEMS_SYSTEM_H
#define VSAUDIT_SYSTEMS_SYSTEM_H

#include "capsule/returned.h"
#include "config/scenario.h"
#include "store/store.h"
#include "truth/truth.h"

typedef struct Systems Systems;

/* Reads the alert logs of an audit once each and checks them: INPUT errors name the row (unknown clip,
 * unknown condition, wrong value). The audit must outlive it. */
Systems *systems_new(const Audit *audit, GError **error);
/* The same without the clips of a capsule, which a bundle does not hold. */
Systems *systems_of_bundle(const Audit *audit, GError **error);
/* systems_new with every problem collected: NULL when there were any. */
Systems *systems_read(const Audit *audit, Problems *problems);
/* A log that was read, by the path of a system of kind alerts; NULL when there is none. */
const AlertLog *systems_log(const Systems *systems, const char *path);
void systems_free(Systems *systems); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Systems, systems_free)

/* The alert logs and sealed lists read: [{"kind": "alerts", "seal" or "capsule", "file": base name, "sha256":
 * text}], in no order. Caller owns. */
json_t *systems_describe_logs(const Systems *systems);

/* The capsule that systems of kind capsule answer. */
typedef struct {
    const Seal *seal;
    const char *seal_sha256;
    const char *signer; /* id of the key that signed the capsule; NULL: nobody did */
    int64_t tolerance_us;
    const GPtrArray *returned; /* of Returned *: the logs that came back, each system once */
} SystemsCapsule;

/* False: the audit has none. All belongs to the systems. */
bool systems_capsule(const Systems *systems, SystemsCapsule *capsule);

/* What a system said about one clip under one condition. */
typedef struct {
    GPtrArray
        *alerts; /* of const Alert *, sorted; those of a log belong to the systems, which must outlive it */
    json_t *counters; /* of the reference behaviour; an empty object for other kinds; owned */
    GArray *series;   /* of CountSample: what the reference behaviour counted; NULL for what does not count */
    json_t *engine;   /* of a system that runs: what it is (systems/engine.h); else NULL; owned */
    json_t *said;     /* … what it told of itself on this clip; NULL: nothing (it failed); owned */
    char *reason;     /* a sentence when the system could not judge this clip (then no alerts); else NULL */
    GPtrArray *moved; /* of Alert *: owns those that are not as in their log; NULL: none */
} SystemOutput;

void system_output_clear(SystemOutput *output);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SystemOutput, system_output_clear)

/* The output of `system` (one of scenario->systems) for a clip and condition, whatever its kind. `job` is
 * that of store_find_job for them; its duration bounds the alerts (an alert that begins after the clip's end
 * is an INPUT error). A condition other than "as-recorded" takes the log's rows of that condition.
 * Times are the clip's own, also those of a log on the file's clock once the clip has been replayed. What a
 * log says of the clip's very end began in its last microsecond, as what a program says there. Initialises
 * `output`; false with an error. */
bool systems_collect(Systems *systems, Store *store, const Scenario *scenario, const SystemSpec *system,
                     const Clip *clip, const ConditionSpec *condition, const JobRecord *job,
                     SystemOutput *output, GError **error);

#endif
