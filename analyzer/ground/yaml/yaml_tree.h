/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A YAML file as a tree of nodes with places. The only user of libyaml.
 *
 * The subset: one document, UTF-8, mappings with text keys, lists and scalars. Refused with a place: anchors,
 * aliases, tags, several documents, duplicate keys, tabs as indentation, other encodings, and files that are
 * larger, deeper or fuller than the limits below (a file from elsewhere must not exhaust the machine). */
#ifndef VSAUDIT_YAML_YAML_TREE_H
#define VSAUDIT_YAML_YAML_TREE_H

#include "records/problems.h"

#define YAML_TREE_BYTES_MAX (8 * 1024 * 1024)
#define YAML_TREE_DEPTH_MAX 32
#define YAML_TREE_NODES_MAX 400000
#define YAML_TREE_KEY_MAX 128

typedef enum { YAML_NODE_TEXT, YAML_NODE_LIST, YAML_NODE_MAP } YamlKind;

typedef struct YamlNode YamlNode;
struct YamlNode {
    YamlKind kind;
    bool quoted;            /* TEXT: in quotes or a block, so it is text whatever it looks like */
    int line, column;       /* 1-based; columns count characters */
    char *text;             /* TEXT: never NULL, valid UTF-8; else NULL */
    GPtrArray *children;    /* LIST, MAP: of YamlNode *, in the order written; else NULL */
    const YamlNode *parent; /* NULL for the root */
    char *key;              /* when the parent is a MAP, else NULL */
    int key_line, key_column;
    guint index;    /* position among the parent's children */
    bool duplicate; /* the key stands earlier in the same mapping; this value does not count */
};

typedef struct {
    char *file;     /* the path as given */
    char *folder;   /* where the file lives: relative paths in it start here */
    char *sha256;   /* of the file's bytes */
    YamlNode *root; /* a MAP */
} YamlTree;

/* Reads a file. NULL when it cannot be read as a tree; duplicate keys leave a tree but add problems (the
 * first value counts). The root is always a mapping. */
YamlTree *yaml_tree_load(const char *path, Problems *problems);
/* The same from memory; `name` stands in messages, `folder` for relative paths. */
YamlTree *yaml_tree_parse(const char *bytes, size_t length, const char *name, const char *folder,
                          Problems *problems);
void yaml_tree_free(YamlTree *tree); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(YamlTree, yaml_tree_free)

/* The value of a key, or NULL; the first when there are several. */
const YamlNode *yaml_node_get(const YamlNode *map, const char *key);
/* "clips[3].events[0].end_s"; "" for the root. Caller frees. */
char *yaml_node_path(const YamlNode *node);
/* What stands there, for messages: “12”, "a list", "a mapping", "nothing". Caller frees. */
char *yaml_node_describe(const YamlNode *node);

#endif
