/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_queue.h"

#include "records/free.h"

#include <string.h>

typedef struct {
    int64_t t_us;
    GByteArray *bytes; /* the line and the picture */
} Waiting;

struct ProgramQueue {
    guint size;
    bool drop_oldest;
    GQueue waiting; /* of Waiting * */
};

DEFINE_DESTROY(waiting_free, Waiting, one, g_byte_array_unref(one->bytes))

ProgramQueue *program_queue_new(guint size, bool drop_oldest)
{
    ProgramQueue *queue = g_new0(ProgramQueue, 1);
    queue->size = size;
    queue->drop_oldest = drop_oldest;
    g_queue_init(&queue->waiting);
    return queue;
}

DEFINE_FREE(program_queue_free, ProgramQueue, queue, g_queue_clear_full(&queue->waiting, waiting_free))

int64_t program_queue_push(ProgramQueue *queue, int64_t t_us, const char *line, const struct iovec *rows,
                           size_t count)
{
    const bool full = g_queue_get_length(&queue->waiting) >= queue->size;
    if (full && !queue->drop_oldest)
        return 1;
    if (full)
        waiting_free(g_queue_pop_head(&queue->waiting));
    Waiting *one = g_new(Waiting, 1);
    *one = (Waiting){t_us, g_byte_array_new()};
    g_byte_array_append(one->bytes, (const guint8 *)line, (guint)strlen(line));
    for (size_t i = 0; i < count; i++)
        g_byte_array_append(one->bytes, rows[i].iov_base, (guint)rows[i].iov_len);
    g_queue_push_tail(&queue->waiting, one);
    return full;
}

void program_queue_flow(ProgramQueue *queue, ProgramPipe *pipe, int64_t *last_us, int64_t *pictures)
{
    const bool has_room = program_pipe_taken(pipe) == program_pipe_written(pipe);
    if (program_pipe_pending(pipe) > 0 || !has_room || g_queue_is_empty(&queue->waiting))
        return;
    Waiting *one = g_queue_pop_head(&queue->waiting);
    program_pipe_queue(pipe, (const char *)one->bytes->data, one->bytes->len, NULL, 0);
    *last_us = one->t_us;
    (*pictures)++;
    waiting_free(one);
}

bool program_queue_is_empty(const ProgramQueue *queue)
{
    return queue->waiting.length == 0;
}
