/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_draw.h"

#include "results/fields.h"

#include <math.h>
#include <string.h>

/* ---- the claim */

/* "10 %", "0.1", "0,1": in millionths; -1: none, or with more digits than a millionth has. */
static int64_t parse_share(const char *text)
{
    g_autofree char *plain = g_strstrip(g_strdup(text));
    const size_t length = strlen(plain);
    const bool percent = length > 0 && plain[length - 1] == '%';
    if (percent)
        plain[length - 1] = '\0';
    g_strchomp(plain);
    if (g_str_has_suffix(plain, "\u00a0") || g_str_has_suffix(plain, "\u202f"))
        *g_utf8_prev_char(plain + strlen(plain)) = '\0';
    g_strdelimit(plain, ",", '.');
    const char *point = strchr(plain, '.');
    const size_t decimals = point != NULL ? strlen(point + 1) : 0;
    if (*plain == '\0' || strspn(plain, "0123456789") + (point != NULL ? decimals + 1 : 0) != strlen(plain) ||
        (point != NULL && (decimals == 0 || strspn(point + 1, "0123456789") != decimals)) ||
        decimals > (percent ? 4 : 6) || strlen(plain) > 12)
        return -1;
    return (int64_t)(g_ascii_strtod(plain, NULL) * (percent ? 1e4 : 1e6) + 0.5);
}

FiniteOp survey_claim_op(const ResultsSurveyClaim *claim)
{
    int op = FINITE_AT_MOST;
    while (strcmp(finite_op_names[op], claim->op) != 0)
        op++;
    return (FiniteOp)op;
}

bool survey_claim_parse(const char *text, ResultsSurveyClaim *claim)
{
    const char *rest = text + strspn(text, " ");
    static const char *const written[][2] = {{"<=", "<="}, {">=", ">="}, {"≤", "<="},
                                             {"≥", ">="},  {"<", "<"},   {">", ">"}};
    for (size_t i = 0; i < G_N_ELEMENTS(written); i++) {
        if (!g_str_has_prefix(rest, written[i][0]))
            continue;
        const int64_t limit = parse_share(rest + strlen(written[i][0]));
        claim->op = written[i][1];
        claim->limit_millionths = limit;
        const FiniteOp op = survey_claim_op(claim);
        /* “at most all” and “at least none” hold of every log, “less than none” and “more than all” of none
         */
        return limit >= 0 && limit <= FINITE_MILLION &&
               !(limit == FINITE_MILLION && (op == FINITE_AT_MOST || op == FINITE_MORE)) &&
               !(limit == 0 && (op == FINITE_AT_LEAST || op == FINITE_LESS));
    }
    return false;
}

/* ---- the draw */

LotsSeed survey_draw_key(const char *seed, const char *log_sha256)
{
    LotsSeed key;
    gsize length = sizeof key.bytes;
    g_autofree char *text = g_strdup_printf(SURVEY_DRAW_SCHEMA "\n%s\n%s\n", seed, log_sha256);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_get_digest(checksum, key.bytes, &length);
    return key;
}

/* A new one each time; caller frees. */
static char *make_id(const LotsSeed *key, GHashTable *ids, uint64_t *n)
{
    static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";
    for (;;) {
        uint64_t lot = lots_draw(key, "ids", (*n)++);
        char id[9] = "";
        for (size_t i = 0; i < 8; i++, lot /= strlen(letters))
            id[i] = letters[lot % strlen(letters)];
        char *made = g_strdup(id);
        if (g_hash_table_add(ids, made))
            return g_strdup(id);
    }
}

typedef struct {
    const ListedAlert *alert;
    int64_t stratum;
} Lot;

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    const Lot *x = a, *y = b;
    return x->alert->line < y->alert->line ? -1 : x->alert->line > y->alert->line;
}

