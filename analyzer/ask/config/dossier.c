/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/dossier.h"

#include "config/evidence_file.h"
#include "config/partial_date.h"
#include "records/free.h"

#include <string.h>

const char *const statement_states[] = {"given",          "refused",  "not_communicated",
                                        "not_applicable", "reported", NULL};
const char *const voice_roles[] = {"vendor", "operator", "controller", "other", NULL};
const char *const reply_states[] = {"received", "no_reply", "refused", "awaited", NULL};
static const char *const languages[] = {"fr", "en", NULL};

/* ---- statements */

static void read_evidence(YamlReader *reader, const YamlNode *node, void *member)
{
    evidence_file_read(reader, node, member);
}

/* Days, months and years that overlap are in order. */
static void check_not_before(YamlReader *reader, const YamlNode *node, const char *asked, const char *date)
{
    if (asked != NULL && date != NULL && strncmp(date, asked, MIN(strlen(date), strlen(asked))) < 0)
        yaml_expected(reader, yaml_node_get(node, "date"), "a date not before “asked” (%s)", asked);
}

static void check_statement(YamlReader *reader, const YamlNode *node, void *target)
{
    const Statement *statement = target;
    if (statement->state == STATEMENT_GIVEN && yaml_node_get(node, "text") == NULL &&
        yaml_node_get(node, "evidence") == NULL)
        yaml_problem(
            reader, node,
            "found “given” with neither text nor evidence, expected “text”, “evidence” or both: what "
            "was given?");
    if (statement->state == STATEMENT_NOT_COMMUNICATED && yaml_node_get(node, "asked") == NULL)
        yaml_problem(reader, node,
                     "found “not_communicated” without “asked”, expected the day on which it was asked for; "
                     "what nobody asked for is left out");
    if (statement->state == STATEMENT_REFUSED && yaml_node_get(node, "date") == NULL)
        yaml_problem(reader, node, "found “refused” without “date”, expected the day of the refusal");
    if (statement->state == STATEMENT_REPORTED &&
        (yaml_node_get(node, "text") == NULL || yaml_node_get(node, "source") == NULL))
        yaml_problem(
            reader, node,
            "found “reported” without “text” or without “source”, expected both: what others report, "
            "and who");
    check_not_before(reader, node, statement->asked, statement->date);
}

DEFINE_CLEAR(clear_statement, Statement, statement, g_free(statement->key), g_free(statement->asked),
             g_free(statement->date), evidence_file_clear(&statement->evidence))

static const YamlField statement_fields[] = {
    CHOICE_FIELD("state", Statement, state, statement_states, .initial = "given",
                 .help = "whether it was given; “given” needs a text or evidence; “reported”: by others, not "
                         "by whom it is "
                         "about"),
    PAIR_FIELD("text", Statement, text, .help = "what was given, or what is to be said of its absence"),
    CUSTOM_FIELD("evidence", Statement, evidence, read_evidence, .shape = "path",
                 .help =
                     "a file that shows it, from this file’s folder; its SHA-256 goes into results and lock"),
    CUSTOM_FIELD("asked", Statement, asked, partial_date_read, .shape = "date (2023-02-01, 2023-02 or 2023)",
                 .help = "when it was asked for; not_communicated needs it"),
    CUSTOM_FIELD("date", Statement, date, partial_date_read, .shape = "date (2023-02-01, 2023-02 or 2023)",
                 .help = "of what was given, of the refusal (which needs it), or until when nothing came"),
    PAIR_FIELD("source", Statement, source, .help = "where it is from: an address, a document, a person"),
    YAML_FIELD_END};
const YamlTable statement_table = {YAML_TABLE("statement", statement_fields, Statement),
                                   .check = check_statement, .clear = clear_statement};

static void free_statement(gpointer data)
{
    yaml_clear(&statement_table, data);
    g_free(data);
}

/* {en: …, fr: …} and nothing else is a text in two languages. */
static bool is_pair(const YamlNode *node)
{
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (!g_strv_contains(languages, child->key))
            return false;
    }
    return node->children->len > 0;
}

static void read_words(YamlReader *reader, const YamlNode *node, Statement *statement)
{
    char *words = NULL;
    if (!yaml_read_text(reader, node, &words))
        return;
    for (int i = 0; !node->quoted && statement_states[i] != NULL; i++) {
        if (strcmp(words, statement_states[i]) != 0)
            continue;
        if (i == STATEMENT_GIVEN)
            yaml_expected(reader, node, "what was given, as text or {text: …, evidence: file}");
        else if (i == STATEMENT_REPORTED)
            yaml_expected(reader, node,
                          "what is reported and by whom: {state: reported, text: …, source: …}");
        else if (i != STATEMENT_NOT_APPLICABLE)
            yaml_expected(reader, node,
                          i == STATEMENT_REFUSED
                              ? "{state: refused, date: 2024-03-01}: the day of the refusal"
                              : "{state: not_communicated, asked: 2024-03-01}: the day on which "
                                "it was asked for");
        statement->state = i;
        g_free(words);
        return;
    }
    statement->text = (TextPair){words, g_strdup(words)};
    statement->own_words = true;
}

