/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft/draft_folder.h"

#include "config/catalogue.h"
#include "config/dossier.h"
#include "config/names.h"
#include "draft/draft_clips.h"
#include "draft/draft_text.h"
#include "records/free.h"
#include "records/save.h"
#include "truth/truth.h"

#include <string.h>

typedef struct {
    char *id;
    const char *path; /* the user's file */
    char *reference;  /* as a YAML file in the folder names it */
    bool native;      /* it is an alert log already */
    char *map;        /* name of the map, when it is none */
} DraftTable;

typedef struct {
    const DraftRequest *request;
    GPtrArray *tables; /* of DraftTable * */
    GPtrArray *names;  /* of char *: of the files to be written, in order */
    GPtrArray *texts;  /* of GString *, in the same order */
} Drafting;

DEFINE_DESTROY(table_free, DraftTable, table, g_free(table->id), g_free(table->reference), g_free(table->map))

static void free_text(gpointer data)
{
    g_string_free(data, TRUE);
}

static GString *add_file(Drafting *drafting, const char *name)
{
    GString *text = g_string_new(NULL);
    g_ptr_array_add(drafting->names, g_strdup(name));
    g_ptr_array_add(drafting->texts, text);
    return text;
}

/* ---- a vendor's table */

static const struct {
    const char *key;
    const char *words; /* of headings, in lower case, between bars */
} usual_headings[] = {
    {"clip", "|clip|file|filename|fichier|video|vidéo|séquence|sequence|"},
    {"camera", "|camera|caméra|cam|source|channel|canal|"},
    {"time", "|time|timestamp|datetime|heure|horodatage|onset|start|début|debut|date heure|date/heure|"},
    {"date", "|date|jour|day|"},
    {"end", "|end|fin|"},
    {"behaviour",
     "|type|event|évènement|événement|evenement|alert|alerte|alarm|alarme|analytics|rule|règle|"},
    {"confidence", "|confidence|confiance|score|probability|probabilité|"},
};

static char find_delimiter(const char *line)
{
    static const char candidates[] = ",;\t|";
    char best = ',';
    guint most = 0;
    for (const char *c = candidates; *c != '\0'; c++) {
        guint count = 0;
        for (const char *at = line; *at != '\0'; at++)
            count += *at == *c;
        if (count > most) {
            most = count;
            best = *c;
        }
    }
    return best;
}

static const char *usual_key(const char *heading)
{
    g_autofree char *lower = g_utf8_strdown(heading, -1), *barred = g_strdup_printf("|%s|", lower);
    for (size_t i = 0; i < G_N_ELEMENTS(usual_headings); i++) {
        if (strstr(usual_headings[i].words, barred) != NULL)
            return usual_headings[i].key;
    }
    return NULL;
}

static const char *name_delimiter(char delimiter)
{
    switch (delimiter) {
    case ';':
        return "semicolon";
    case '\t':
        return "tab";
    case '|':
        return "bar";
    default:
        return "comma";
    }
}

static void append_columns(GString *out, char **headings)
{
    GString *known = g_string_new(NULL);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_string_append(out, "# Its columns:");
    for (char **heading = headings; *heading != NULL; heading++) {
        g_strstrip(*heading);
        const size_t length = strlen(*heading);
        if (length >= 2 && **heading == '"' && (*heading)[length - 1] == '"') {
            (*heading)[length - 1] = '\0';
            memmove(*heading, *heading + 1, length - 1);
        }
        g_string_append_printf(out, " “%s”", *heading);
        const char *key = usual_key(*heading);
        if (key == NULL || !g_hash_table_add(taken, (gpointer)key))
            continue;
        g_string_append_printf(known, "  %s: ", key);
        draft_append_quoted(known, *heading);
        g_string_append(known, "  # by its name: check it\n");
    }
    g_string_append_printf(out, "\ncolumns:\n%s", known->str);
    if (!g_hash_table_contains(taken, "time"))
        g_string_append(out, "  time:  # which column\n");
    g_string_free(known, TRUE);
}

