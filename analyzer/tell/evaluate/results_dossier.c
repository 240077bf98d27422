/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_dossier.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

/* {"en": …, "fr": …} with null for what was not written; a plain string for somebody's own words. */
static json_t *words(TextPair text, bool own_words)
{
    if (text.en == NULL && text.fr == NULL)
        return json_null();
    if (own_words || g_strcmp0(text.en, text.fr) == 0)
        return results_string(text.en != NULL ? text.en : text.fr);
    return json_pack("{s:o,s:o}", "en", results_string(text.en), "fr", results_string(text.fr));
}

static ResultsFileNamed describe_file(const EvidenceFile *file)
{
    if (file->path == NULL)
        return (ResultsFileNamed){.path = NULL};
    return (ResultsFileNamed){.path = file->shown, .sha256 = file->sha256};
}

static json_t *describe_statements(const Statements *statements)
{
    json_t *object = json_object();
    for (guint i = 0; statements->items != NULL && i < statements->items->len; i++) {
        const Statement *statement = g_ptr_array_index(statements->items, i);
        const ResultsStatement said = {.state = statement_states[statement->state],
                                       .text = words(statement->text, statement->own_words),
                                       .evidence = describe_file(&statement->evidence),
                                       .asked = statement->asked,
                                       .date = statement->date,
                                       .source = words(statement->source, false)};
        json_object_set_new(object, statement->key, results_dump_taking(&result_statement, &said));
    }
    return object;
}

/* The words' hash is that of the file's bytes, or of the text as it stands here. */
static json_t *describe_voice(const Voice *voice)
{
    g_autofree char *hash = voice->file.sha256 != NULL ? g_strdup(voice->file.sha256)
                            : voice->text != NULL
                                ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, voice->text, -1)
                                : NULL;
    const ResultsVoice said = {.from = words(voice->from, false),
                               .date = voice->date,
                               .language = voice->language,
                               .text = voice->text,
                               .file = describe_file(&voice->file),
                               .sha256 = hash,
                               .example = results_bool(voice->example)};
    return results_dump_taking(&result_voice, &said);
}

static json_t *describe_voices(const GPtrArray *voices, bool replies)
{
    json_t *array = json_array();
    for (guint i = 0; voices != NULL && i < voices->len; i++) {
        const Voice *voice = g_ptr_array_index(voices, i);
        json_t *object = describe_voice(voice);
        if (replies) {
            json_object_set_new(object, "role", json_string(voice_roles[voice->role]));
            json_object_set_new(object, "state", json_string(reply_states[voice->state]));
            json_object_set_new(object, "asked", results_string(voice->asked));
        }
        json_array_append_new(array, object);
    }
    return array;
}

static void add_file(const EvidenceFile *file, const char *role, void *user)
{
    const ResultsRoleFile said = {.path = file->shown, .sha256 = file->sha256, .role = role};
    json_array_append_new(user, results_dump(&result_role_file, &said));
}

static json_t *describe_files(const Audit *audit)
{
    json_t *files = json_array();
    dossier_visit_files(&audit->dossier, add_file, files);
    return files;
}

/* ---- where the footage is from; what is blank is not there */

static const char *word(const char *const *words, int index)
{
    return index != NOT_FILLED_IN ? words[index] : NULL;
}

static json_t *describe_interests(const Interests *interests)
{
    const ResultsInterests said = {.json = json_null(), /* there, though all of it may be blank */
                                   .ran_by = word(party_words, interests->ran_by),
                                   .paid_by = word(party_words, interests->paid_by),
                                   .declared = words(interests->declared, false)};
    return results_dump_taking(&result_interests, &said);
}

ResultsSampling results_sampling(const Dataset *dataset, const Dossier *dossier)
{
    static const double none = 0; /* an empty list is a list */
    const Sampling *sampling = dataset->sampling.given ? &dataset->sampling : &dossier->sampling;
    ResultsSampling said;
    results_blank(&result_sampling, &said);
    if (!sampling->given || dataset->synthetic)
        return said;
    said.json = json_null();
    said.how = word(sampling_words, sampling->how);
    said.chosen_by = word(party_words, sampling->chosen_by);
    said.chooser = words(sampling->chooser, false);
    said.purpose = words(sampling->purpose, false);
    said.stands_for = words(sampling->stands_for, false);
    said.from = sampling->period.from;
    said.to = sampling->period.to;
    said.hours.count = sampling->hours->len;
    said.hours.at = sampling->hours->len > 0 ? (const double *)(const void *)sampling->hours->data : &none;
    return said;
}

ResultsAnnotation results_annotation(const Dataset *dataset, const Dossier *dossier)
{
    const Annotation *annotation = dataset->annotation.given ? &dataset->annotation : &dossier->annotation;
    ResultsAnnotation said;
    results_blank(&result_annotation, &said);
    if (!annotation->given || dataset->synthetic)
        return said;
    said.json = json_null();
    said.by = words(annotation->by, false);
    if (annotation->people > 0)
        said.people = annotation->people;
    said.blind = word(answer_words, annotation->blind);
    said.absence = word(answer_words, annotation->absence);
    said.agreement_figure = word(agreement_figures, annotation->agreement.figure);
    if (annotation->agreement.figure != NOT_FILLED_IN)
        said.agreement = annotation->agreement.value;
    return said;
}

json_t *results_describe_audit(const Audit *audit)
{
    g_autofree char *file = audit->file != NULL ? g_path_get_basename(audit->file) : NULL;
    const ResultsAudit said = {.id = audit->id,
                               .title = results_text(audit->title.en, audit->title.fr),
                               .summary = results_text(audit->summary.en, audit->summary.fr),
                               .file = file,
                               .sha256 = audit->sha256,
                               .trial = {.from = audit->trial.from,
                                         .to = audit->trial.to,
                                         .country = audit->trial.country,
                                         .uses = results_strings(audit->trial.uses),
                                         .bodies = results_strings(audit->trial.bodies)}};
    json_t *object = results_dump_taking(&result_audit, &said);
    json_object_set_new(object, "identity", describe_statements(&audit->dossier.identity));
    json_object_set_new(object, "system", describe_statements(&audit->dossier.system));
    json_object_set_new(object, "public_information",
                        describe_statements(&audit->dossier.public_information));
    json_object_set_new(object, "opinions", describe_voices(audit->dossier.opinions, false));
    json_object_set_new(object, "replies", describe_voices(audit->dossier.replies, true));
    json_object_set_new(object, "files", describe_files(audit));
    if (audit->dossier.interests.given)
        json_object_set_new(object, "conflict_of_interest", describe_interests(&audit->dossier.interests));
    return object;
}

json_t *results_describe_catalogue(const Catalogue *catalogue)
{
    g_autofree char *file = catalogue->path != NULL ? g_path_get_basename(catalogue->path) : NULL;
    json_t *object = json_copy(catalogue->json);
    json_object_set_new(object, "file", results_string(file)); /* null: the one built in */
    json_object_set_new(object, "sha256", results_string(catalogue->sha256));
    return object;
}
