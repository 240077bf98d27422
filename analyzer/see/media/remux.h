/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a clip's coded pictures into a fresh file that tells nothing of where they come from: the same coded
 * pictures at the same times, and nothing else. No sound, no other streams, no titles, chapters, dates, names
 * of programs; H.264's and HEVC's own words for their encoder go too (media/signature.h).
 *
 * The clip is not coded again. What was written is read back and held against the clip, picture by picture:
 * its coded bytes, whether it is a key picture, and its time from the first one, exactly. What does not come
 * back the same is refused. The same clip and spec give the same bytes. */
#ifndef VSAUDIT_MEDIA_REMUX_H
#define VSAUDIT_MEDIA_REMUX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How one file differs from another of the same pictures. */
typedef struct {
    bool index_first; /* MP4: its index stands before the pictures */
    guint32 padding;  /* bytes of nothing in it, 0 to 16 MiB */
    double rate;      /* pictures a second, as the dataset states it; 0 = not stated (media/replay.h) */
} RemuxSpec;

/* What is known of the pictures that were written. */
typedef struct {
    int width, height;
    double rate;         /* nominal, pictures a second; 0 = not known */
    int64_t duration_us; /* from the first picture to the end of the last; > 0 */
    const char *encoder; /* an encoder's name that is still written in the pictures; NULL = none. Static */
} RemuxFacts;

/* Writes `stem`.mp4, or .mov or .mkv where MP4 does not hold the codec or the times. Gives the ending, which
 * is static text; NULL with an INPUT error when the clip cannot be read or none of them holds it exactly,
 * HARNESS when the file cannot be written; no file is left then. `facts` may be NULL. */
const char *remux_write(const char *clip, const char *stem, const RemuxSpec *spec, RemuxFacts *facts,
                        GError **error);

#endif
