/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Static tables that say what a YAML mapping may hold and into which struct it goes.
 *
 * A module describes its struct with an array of YamlField (ended by YAML_FIELD_END) and a YamlTable around
 * it; yaml_load walks a file with it, checks everything, and fills the struct. All that is wrong is collected
 * as "file:line:column: path.to.key: found …, expected …". The same tables print the format's documentation
 * and its JSON Schema, so a rule that a table can state belongs in the table, not in a callback.
 *
 *     typedef struct { char *id; double speed; GPtrArray *points; } Walker;      // points: of Stop *
 *     static const YamlField walker_fields[] = {
 *         ID_FIELD("id", Walker, id, .required = true, .help = "name"),
 *         NUMBER_FIELD("speed", Walker, speed, .min = 0.1, .max = 5, .initial = "1.4", .unit = "m/s",
 *                      .help = "walking speed"),
 *         LIST_FIELD("stops", Walker, points, &stop_table, .min = 1, .help = "where it goes"),
 *         YAML_FIELD_END};
 *     const YamlTable walker_table = {YAML_TABLE("walker", walker_fields, Walker)};
 */
#ifndef VSAUDIT_YAML_YAML_TABLE_H
#define VSAUDIT_YAML_YAML_TABLE_H

#include "language/phrase.h"
#include "records/geometry.h"
#include "records/member.h"
#include "records/option.h"
#include "yaml/yaml_tree.h"

typedef struct {
    char *en, *fr; /* either may be NULL */
} TextPair;

/* What the phrase, which is taken over, says in both; the caller frees them. */
TextPair text_pair_say(Phrase *phrase);

typedef enum {
    FIELD_TEXT,    /* char *;      any scalar but an empty one; min, max: characters when max > 0 */
    FIELD_ID,      /* char *;      letters, digits, ".", "_", "-", first a letter or digit; at most 64 */
    FIELD_SHA256,  /* char *;      64 hex digits, stored in lower case */
    FIELD_BOOL,    /* bool;        true or false */
    FIELD_INT,     /* int64_t;     within [min, max] */
    FIELD_NUMBER,  /* double;      finite, within [min, max] */
    FIELD_SECONDS, /* int64_t µs;  written in seconds with at most six decimals, [min, max] in seconds */
    FIELD_CHOICE,  /* int;         index into choices */
    FIELD_PAIR,  /* TextPair;    {en: …, fr: …}, at least one; a lone scalar counts for both languages */
    FIELD_TEXTS, /* GPtrArray * of char *; min, max: how many when max > 0 */
    FIELD_NUMBERS, /* GArray * of double;  each within [min, max]; exactly `count` of them when count > 0 */
    FIELD_POINT,   /* Point;       [x, y], each within [min, max] */
    FIELD_POINTS,  /* GArray * of Point;   [[x, y], …], coordinates within [min, max], at least `count` */
    FIELD_MAP,     /* the struct of `table`, embedded at offset */
    FIELD_LIST,    /* GPtrArray * of structs of `table`, each of table->size; min, max: how many if max > 0 */
    FIELD_PARAMS,  /* ParamList *; scalar values under any keys (checked later against an option table), or
                      under those in choices */
    FIELD_CUSTOM,  /* anything;    `read` does it */
} FieldType;

typedef struct YamlReader YamlReader;
typedef struct YamlTable YamlTable;

typedef struct {
    const char *key; /* NULL ends the table */
    FieldType type;
    size_t offset;
    bool required;
    double min, max; /* see the type; min == max == 0 means no limit */
    guint count;
    const char *initial;        /* the default as a user would write it (BOOL … CHOICE, TEXT, ID); NULL: the
                                   zeroed member is left */
    const char *const *choices; /* NULL-terminated */
    const YamlTable *table;
    /* CUSTOM: reads `node` into the member; reports with yaml_expected and goes on. */
    void (*read)(YamlReader *reader, const YamlNode *node, void *member);
    const char *shape; /* CUSTOM: how it is written, "[[x, y], …]" */
    const char *unit;
    const char *help; /* one line, for the documentation */
} YamlField;

/* A row of each type: what is written, the struct, its member (or a path to it), and what of the above the
 * row says besides, the help at least. It does not compile when the member is of another type than the field
 * writes; of MAP and CUSTOM that cannot be told. */
/* clang-format off */
#define YAML_FIELD_END {.key = NULL}
#define YAML_ROW(written, kind, place, ...) {.key = written, .type = kind, .offset = place, __VA_ARGS__}
#define YAML_MEMBER(Struct, member, Type, Other) \
    (offsetof(Struct, member) + _Generic(((Struct *)NULL)->member, Type : (size_t)0, Other : (size_t)0))

#define TEXT_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_TEXT, MEMBER_AT(Struct, member, char *), __VA_ARGS__)
#define ID_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_ID, MEMBER_AT(Struct, member, char *), __VA_ARGS__)
#define SHA256_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_SHA256, MEMBER_AT(Struct, member, char *), __VA_ARGS__)
#define BOOL_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_BOOL, MEMBER_AT(Struct, member, bool), __VA_ARGS__)
#define INT_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_INT, MEMBER_AT(Struct, member, int64_t), __VA_ARGS__)
#define NUMBER_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_NUMBER, MEMBER_AT(Struct, member, double), __VA_ARGS__)
#define SECONDS_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_SECONDS, MEMBER_AT(Struct, member, int64_t), __VA_ARGS__)
/* an int, or an enumeration, which is an unsigned int */
#define CHOICE_FIELD(written, Struct, member, of, ...) \
    YAML_ROW(written, FIELD_CHOICE, YAML_MEMBER(Struct, member, int, unsigned), .choices = of, __VA_ARGS__)