static void read_pair(YamlReader *reader, const YamlNode *node, Statement *statement)
{
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        char **text = strcmp(child->key, "en") == 0 ? &statement->text.en : &statement->text.fr;
        if (*text == NULL)
            yaml_read_text(reader, child, text);
    }
}

/* An item in any of its three shapes is appended to the list; the key names it. */
static void read_statement(YamlReader *reader, const YamlNode *node, void *member)
{
    Statements *statements = member;
    Statement *statement = g_new0(Statement, 1);
    if (node->kind == YAML_NODE_TEXT) {
        read_words(reader, node, statement);
    } else if (node->kind == YAML_NODE_MAP && is_pair(node)) {
        read_pair(reader, node, statement);
    } else if (node->kind == YAML_NODE_MAP) {
        yaml_read_map(reader, node, &statement_table, statement);
        const YamlNode *text = yaml_node_get(node, "text");
        statement->own_words = text != NULL && text->kind == YAML_NODE_TEXT;
    } else {
        yaml_expected(reader, node, "text, {en: …, fr: …} or {state: …, text: …, evidence: …}");
    }
    statement->key = g_strdup(node->key);
    if (statements->items == NULL)
        statements->items = g_ptr_array_new_with_free_func(free_statement);
    g_ptr_array_add(statements->items, statement);
}

static void clear_statements(void *target)
{
    Statements *statements = target;
    g_clear_pointer(&statements->items, g_ptr_array_unref);
}

void dossier_read_public(YamlReader *reader, const YamlNode *node, void *member)
{
    yaml_read_entries(reader, node, "a mapping of items to what was said of each", read_statement, member);
}

void dossier_check_public(YamlReader *reader, const YamlNode *audit, const char *const *keys)
{
    const YamlNode *node = yaml_node_get(audit, "public_information");
    for (guint i = 0; node != NULL && node->kind == YAML_NODE_MAP && i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (g_strv_contains(keys, child->key))
            continue;
        g_autofree char *all = g_strjoinv(", ", (char **)(void *)keys);
        yaml_problem(reader, child,
                     "found an item that the catalogue of obligations does not ask about, expected one of %s",
                     all);
    }
}

const Statement *statements_find(const Statements *statements, const char *key)
{
    for (guint i = 0; statements->items != NULL && i < statements->items->len; i++) {
        const Statement *statement = g_ptr_array_index(statements->items, i);
        if (strcmp(statement->key, key) == 0)
            return statement;
    }
    return NULL;
}

#define ITEM(name, text)                                                                              \
    {                                                                                                 \
        .key = (name), .type = FIELD_CUSTOM, .read = read_statement, .shape = "text, or a statement", \
        .help = (text)                                                                                \
    }

static const YamlField identity_fields[] = {
    ITEM("commissioner", "who asked for the audit"),
    ITEM("funder", "who paid for it"),
    ITEM("operator", "who ran it"),
    ITEM("controller", "who is responsible for the processing of the images"),
    ITEM("dates", "when the system was tried, and when the audit was made"),
    ITEM("legal_basis", "the law or order that the trial rests on, with its date"),
    ITEM("place", "where the cameras are"),
    ITEM("cameras", "how many, and which"),
    ITEM("circumstances", "live or replay, trial or in service"),
    ITEM("cost", "of the system or of the trial, and who bears it"),
    ITEM("interests", "interests of those who made the audit"),
    ITEM("publication", "where this report is published, and under which licence"),
    YAML_FIELD_END};
const YamlTable identity_table = {YAML_TABLE("identity", identity_fields, Statements),
                                  .clear = clear_statements};

static const YamlField audited_system_fields[] = {
    ITEM("vendor", "who makes it"),
    ITEM("product", "its name"),
    ITEM("version", "the version audited"),
    ITEM("models", "models or rules in it, and their training data"),
    ITEM("thresholds", "thresholds at which it raises an alarm, and who set them"),
    ITEM("settings", "other settings"),
    ITEM("hardware", "what it ran on"),
    ITEM("hashes", "fingerprints of programs and models"),
    ITEM("calibration",
         "how, where and how long it was adjusted before the measurement, and on which footage"),
    YAML_FIELD_END};
const YamlTable audited_system_table = {YAML_TABLE("audited system", audited_system_fields, Statements),
                                        .clear = clear_statements};

/* ---- opinions and replies */

