/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/known.h"

#include <fcntl.h>
#include <libavformat/avformat.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_BYTES = 4096 };

bool known_as_film(const char *path)
{
    uint8_t bytes[FIRST_BYTES + AVPROBE_PADDING_SIZE] = {0};
    struct stat status;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    const bool is_regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    const ssize_t got = is_regular ? read(fd, bytes, FIRST_BYTES) : 0;
    close(fd);
    if (got <= 0)
        return false;
    const AVProbeData probe = {.filename = "", .buf = bytes, .buf_size = (int)got};
    int score = 0;
    const AVInputFormat *format = av_probe_input_format3(&probe, 1, &score);
    return format != NULL && score > AVPROBE_SCORE_EXTENSION;
}