#define PAIR_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_PAIR, MEMBER_AT(Struct, member, TextPair), __VA_ARGS__)
#define TEXTS_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_TEXTS, MEMBER_AT(Struct, member, GPtrArray *), __VA_ARGS__)
#define NUMBERS_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_NUMBERS, MEMBER_AT(Struct, member, GArray *), __VA_ARGS__)
#define POINT_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_POINT, MEMBER_AT(Struct, member, Point), __VA_ARGS__)
#define POINTS_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_POINTS, MEMBER_AT(Struct, member, GArray *), __VA_ARGS__)
#define MAP_FIELD(written, Struct, member, of, ...) \
    YAML_ROW(written, FIELD_MAP, offsetof(Struct, member), .table = of, __VA_ARGS__)
#define LIST_FIELD(written, Struct, member, of, ...) \
    YAML_ROW(written, FIELD_LIST, MEMBER_AT(Struct, member, GPtrArray *), .table = of, __VA_ARGS__)
#define PARAMS_FIELD(written, Struct, member, ...) \
    YAML_ROW(written, FIELD_PARAMS, MEMBER_AT(Struct, member, ParamList *), __VA_ARGS__)
#define CUSTOM_FIELD(written, Struct, member, by, ...) \
    YAML_ROW(written, FIELD_CUSTOM, offsetof(Struct, member), .read = by, __VA_ARGS__)
/* clang-format on */

struct YamlTable {
    const char *name;   /* "clip" */
    const char *schema; /* root tables: "vsaudit/dataset/1", required under the key "schema"; else NULL */
    const YamlField *fields;
    size_t size; /* of the struct */
    /* All three may be NULL. prepare runs on zeroed memory before the fields are read; check runs after
     * them, even when some were wrong (then the members are at their defaults); clear frees what the table
     * does not know. */
    void (*prepare)(void *target);
    void (*check)(YamlReader *reader, const YamlNode *node, void *target);
    void (*clear)(void *target);
    /* Keys beside its own, by what these say: once they are read, `more` chooses a table (NULL: none) that
     * takes the others, and its struct is made at `more_at`, a void * of the target (NULL: none chosen; freed
     * with the target). All that may be chosen stand in `mores`, ended by NULL. */
    const YamlTable *(*more)(const void *target);
    const YamlTable *const *mores;
    size_t more_at;
};
/* What every table begins with. */
#define YAML_TABLE(called, rows, Struct) .name = called, .fields = rows, .size = sizeof(Struct)

struct YamlReader {
    const YamlTree *tree;
    Problems *problems;
    void *user; /* the caller's own, for callbacks */
};

/* Loads a file with a root table into `target` (memory of table->size; it is zeroed first). True when nothing
 * was wrong; on false the target is still safe to clear and problems has grown. `sha256` (may be NULL)
 * receives the hash of the file's bytes, when they could be read. */
bool yaml_load(const char *path, const YamlTable *table, void *target, void *user, Problems *problems,
               char **sha256);
/* The same for a tree that is loaded already. */
bool yaml_load_tree(const YamlTree *tree, const YamlTable *table, void *target, void *user,
                    Problems *problems);
/* Frees all that the table's fields own and zeroes the struct. */
void yaml_clear(const YamlTable *table, void *target);

/* ---- for callbacks ------------------------------------------------------------------------------------ */
/* Reads a mapping with a table into zeroed memory; false when something in it was wrong. */
bool yaml_read_map(YamlReader *reader, const YamlNode *node, const YamlTable *table, void *target);
/* Reads each entry of a mapping with `read`, but those whose key stands there a second time; reports what is
 * no mapping with `expected`. */
typedef void (*YamlRead)(YamlReader *reader, const YamlNode *node, void *member);
void yaml_read_entries(YamlReader *reader, const YamlNode *node, const char *expected, YamlRead read,
                       void *member);
/* Reports "found <what stands there>, expected <format>". */
void yaml_expected(YamlReader *reader, const YamlNode *node, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Reports a whole sentence at the node's place. */
void yaml_problem(YamlReader *reader, const YamlNode *node, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Scalars; false after having reported. Limits as in YamlField (none when min == max == 0). */
bool yaml_read_text(YamlReader *reader, const YamlNode *node, char **out);
bool yaml_read_number(YamlReader *reader, const YamlNode *node, double min, double max, double *out);
bool yaml_read_int(YamlReader *reader, const YamlNode *node, double min, double max, int64_t *out);
bool yaml_read_seconds(YamlReader *reader, const YamlNode *node, double min, double max, int64_t *out_us);
bool yaml_read_point(YamlReader *reader, const YamlNode *node, double min, double max, Point *out);
/* A path written in the file, made relative to the file's folder. NULL when the file may not be read so (see
 * confine.h), which is then told at the node. Caller frees. */
char *yaml_resolve_path(YamlReader *reader, const YamlNode *node, const char *path);
/* The same for a file that is printed or copied as it is. */
char *yaml_resolve_printed(YamlReader *reader, const YamlNode *node, const char *path);

#endif
