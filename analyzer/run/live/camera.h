/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays clips as cameras: an RTSP server that software under test believes to be cameras. Many cameras behind
 * one port, each at an address of its own (rtsp://127.0.0.1:PORT/ID), for any number of clients at once.
 *
 *     CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
 *     CameraServer *server = camera_server_start(&options, &error);
 *     Camera *camera = camera_add(server, "hall", 1.0, &error);
 *     … tell the system under test: camera_address(camera) …
 *     camera_play(camera, &(CameraPlay){.shows = shows, .count = 3, .wait_viewers = 1}, &error);
 *     camera_wait(camera, g_get_monotonic_time() + 60 * G_USEC_PER_SEC, &error);
 *     … a message came at wall_us: camera_moment(camera, wall_us, &moment) says what was being shown …
 *     camera_server_stop(server);
 *
 * The server runs in a thread of its own, which writes down when each picture is sent. Every function here
 * may be called from any thread, but for one server from one at a time (camera_moment and camera_counts:
 * any). wall_us is g_get_monotonic_time.
 *
 * To be confined (sandbox/sandbox.h) start the server first, enter the sandbox of a worker that `serves`,
 * then add cameras and play: sockets are opened by camera_server_start alone, its thread begins with the
 * first camera, clips are opened by camera_play and after.
 *
 * Clips are sent as recorded where RTP can carry them and coded anew otherwise (media/feed.h). A client that
 * comes late begins with the next key picture; one that does not keep up loses whole pictures, which are
 * counted. A camera sends one codec: what comes later in a programme in another one is coded anew. */
#ifndef VSAUDIT_LIVE_CAMERA_H
#define VSAUDIT_LIVE_CAMERA_H

#include "live/moments.h"
#include "live/programme.h"

typedef struct CameraServer CameraServer;
typedef struct Camera Camera; /* belongs to its server */

typedef struct {
    const char *host;     /* an address of this machine, "localhost" or a number; NULL = 127.0.0.1 */
    uint16_t port;        /* 0 = any that is free */
    const char *user;     /* NULL = whoever asks may watch; else Basic or Digest */
    const char *password; /* NULL = "" */
    bool no_tcp, no_udp;  /* refuse clients that want it so */
    int64_t idle_us;      /* a client that neither sends nor takes anything for so long is gone; > 0 */
    size_t queue_bytes;   /* waiting for one client before pictures are left out; > 0 */
} CameraServerOptions;

#define CAMERA_SERVER_DEFAULTS ((CameraServerOptions){.idle_us = 60 * G_USEC_PER_SEC, .queue_bytes = 4 << 20})

/* NULL with an INPUT error (no such address, the port is taken) or a HARNESS error. */
CameraServer *camera_server_start(const CameraServerOptions *options, GError **error);
/* Ends the thread, closes all connections, frees the cameras. NULL is fine. */
void camera_server_stop(CameraServer *server);
uint16_t camera_server_port(const CameraServer *server);

/* A camera at /ID: letters, digits, ".", "_", "-". speed: stream time over wall time, > 0; 1 = real time. It
 * can be watched from its first programme on. NULL with an INPUT error: the id is wrong or taken. */
Camera *camera_add(CameraServer *server, const char *id, double speed, GError **error);
const char *camera_address(const Camera *camera); /* without user and password; owned by the camera */

typedef struct {
    const Show *shows; /* copied */
    size_t count;
    bool loop;          /* for ever */
    guint wait_viewers; /* begin when so many clients watch; 0 = at once */
    bool farewell; /* at the end say goodbye (RTCP BYE) and close connections; else they stay, and the next
                      programme goes on in the same stream, with stamps that ran on */
} CameraPlay;

/* Begins a programme, in place of the one before. The first clip is opened here: its errors are INPUT errors.
 */
bool camera_play(Camera *camera, const CameraPlay *play, GError **error);

/* Why the first clip of the present programme is coded anew, in a few words; NULL = it is sent as recorded.
 * Owned by the camera, until the next programme. */
const char *camera_reason(const Camera *camera);

typedef enum {
    CAMERA_IDLE,    /* no programme yet */
    CAMERA_WAITING, /* for clients */
    CAMERA_PLAYING,
    CAMERA_ENDED,  /* the programme was shown to its end, the last picture's time included */
    CAMERA_FAILED, /* a clip could not be read or coded on the way */
} CameraState;

/* Waits until the programme has ended or failed, or wall_us has come. CAMERA_FAILED sets the error. */
CameraState camera_wait(Camera *camera, int64_t wall_us, GError **error);
/* Waits until so many clients watch, or the same. */
CameraState camera_wait_viewers(Camera *camera, guint viewers, int64_t wall_us, GError **error);

/* The last picture sent at or before wall_us; false: none was. See moments.h. */
bool camera_moment(Camera *camera, int64_t wall_us, Moment *moment);
/* When a picture was sent for the first time: the first one of that play and thing at t_us or later. */
bool camera_moment_of(Camera *camera, int play, int show, int64_t t_us, Moment *moment);
/* All pictures of the present programme and the one before it, of a loop those of the last rounds
 * (moments.h): a GArray of Moment, which the caller unreferences. */
GArray *camera_moments(Camera *camera);

/* How many clients watched, from a moment on. */
typedef struct {
    int64_t wall_us;
    guint viewers;
} Audience;

/* Each change of it so far, in order; none watched before the first. A system under test saw nothing of what
 * was sent while it was away. A GArray of Audience that the caller unreferences. */
GArray *camera_audience(Camera *camera);

typedef struct {
    CameraState state;
    int plays;       /* programmes begun */
    guint viewers;   /* who watch now */
    int64_t joined;  /* who ever began to */
    int64_t sent;    /* pictures, each once however many watch */
    int64_t bytes;   /* of RTP, likewise */
    int64_t dropped; /* pictures left out, summed over clients that did not keep up */
    int64_t late_us; /* the most that a picture was sent after its time */
} CameraCounts;

void camera_counts(Camera *camera, CameraCounts *counts);
/* Requests with a wrong password or none, so far, of the whole server. */
int64_t camera_server_refused(CameraServer *server);

#endif
