/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays arbitrary bytes as a clip: nothing may crash, hang or break an invariant of media/replay.h. With
 * -DFUZZER it is a libFuzzer target; else main replays the corpus folder (or the files given) and prints TAP.
 */
#include "media/replay.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PICTURES 200

static void check(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

/* Returns how many pictures came; -1 when the clip was refused. */
static int replay_file(const char *path, const ReplayRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Replay) replay = replay_open(path, request, &error);
    check((replay == NULL) == (error != NULL), "a refusal has a reason");
    if (replay == NULL) {
        check(g_utf8_validate(error->message, -1, NULL), "the reason is UTF-8");
        return -1;
    }
    int64_t last = -1;
    int count = 0;
    ReplayFrame frame;
    ReplayStatus status = REPLAY_FRAME;
    while (count < MAX_PICTURES && (status = replay_next(replay, &frame, &error)) == REPLAY_FRAME) {
        check(frame.t_us > last && frame.t_us >= 0, "times ascend from 0");
        check(frame.duration_us >= 0, "durations are not negative");
        check(frame.width > 0 && frame.height > 0 && frame.luma != NULL, "there is a picture");
        last = frame.t_us;
        count++;
    }
    check((status == REPLAY_ERROR) == (error != NULL), "an error has a reason");
    if (status == REPLAY_END)
        check(replay_quality(replay)->frames >= count || request->condition != NULL, "frames are counted");
    json_t *json = clip_quality_to_json(replay_quality(replay));
    check(json != NULL, "the record can be written");
    json_decref(json);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/vsaudit-fuzz-XXXXXX";
    const int fd = mkstemp(path);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    close(fd);
    replay_file(path, &(ReplayRequest){.max_width = 64, .colour = true});
    replay_file(path, &(ReplayRequest){.max_width = 64, .max_rate = 5, .condition = "null"});
    unlink(path);
    return 0;
}

#ifndef FUZZER
static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every corpus file as it is, and cut and damaged in a few places. */
static void exercise(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize size = 0;
    check(g_file_get_contents(path, &bytes, &size, NULL), "the corpus file can be read");
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
    g_autoptr(GRand) random = g_rand_new_with_seed((guint32)size);
    for (int round = 0; round < 6 && size > 16; round++) {
        g_autofree char *copy = g_memdup2(bytes, size);
        const gsize length = round % 2 == 0 ? size : size * (gsize)g_rand_int_range(random, 1, 100) / 100;
        for (int i = 0; i < 8; i++)
            copy[g_rand_int_range(random, 0, (gint32)size)] = (char)g_rand_int_range(random, 0, 256);
        LLVMFuzzerTestOneInput((const uint8_t *)copy, length);
    }
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    const char *folder = "tests/fuzz/corpus/replay";
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            g_ptr_array_add(files, g_strdup(argv[i]));
    } else {
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
            g_ptr_array_add(files, g_build_filename(folder, name, NULL));
        g_ptr_array_sort(files, by_name);
    }
    if (files->len == 0) {
        printf("1..1\nnot ok 1 - no corpus in %s (run it from the project's folder)\n", folder);
        return 1;
    }
    printf("1..%u\n", files->len);
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        exercise(path);
        g_autofree char *name = g_path_get_basename(path);
        printf("ok %u - fuzz_replay %s\n", i + 1, name);
        fflush(stdout);
    }
    return 0;
}
#endif
