/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truth/judgements.h"

#include "truth/files.h"

#include <string.h>

enum { ALERT, BEHAVIOUR, DATASET, CLIP, CONDITION, TIME, PICTURE, CLASS, NOTE };

static const Column columns[] = {
    [ALERT] = {"alert", true},      [BEHAVIOUR] = {"behaviour", false}, [DATASET] = {"dataset", false},
    [CLIP] = {"clip", false},       [CONDITION] = {"condition", false}, [TIME] = {"time_s", false},
    [PICTURE] = {"picture", false}, [CLASS] = {"class", true},          [NOTE] = {"note", false},
};

static const char *const names[JUDGEMENT_CLASSES] = {"false", "nuisance", "true_event", "unsure"};

const char *judgement_name(JudgementClass class)
{
    return names[class];
}

static void judgement_free(gpointer data)
{
    g_free(((Judgement *)data)->cause);
    g_free(data);
}

static void read_row(const Row *row, void *user)
{
    static const char prefix[] = "nuisance:";
    GHashTable *judgements = user;
    const char *alert = NULL, *class = row->cells[CLASS].text;
    if (!table_get_text(row, ALERT, &alert) || class == NULL)
        return;
    Judgement judgement = {JUDGEMENT_NUISANCE, NULL, row->line};
    g_autofree char *cause = NULL;
    if (g_str_has_prefix(class, prefix)) {
        cause = g_strstrip(g_strdup(class + strlen(prefix)));
    } else {
        size_t i = 0;
        while (i < JUDGEMENT_CLASSES && (i == JUDGEMENT_NUISANCE || strcmp(names[i], class) != 0))
            i++;
        judgement.class = (JudgementClass)i;
    }
    if (judgement.class == JUDGEMENT_CLASSES || (cause != NULL && *cause == '\0')) {
        table_expected(row, CLASS, "false, nuisance:CAUSE (nuisance:headlights), true_event or unsure");
        return;
    }
    if (g_hash_table_contains(judgements, alert)) {
        table_expected(row, ALERT, "each alert once");
        return;
    }
    judgement.cause = g_steal_pointer(&cause);
    g_hash_table_insert(judgements, g_strdup(alert), g_memdup2(&judgement, sizeof judgement));
}

GHashTable *judgements_load(const char *path, char **sha256, Problems *problems)
{
    static const FileFormat format = {.columns = columns, .count = G_N_ELEMENTS(columns)};
    g_autoptr(GHashTable) judgements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, judgement_free);
    if (!file_load_csv(&format, path, "a CSV file of judgements", read_row, judgements, sha256, problems))
        return NULL;
    return g_steal_pointer(&judgements);
}
