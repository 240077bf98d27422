/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the loaders of scenarios and audits share. */
#ifndef VSAUDIT_CONFIG_SCENARIO_INTERNAL_H
#define VSAUDIT_CONFIG_SCENARIO_INTERNAL_H

#include "config/scenario.h"

typedef struct {
    Audit *audit;
    const char *dataset_override, *catalogue_override; /* or NULL */
    GHashTable *datasets; /* char * canonical path -> Dataset *, NULL when it could not be loaded */
    Problems *problems;
} AuditLoading;

extern const YamlTable audit_table, scenario_table, system_table, claim_table, reading_table, condition_table,
    selection_table, legal_table, prevalence_table, network_table, looks_table;

/* For FIELD_CUSTOM; each fills the members of the Scenario that begin at its field's offset. */
void scenario_read_conditions(YamlReader *reader, const YamlNode *node, void *member); /* conditions */
void scenario_read_selection(YamlReader *reader, const YamlNode *node, void *member);  /* clip_ids */
void scenario_read_legal(YamlReader *reader, const YamlNode *node, void *member);      /* decree_2023_828 */
void scenario_read_prevalence(YamlReader *reader, const YamlNode *node, void *member); /* prevalence */
void scenario_read_sweep(YamlReader *reader, const YamlNode *node, void *member);      /* sweep */
void scenario_read_semantics(YamlReader *reader, const YamlNode *node, void *member);  /* wordings */
ConditionSpec *scenario_as_recorded(int line);
/* What the claims (the list `node`) name must be there: systems, conditions, a prevalence. */
void scenario_check_claims(YamlReader *reader, const YamlNode *node, const Scenario *scenario);

/* A system's sweep and variants; expand once its members are read. */
void sweep_prepare(SystemSpec *system);
void sweep_expand(YamlReader *reader, const YamlNode *node, SystemSpec *system);
void sweep_clear(SystemSpec *system);
void sweep_variant_free(SystemSpec *variant);

/* A system's wordings. Check tells which wording or parameter there is not; expand makes one system of each,
 * once everything has been read. */
void wordings_prepare(SystemSpec *system);
void wordings_check(YamlReader *reader, const YamlNode *item, const char *behaviour, const SystemSpec *system,
                    const char *context);
void wordings_expand(Scenario *scenario);
void wordings_clear(SystemSpec *system);
/* Tells what is wrong with the params. */
void scenario_check_options(YamlReader *reader, const OptionRow *options, size_t size,
                            const ParamList *params, const char *context);

/* Whether a detector's files, which a bundle holds, may be read; tells it. */
void scenario_check_model_files(YamlReader *reader, const ParamList *perception);

/* The dataset at `path`, loaded once; NULL when it has problems (reported the first time). */
Dataset *audit_find_dataset(AuditLoading *loading, const char *path);

#endif
