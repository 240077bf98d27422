/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: does a file's own outer structure (MP4 boxes, RIFF, EBML, MPEG-TS packets) reach beyond
 * its last byte? libav ends with success on such a file. */
#ifndef VSAUDIT_MEDIA_TAIL_H
#define VSAUDIT_MEDIA_TAIL_H

#include <stdbool.h>

/* `container`: libav's name of the format. False also when the format has no such structure. */
bool tail_is_missing(int fd, const char *container);
/* Whether the file's structure, of one piece and a size written when it was finished, ends where the file
 * does: then nothing was cut off, whatever lengths it promises. Only Matroska is so; fragments may lack
 * others. */
bool tail_is_whole(int fd, const char *container);
/* Whether the file begins as an MP4 does. */
bool tail_looks_like_mp4(int fd);

#endif
