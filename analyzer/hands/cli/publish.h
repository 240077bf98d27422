/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command does once alerts are stored: score, take pictures, write the reports, print the table.
 */
#ifndef VSAUDIT_CLI_PUBLISH_H
#define VSAUDIT_CLI_PUBLISH_H

#include "bundle/inputs.h"
#include "cli/command.h"
#include "config/scenario.h"
#include "evaluate/detail.h"
#include "evidence/evidence.h"
#include "scoring/panel.h"
#include "store/store.h"
#include "systems/system.h"

/* Of the option that run, score and report share. */
#define PROTOCOLS_HELP                                                   \
    "judge by these protocols of the field too: all, or a list such as " \
    "actev-sdl-v2,ilids(window=10,recall_bias=0.5) (see “vsaudit list protocols”)"

/* The same: names the languages that there are texts for. Lives as long as the program. */
const char *publish_languages_help(void);
const char *publish_formats_help(void); /* and the formats */

typedef struct {
    const char *folder;            /* of the run; reports are written into it */
    const char *languages;         /* "fr,en"; NULL = all that there are texts for */
    const char *formats;           /* "html,csv,junit,md"; NULL = all */
    const PanelChoices *protocols; /* judged beside the scenario's; NULL = none */
    bool pictures;                 /* of false alerts and misses; needs the clips */
    EvidenceBlur blur;
    bool films;      /* short clips of what the report shows, too */
    int64_t workers; /* for the pictures */
    bool quiet;      /* print nothing on stdout */

    InputsSpec inputs; /* what the command was given; its lock is that of publish_find_lock */
} PublishOptions;

/* Writes results.json, run.json, the pictures and the reports into the folder and prints the table and the
 * reports' places. Takes the systems; NULL: the alert logs are read here. The results without the events and
 * alerts of their clips (caller owns), or NULL with an error. */
json_t *publish_results(const Audit *audit, Systems *systems, Store *store, const PublishOptions *options,
                        GError **error);
/* Writes the reports of finished results and prints the table unless quiet. `from` is the run's folder with
 * its pictures. */
bool publish_reports(const json_t *results, const Detail *detail, const char *from, const char *to,
                     const char *languages, const char *formats, bool quiet, GError **error);
/* Says on stderr which alerts of the logs are not scored, and what publish_warn_datasets says. */
void publish_warn(const char *command, const Audit *audit, const Systems *systems);
/* Only what is to be said of the datasets: what was mended in their truth, and those files. */
void publish_warn_datasets(const char *command, const Audit *audit);
/* "persons", "all" or "none"; USAGE error else. NULL text = persons. */
bool publish_parse_blur(const char *text, EvidenceBlur *blur, GError **error);
/* "stills" or "clips"; USAGE error else. NULL text = stills. */
bool publish_parse_evidence(const char *text, bool *films, GError **error);
/* The lock file that holds for an audit: the one given (which must be there; INPUT error), else the one
 * beside its first file, else NULL without an error. It is read once, so that a damaged one is told at once.
 * Caller frees. */
char *publish_find_lock(const char *given, const char *first_file, GError **error);
/* Checks the names in comma-separated lists before hours of work. USAGE error. */
bool publish_check_lists(const char *languages, const char *formats, GError **error);

#endif
