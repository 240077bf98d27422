/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: one file's decoded pictures with their stamps as they are written in it, and how far
 * each can be trusted. Books what gave no picture. */
#ifndef VSAUDIT_MEDIA_READER_H
#define VSAUDIT_MEDIA_READER_H

#include "media/demuxer.h"
#include "media/ledger.h"

typedef struct Reader Reader;

/* READER_STREAM: this stream has ended and its pictures have all been given; the next call goes on in another
 * one of the file. */
typedef enum { READER_FRAME, READER_STREAM, READER_END, READER_ERROR } ReaderStatus;

/* `quality` and `ledger` are filled on the way and must outlive the reader. */
Reader *reader_open(const char *path, const DemuxerRequest *request, ClipQuality *quality, Ledger *ledger,
                    GError **error);
/* `frame` is unreferenced first. */
ReaderStatus reader_next(Reader *reader, AVFrame *frame, LedgerPicture *picture, GError **error);
/* Known from the first picture on. */
TimelineRules reader_rules(const Reader *reader);
/* Stamp 0 on the file's own clock, and on a player's; TIME_UNKNOWN = there is no clock. */
int64_t reader_origin_us(const Reader *reader);
int64_t reader_player_us(const Reader *reader);
/* After READER_END. length_us: of what was decoded; leaps: its clock was mended, so that lengths do not
 * count.
 */
LedgerPromise reader_promise(const Reader *reader, int64_t length_us, bool leaps);
/* Jumps to the last key picture at or before the stamp. False: nothing has changed. */
bool reader_seek(Reader *reader, int64_t stamp_us);
Demuxer *reader_demuxer(Reader *reader);
void reader_close(Reader *reader); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, reader_close)

#endif
