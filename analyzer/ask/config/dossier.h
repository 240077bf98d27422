/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an audit says besides its scenarios: who is behind it, what system, what the public was told, what
 * users think, what vendor and operator reply. Files that prove it are hashed as they are read. */
#ifndef VSAUDIT_CONFIG_DOSSIER_H
#define VSAUDIT_CONFIG_DOSSIER_H

#include "config/provenance.h"
#include "yaml/yaml_table.h"

typedef enum {
    STATEMENT_GIVEN,
    STATEMENT_REFUSED,
    STATEMENT_NOT_COMMUNICATED,
    STATEMENT_NOT_APPLICABLE,
    STATEMENT_REPORTED /* others say so, not whom it is about */
} StatementState;

/* A file that the audit names as evidence. */
typedef struct {
    char *shown;  /* as written in the audit */
    char *path;   /* resolved against the audit's folder */
    char *sha256; /* lower case */
    char *text;   /* its bytes when they are UTF-8 without control characters and not too long
                     (EVIDENCE_TEXT_MAX); else NULL */
} EvidenceFile;

/* One item: of the identity, of the system, of what the public was told. */
typedef struct {
    char *key;      /* "poster" */
    int state;      /* StatementState */
    TextPair text;  /* either may be NULL; both with a state that says it all */
    bool own_words; /* the text was written as one scalar: somebody's words, the same in both languages */
    EvidenceFile evidence; /* all NULL when there is none */
    char *asked;           /* as `date`: when it was asked for; with NOT_COMMUNICATED never NULL */
    char *date;            /* YYYY, YYYY-MM or YYYY-MM-DD, or NULL */
    TextPair source;
} Statement;

typedef struct {
    GPtrArray *items; /* of Statement *, in the order written; NULL when the key is absent */
} Statements;

typedef enum { REPLY_RECEIVED, REPLY_NONE, REPLY_REFUSED, REPLY_AWAITED } ReplyState;

/* A reply or an opinion: printed as it is. */
typedef struct {
    TextPair from;
    int role;           /* of voice_roles; replies only */
    int state;          /* ReplyState; replies only */
    char *asked, *date; /* when it was asked for, when it came; or NULL */
    char *language;     /* "fr", "en", or NULL: not stated */
    char *text;         /* its words; NULL when there are none, or only in a file that is no text */
    EvidenceFile file;  /* all NULL when the words stand in the audit */
    bool example;       /* made up, to show the form; the report says so */
} Voice;

extern const char *const statement_states[], *const voice_roles[], *const reply_states[];

typedef struct {
    Statements identity, system, public_information;
    Sampling sampling;     /* of its data sets that state none */
    Annotation annotation; /* likewise */
    Interests interests;
    GPtrArray *opinions, *replies; /* of Voice *; NULL when absent */
} Dossier;

/* The fields of an audit that fill a Dossier at `offset`. */
extern const YamlTable identity_table, audited_system_table, statement_table, opinion_table, reply_table;
void dossier_read_public(YamlReader *reader, const YamlNode *node, void *member); /* a Statements */
/* Whether every item of the public information is one that the catalogue asks about. `keys`: NULL-terminated.
 */
void dossier_check_public(YamlReader *reader, const YamlNode *audit, const char *const *keys);
/* The statement with this key, or NULL. */
const Statement *statements_find(const Statements *statements, const char *key);
void dossier_clear(Dossier *dossier);

/* Every file named, once, in the order of the dossier: called with its role ("public_information.poster"). */
typedef void (*EvidenceVisitor)(const EvidenceFile *file, const char *role, void *user);
void dossier_visit_files(const Dossier *dossier, EvidenceVisitor visitor, void *user);

#endif