/* Of Lot, in the log's order; caller unrefs. */
static GArray *draw_lots(const SurveyPopulation *population, const LotsSeed *key)
{
    GArray *lots = g_array_new(FALSE, FALSE, sizeof(Lot));
    for (size_t s = 0; s < population->count; s++) {
        const GPtrArray *members = g_ptr_array_index(population->members, s);
        g_autofree char *purpose =
            g_strdup_printf("stratum/%s", (const char *)g_ptr_array_index(population->names, s));
        g_autoptr(GPtrArray) shuffled = g_ptr_array_new();
        for (guint i = 0; i < members->len; i++)
            g_ptr_array_add(shuffled, g_ptr_array_index(members, i));
        lots_shuffle(key, purpose, shuffled);
        for (guint i = 0; i < (guint)population->strata[s].drawn; i++) {
            const Lot lot = {g_ptr_array_index(shuffled, i), (int64_t)s};
            g_array_append_val(lots, lot);
        }
    }
    g_array_sort(lots, compare_lines);
    return lots;
}

static ResultsStrings strings_of(const char *const *words)
{
    static const char *const none[] = {NULL};
    if (words == NULL)
        return (ResultsStrings){0, none};
    return (ResultsStrings){g_strv_length((char **)(uintptr_t)words), words};
}

/* A list of a record, also of none. */
#define LIST_OF(array, member)                                                       \
    (g_array_set_size((array), (array)->len + 1), (member).count = (array)->len - 1, \
     (member).at = (const void *)(array)->data)

json_t *survey_draw_make(const AlertList *list, const SurveyPopulation *population, const SurveyOrder *order,
                         const GArray *earlier)
{
    const char *seed = order->seed != NULL ? order->seed : list->sha256;
    const LotsSeed key = survey_draw_key(seed, list->sha256);
    g_autofree char *log = g_path_get_basename(order->log);
    g_autofree char *map = order->map != NULL ? g_path_get_basename(order->map) : NULL;
    g_autoptr(GArray) lots = draw_lots(population, &key);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) alerts = g_array_new(FALSE, TRUE, sizeof(ResultsSurveyAlert));
    g_autoptr(GArray) strata = g_array_new(FALSE, TRUE, sizeof(ResultsSurveyStratum));
    g_autoptr(GArray) before = g_array_new(FALSE, TRUE, sizeof(ResultsSurveyEarlier));
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    uint64_t n = 0;
    for (guint i = 0; i < lots->len; i++) {
        const Lot *lot = &g_array_index(lots, Lot, i);
        const ListedAlert *from = lot->alert;
        char *id = make_id(&key, ids, &n);
        g_ptr_array_add(owned, id);
        const ResultsSurveyAlert alert = {.id = id,
                                          .stratum = lot->stratum,
                                          .line = from->line,
                                          .behaviour = from->behaviour,
                                          .camera = from->camera,
                                          .clip = from->clip,
                                          .time = from->time,
                                          .number = from->number,
                                          .picture = from->picture,
                                          .treated = from->treated};
        g_array_append_val(alerts, alert);
    }
    for (size_t s = 0; s < population->count; s++) {
        const ResultsSurveyStratum stratum = {.name = g_ptr_array_index(population->names, s),
                                              .population = population->strata[s].population,
                                              .drawn = population->strata[s].drawn};
        g_array_append_val(strata, stratum);
    }
    g_array_append_vals(before, earlier->data, earlier->len);
    ResultsSurveyDraw draw = {.schema = SURVEY_DRAW_SCHEMA,
                              .program = VSAUDIT_VERSION,
                              .seed = seed,
                              .seed_from = order->seed != NULL ? "given" : "log",
                              .again = order->again,
                              .log = {.file = log,
                                      .sha256 = list->sha256,
                                      .map = map,
                                      .map_sha256 = list->map_sha256,
                                      .rows = list->rows,
                                      .repeated = list->repeated,
                                      .ignored = list->ignored + list->ignored_places,
                                      .joined = list->joined + list->alone,
                                      .renumbered = list->renumbered,
                                      .untreated = population->untreated,
                                      .says_treated = results_bool(population->says_treated),
                                      .treated = strings_of(order->treated)},
                              .by = strings_of(order->by),
                              .population = population->population,
                              .drawn = lots->len,
                              .method = finite_choose(population->strata, population->count, order->level) ==
                                                FINITE_FISHER
                                            ? "fisher"
                                            : "pooled-binomial",
                              .level = order->level,
                              .claim = order->claim};
    if (order->claim.op == NULL)
        results_blank(&result_survey_claim, &draw.claim);
    LIST_OF(strata, draw.strata);
    LIST_OF(before, draw.earlier);
    LIST_OF(alerts, draw.alerts);
    return results_dump(&result_survey_draw, &draw);
}
