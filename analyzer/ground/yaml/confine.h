/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How paths written in YAML become paths of this machine.
 *
 * Usually they start at the folder of the file that names them. An audit out of an evidence bundle must
 * neither need nor reach anything else: it is confined to a folder, which then stands for the root of the
 * file system. */
#ifndef VSAUDIT_YAML_CONFINE_H
#define VSAUDIT_YAML_CONFINE_H

#include <stdbool.h>

/* From now on, for the whole process; NULL lifts it. */
void confine_set_root(const char *root);
bool confine_is_rooted(void);
/* `path` as written in a file that lies in `folder`. Caller frees. */
char *confine_resolve(const char *folder, const char *path);
/* The same for an input that a bundle must hold: remembers how high up the path leads. */
char *confine_resolve_input(const char *folder, const char *path);
/* The highest folder that paths to inputs have led through so far: "/" after an absolute one, NULL after
 * none. Belongs to the module. */
const char *confine_highest(void);
/* ---- what an audit may have read: it may come from a stranger, and its report goes to the public */

typedef enum {
    CONFINE_PRINTED, /* the file's words or bytes go into the report or a bundle as they are */
    CONFINE_PARSED,  /* it is read as a table or as YAML, and what it means is used */
    CONFINE_PLAYED,  /* it is a clip: its pictures are looked at, its SHA-256 is told */
} ConfineUse;

/* A folder given on the command line, out of which files may be taken as well. */
void confine_allow(const char *folder);
/* Why the file at `path` (resolved, links are followed) may not be used so by a file that lies in `folder`;
 * NULL: it may, or is not there. Printed files must lie in that folder or an allowed one; parsed ones may lie
 * elsewhere if they are named as tables or YAML are, so that no error quotes a line of a key or a password;
 * played ones if they are named as videos, pictures or observations are. What VSAUDIT_DATA leads to was named
 * by whoever started the program, and is no matter of this; nor are the clips that a check of a bundle was
 * given. Under confine_set_root nothing outside of it may. Caller frees. */
char *confine_objection(const char *folder, const char *path, ConfineUse use);
/* The real place of the file at `path` when only --allow lets a file that lies in `folder` have it printed;
 * NULL: it lies in that folder, or is not there. Caller frees. */
char *confine_elsewhere(const char *folder, const char *path);
/* Whether a real place lies in a folder that confine_allow was given. */
bool confine_is_allowed(const char *path);
/* The deepest folder that both lie in, or that one of them is. Absolute, canonical paths. Caller frees. */
char *confine_common_folder(const char *a, const char *b);

#endif
