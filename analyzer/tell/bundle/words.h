/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts in a bundle that say what it is and how to check it. The same results, the same words. */
#ifndef VSAUDIT_BUNDLE_WORDS_H
#define VSAUDIT_BUNDLE_WORDS_H

#include <jansson.h>
#include <stdbool.h>

#define WORDS_README "README.txt"
#define WORDS_VERSIONS "versions.txt"
#define WORDS_COMMANDS "commands.txt"
#define WORDS_BUILD "build: " /* what begins the line of versions.txt with the build that made the bundle */

/* Callers free all of them. */
char *words_readme(const json_t *results, bool is_signed); /* in every language */
char *words_bag_info(const json_t *results);               /* lines of bag-info.txt */
char *words_versions(const json_t *results);               /* of this program and its libraries */
/* How to score and to run again; `index`: inputs/index.json. */
char *words_commands(const json_t *results, const json_t *index);

#endif
