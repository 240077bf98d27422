/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that wait for a program which is fed by the clock, as those of a camera would: few, and when one
 * more comes, one gives way. Inside systems/ only. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_QUEUE_H
#define VSAUDIT_SYSTEMS_PROGRAM_QUEUE_H

#include "systems/program_pipe.h"

typedef struct ProgramQueue ProgramQueue;

ProgramQueue *program_queue_new(guint size, bool drop_oldest);
/* One more picture, copied; how many gave way for it (0 or 1: perhaps itself). */
int64_t program_queue_push(ProgramQueue *queue, int64_t t_us, const char *line, const struct iovec *rows,
                           size_t count);
/* Gives the pipe the next picture when the program has taken all that was written; `last_us` becomes that
 * picture's time, `pictures` counts it. */
void program_queue_flow(ProgramQueue *queue, ProgramPipe *pipe, int64_t *last_us, int64_t *pictures);
bool program_queue_is_empty(const ProgramQueue *queue);
void program_queue_free(ProgramQueue *queue); /* NULL is fine */

#endif