static void check_voice(YamlReader *reader, const YamlNode *node, void *target)
{
    Voice *voice = target;
    const bool words = yaml_node_get(node, "text") != NULL, file = yaml_node_get(node, "file") != NULL;
    if (words && file)
        yaml_problem(reader, node,
                     "found both “text” and “file”, expected one of them: words are printed once");
    if (!words && !file && voice->state == REPLY_RECEIVED)
        yaml_problem(reader, node,
                     "found neither “text” nor “file”, expected the words or the file that holds them");
    if ((words || file) && voice->state != REPLY_RECEIVED)
        yaml_problem(reader, node, "found words beside “state: %s”, expected “state: received”",
                     reply_states[voice->state]);
    check_not_before(reader, node, voice->asked, voice->date);
    if (voice->file.path != NULL && !words)
        voice->text = g_strdup(voice->file.text);
}

DEFINE_CLEAR(clear_voice, Voice, voice, g_free(voice->asked), g_free(voice->date),
             evidence_file_clear(&voice->file))

/* clang-format off */
#define VOICE_FIELDS \
    CUSTOM_FIELD("date", Voice, date, partial_date_read, .shape = "date (2023-02-01, 2023-02 or 2023)", \
                 .help = "when it was given"), \
    TEXT_FIELD("text", Voice, text, .help = "the words, unedited"), \
    CUSTOM_FIELD("file", Voice, file, read_evidence, .shape = "path", \
                 .help = "or the file that holds them; a text file is printed as it is, another is named with its hash"), \
    TEXT_FIELD("language", Voice, language, .min = 2, .max = 2, .help = "of the words, as fr or en"), \
    BOOL_FIELD("example", Voice, example, .initial = "false", \
               .help = "made up to show the form; the report says so")
/* clang-format on */

static const YamlField opinion_fields[] = {
    PAIR_FIELD("from", Voice, from, .required = true, .help = "who: a college of users, agents, a service"),
    VOICE_FIELDS, YAML_FIELD_END};
const YamlTable opinion_table = {YAML_TABLE("opinion", opinion_fields, Voice), .check = check_voice,
                                 .clear = clear_voice};

static const YamlField reply_fields[] = {
    PAIR_FIELD("from", Voice, from, .required = true, .help = "whose reply"),
    CHOICE_FIELD("role", Voice, role, voice_roles, .required = true, .help = "of the one who replies"),
    CUSTOM_FIELD("asked", Voice, asked, partial_date_read, .shape = "date (2023-02-01, 2023-02 or 2023)",
                 .help = "when the reply was asked for"),
    CHOICE_FIELD("state", Voice, state, reply_states, .initial = "received", .help = "what came of it"),
    VOICE_FIELDS,
    YAML_FIELD_END};
const YamlTable reply_table = {YAML_TABLE("reply", reply_fields, Voice), .check = check_voice,
                               .clear = clear_voice};

/* ---- the whole */

static void clear_voices(GPtrArray *voices, const YamlTable *table)
{
    for (guint i = 0; voices != NULL && i < voices->len; i++) {
        yaml_clear(table, g_ptr_array_index(voices, i));
        g_free(g_ptr_array_index(voices, i));
    }
    if (voices != NULL)
        g_ptr_array_unref(voices);
}

void dossier_clear(Dossier *dossier)
{
    clear_statements(&dossier->identity);
    clear_statements(&dossier->system);
    clear_statements(&dossier->public_information);
    yaml_clear(&sampling_table, &dossier->sampling);
    yaml_clear(&annotation_table, &dossier->annotation);
    yaml_clear(&interests_table, &dossier->interests);
    clear_voices(dossier->opinions, &opinion_table);
    clear_voices(dossier->replies, &reply_table);
    dossier->opinions = dossier->replies = NULL;
}

static void visit_statements(const Statements *statements, const char *section, EvidenceVisitor visitor,
                             void *user)
{
    for (guint i = 0; statements->items != NULL && i < statements->items->len; i++) {
        const Statement *statement = g_ptr_array_index(statements->items, i);
        g_autofree char *role = g_strdup_printf("%s.%s", section, statement->key);
        if (statement->evidence.path != NULL)
            visitor(&statement->evidence, role, user);
    }
}

static void visit_voices(const GPtrArray *voices, const char *section, EvidenceVisitor visitor, void *user)
{
    for (guint i = 0; voices != NULL && i < voices->len; i++) {
        const Voice *voice = g_ptr_array_index(voices, i);
        g_autofree char *role = g_strdup_printf("%s[%u]", section, i);
        if (voice->file.path != NULL)
            visitor(&voice->file, role, user);
    }
}

void dossier_visit_files(const Dossier *dossier, EvidenceVisitor visitor, void *user)
{
    visit_statements(&dossier->identity, "identity", visitor, user);
    visit_statements(&dossier->system, "system", visitor, user);
    visit_statements(&dossier->public_information, "public_information", visitor, user);
    visit_voices(dossier->opinions, "opinions", visitor, user);
    visit_voices(dossier->replies, "replies", visitor, user);
}