/* Spreadsheets save “Unicode text” as UTF-16, which begins with a mark of its byte order. */
static const char *guess_encoding(const char *bytes, size_t length)
{
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
        return "UTF-16";
    return g_utf8_validate(bytes, -1, NULL) ? "UTF-8" : "WINDOWS-1252";
}

static void write_map(Drafting *drafting, DraftTable *table, const char *bytes, size_t length)
{
    table->map = g_strdup_printf("map-%s.yaml", table->id);
    const char *encoding = guess_encoding(bytes, length);
    g_autofree char *text = g_convert(bytes, (gssize)length, "UTF-8", encoding, NULL, NULL, NULL);
    g_autofree char *plain = text != NULL ? g_steal_pointer(&text) : g_utf8_make_valid(bytes, -1);
    const char *start = g_str_has_prefix(plain, "\xef\xbb\xbf") ? plain + 3 : plain;
    g_autofree char *line = g_strndup(start, strcspn(start, "\r\n"));
    const char delimiter = find_delimiter(line);
    const char split[] = {delimiter, '\0'};
    g_auto(GStrv) headings = g_strsplit(line, split, -1);
    GString *out = add_file(drafting, table->map);
    g_string_append_printf(
        out,
        "# How %s is to be read. Check every line against the file and the vendor's manual, then\n"
        "#   vsaudit import alert-log %s --map %s --dataset dataset.yaml -o alerts-%s.csv\n"
        "schema: vsaudit/alert-map/1\n",
        table->reference, table->reference, table->map, table->id);
    g_string_append_printf(out, "delimiter: %s\nencoding: %s\n", name_delimiter(delimiter), encoding);
    append_columns(out, headings);
    g_string_append(
        out, "# seconds, hh:mm:ss, or a clock's date and time such as \"%d/%m/%Y %H:%M:%S\"\ntime: seconds\n"
             "# The log's words for kinds of alert, and what they are here:\n# behaviours: {");
    g_string_append_printf(out, "\"word in the log\": %s}\n", drafting->request->behaviours[0]);
    g_string_append(out, "# ignore: [\"word\"]\n# cameras: {\"name in the log\": name in dataset.yaml}\n");
}

static bool read_table(Drafting *drafting, const char *argument, GError **error)
{
    DraftTable *table = g_new0(DraftTable, 1);
    g_ptr_array_add(drafting->tables, table);
    table->id = draft_split_log(argument, &table->path);
    table->reference = draft_refer(drafting->request, table->path);
    for (guint i = 0; i + 1 < drafting->tables->len; i++) {
        if (strcmp(((const DraftTable *)g_ptr_array_index(drafting->tables, i))->id, table->id) == 0 ||
            strcmp(table->id, "silence") == 0 || strcmp(table->id, "reference") == 0) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--alerts: found the system “%s” a second time, expected a name of its own for each: "
                        "--alerts NAME=%s",
                        table->id, table->path);
            return false;
        }
    }
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(table->path, &bytes, &length, error)) {
        g_prefix_error(error, "%s: ", table->path);
        (*error)->domain = VSAUDIT_ERROR;
        (*error)->code = VSAUDIT_ERROR_INPUT;
        return false;
    }
    table->native = truth_guess_kind(bytes, length) == TRUTH_KIND_ALERTS;
    if (!table->native)
        write_map(drafting, table, bytes, length);
    return true;
}

/* ---- scenarios and audit */

static void write_scenario(Drafting *drafting, const char *id)
{
    g_autofree char *name = g_strdup_printf("scenario-%s.yaml", id);
    GString *out = add_file(drafting, name);
    draft_append_scenario_head(out, id);
    g_string_append(out, "systems:\n  - {id: reference, kind: reference}  # the built-in, open rule; its "
                         "parameters: vsaudit list "
                         "behaviours\n");
    for (guint i = 0; i < drafting->tables->len; i++) {
        const DraftTable *table = g_ptr_array_index(drafting->tables, i);
        g_autofree char *log =
            table->native ? g_strdup(table->reference) : g_strdup_printf("alerts-%s.csv", table->id);
        g_string_append_printf(out, "%s{id: %s, kind: alerts, path: ", table->native ? "  - " : "  # - ",
                               table->id);
        draft_append_quoted(out, log);
        g_string_append_printf(out, "}%s%s\n", table->native ? "" : "  # once it is made: see ",
                               table->native ? "" : table->map);
    }
    g_string_append(out, "  - {id: silence, kind: \"null\"}  # never alerts: the floor of every measure\n");
    g_string_append(out, draft_claim_example);
}

