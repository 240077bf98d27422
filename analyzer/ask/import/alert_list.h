/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log of alerts as a plain list, where there are no clips and no truth: what was alerted, where and when by
 * the log's own words. A vendor's table is read with an alert map (import/alert_map.h), whose columns
 * `number`, `picture` and `treated` are for this; a log in our own format without one.
 *
 * Every row is accounted for: rows = alerts + repeated + ignored + ignored_places + joined + alone. */
#ifndef VSAUDIT_IMPORT_ALERT_LIST_H
#define VSAUDIT_IMPORT_ALERT_LIST_H

#include "records/problems.h"

#include <stdint.h>

typedef struct {
    char *behaviour;     /* id */
    char *camera, *clip; /* NULL: not said */
    char *time;          /* as the log writes it, or seconds from the clip's first frame; NULL: not said */
    GDateTime *when;     /* on the clock that the log shows; NULL: no clock */
    char *number;        /* the log's own number of the alert; NULL: not said */
    char *picture;       /* path of its picture, as the log has it; NULL: not said */
    char *treated;       /* what became of it, in the log's words; NULL: not said */
    int64_t line;        /* 1-based; of JSON the row's number */
} ListedAlert;

typedef struct {
    GPtrArray *alerts; /* of ListedAlert *, in the log's order */
    char *sha256;      /* of the log's bytes */
    char *map_sha256;  /* NULL: no map */
    int64_t rows;
    int64_t repeated;       /* that say in all that is read what an earlier one says */
    int64_t ignored;        /* of a kind that the map says to ignore, or not asked for by `only` */
    int64_t ignored_places; /* of a clip or camera that the map says to ignore */
    int64_t joined;         /* that go on with an alert, or end it */
    int64_t alone;          /* ends of alerts that none began */
    int64_t renumbered;     /* alerts whose number an earlier alert has */
} AlertList;

/* `map` NULL: the log is one of our own. NULL when there were problems. */
AlertList *alert_list_read(const char *map, const char *log, Problems *problems);
void alert_list_free(AlertList *list); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlertList, alert_list_free)

#endif
