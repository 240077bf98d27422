/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that a program under test prints, by the protocol system/1 (systems/README.md). Read strictly: a
 * key that is missing, unknown or of another type is refused, so that nothing is guessed. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_LINE_H
#define VSAUDIT_SYSTEMS_PROGRAM_LINE_H

#include "records/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define SYSTEM_PROTOCOL "system/1"

typedef enum {
    LINE_HELLO,
    LINE_READY,
    LINE_ALERT,
    LINE_ALERT_END,
    LINE_OBSERVATION,
    LINE_REMARK,
    LINE_END,
} ProgramLineType;

typedef struct {
    ProgramLineType type;
    json_t *json; /* every key of its type has the right kind of value, and no other is there; owned */
} ProgramLine;

/* Sets what a program does wrong, as an error of input; false, for the caller to return. */
bool program_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* False with an INPUT error "found …, expected …"; `line` is then not to be cleared. */
bool program_line_parse(const char *text, size_t length, ProgramLine *line, GError **error);
void program_line_clear(ProgramLine *line);
/* Values of a line that has been parsed; the default where the key is absent or null. */
int64_t program_line_int(const ProgramLine *line, const char *key, int64_t absent);
double program_line_number(const ProgramLine *line, const char *key, double absent);
const char *program_line_text(const ProgramLine *line, const char *key); /* NULL: absent or null */

#endif