static void append_public_information(GString *out)
{
    g_autoptr(Catalogue) catalogue = catalogue_builtin();
    g_string_append(
        out,
        "# What the public was told. What stays out is printed as not filled in, and accuses nobody. A line is a\n"
        "# text, or {text: …, evidence: poster.jpg, date: 2024-03-12}, {state: not_communicated, asked: 2024-03-12},\n"
        "# {state: refused, date: 2024-03-12}, {state: reported, text: …, source: who reports it}, or not_applicable.\n"
        "# public_information:\n");
    for (char **key = catalogue->keys; *key != NULL; key++)
        g_string_append_printf(out, "#   %s: \"\"\n", *key);
}

static void write_audit(Drafting *drafting)
{
    GString *out = add_file(drafting, "audit.yaml");
    g_string_append(
        out,
        "# Take away the sign # before what you know, and fill it in.\nschema: vsaudit/audit/1\nid: audit\n"
        "title: {en: Audit, fr: Audit}\n# summary: the question, in a few sentences\nscenarios: [");
    for (const char *const *id = drafting->request->behaviours; *id != NULL; id++) {
        g_string_append_printf(out, "%sscenario-%s.yaml", id == drafting->request->behaviours ? "" : ", ",
                               *id);
        write_scenario(drafting, *id);
    }
    g_string_append(out, "]\n# Which law bound it is told by when, where, for what and by whom it was used:\n"
                         "# trial: {from: 2024-03, to: 2024-06, country: FR, uses: [real_time], bodies: [municipality]}\n");
    draft_append_keys(out, "identity", &identity_table);
    draft_append_keys(out, "conflict_of_interest", &interests_table);
    draft_append_keys(out, "system", &audited_system_table);
    append_public_information(out);
}

static bool check_behaviours(const DraftRequest *request, GError **error)
{
    g_autofree const char **known = names_behaviours();
    for (const char *const *id = request->behaviours; *id != NULL; id++) {
        if (g_strv_contains(known, *id))
            continue;
        const char *nearest = option_nearest_name(*id, known, g_strv_length((char **)(void *)known));
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found the behaviour “%s”, expected %s%s%s",
                    *id, nearest != NULL ? "perhaps “" : "one of those that “vsaudit list behaviours” prints",
                    nearest != NULL ? nearest : "", nearest != NULL ? "”" : "");
        return false;
    }
    return true;
}

/* All or nothing: whether any of the files is there is looked at first. */
static GPtrArray *write_all(const Drafting *drafting, GError **error)
{
    const char *folder = drafting->request->folder;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < drafting->names->len; i++) {
        char *path = g_build_filename(folder, g_ptr_array_index(drafting->names, i), NULL);
        g_ptr_array_add(paths, path);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: found a file, expected none: a draft writes over nothing", path);
            return NULL;
        }
    }
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made", folder);
        return NULL;
    }
    for (guint i = 0; i < paths->len; i++) {
        const GString *text = g_ptr_array_index(drafting->texts, i);
        if (!save_file(g_ptr_array_index(paths, i), text->str, (gssize)text->len, error))
            return NULL;
    }
    return g_steal_pointer(&paths);
}

GPtrArray *draft_folder_write(const DraftRequest *request, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(table_free);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(free_text);
    Drafting drafting = {request, tables, names, texts};
    if (!check_behaviours(request, error))
        return NULL;
    for (const char *const *log = request->alerts; log != NULL && *log != NULL; log++) {
        if (!read_table(&drafting, *log, error))
            return NULL;
    }
    draft_append_dataset(add_file(&drafting, "dataset.yaml"), request);
    draft_append_truth(add_file(&drafting, "truth.csv"), request);
    write_audit(&drafting);
    return write_all(&drafting, error);
}
