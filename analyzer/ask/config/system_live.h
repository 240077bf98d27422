/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of a system of kind live: a product that watches a camera, which the harness plays,
 * and tells its alarms to sinks, which the harness opens. Somebody else may have started it, or `command`
 * does; then words of the command and of the template `config` are filled in (placeholders, below). */
#ifndef VSAUDIT_CONFIG_SYSTEM_LIVE_H
#define VSAUDIT_CONFIG_SYSTEM_LIVE_H

#include "config/sink_spec.h"
#include "config/system_program.h"

typedef enum { LIVE_ANY, LIVE_TCP, LIVE_UDP } LiveTransport;
extern const char *const live_transport_names[];

typedef struct {
    char *address;         /* rtsp://HOST:PORT/NAME as written; NULL: loopback */
    unsigned transport;    /* LiveTransport */
    char *user;            /* NULL: whoever asks may watch */
    char *password_file;   /* its first line; NULL without a user */
    int64_t width, height; /* of all pictures; 0: as recorded */
    char *host, *name;     /* of the address; never NULL once loaded */
    int64_t port;          /* 0: any that is free */
} LiveCamera;

/* Addresses at most. */
#define LIVE_CAMERAS_MOST 64

typedef struct {
    ProgramOptions product;                /* must be first: see system_program(). Its command may be empty */
    char *config;                          /* the template, as written; NULL: none */
    char *config_path;                     /* where it is; NULL in a bundle */
    char *camera_config, *camera_path;     /* a template that is filled in for each camera; likewise */
    char *mirrored_config, *mirrored_path; /* another template, for the probe “mirrored”; likewise */
    char *map, *map_path;                  /* of the messages (vsaudit/alert-map/1), likewise */
    GPtrArray *sinks;                      /* of SinkSpec *; never empty once loaded */
    LiveCamera camera;
    int64_t cameras;    /* addresses at most, watched at the same time; 0: as many as there are cameras */
    int64_t connect_us; /* until somebody watches */
    int64_t warm_up_us; /* of grey, before anything else */
    int64_t settle_us;  /* of each clip's first picture, still, before it begins */
    int64_t drain_us;   /* of its last one: late messages are still its own */
    int64_t flashes;    /* after the warm-up, to measure delays by; 0: none */
} LiveOptions;

extern const YamlTable live_table, live_camera_table;

/* Of a system of kind live, or of one of its variants; NULL for other kinds. */
const LiveOptions *system_live(const SystemSpec *system);
/* Whether all that the product needs is on this machine's loopback, and the harness starts it: then both get
 * a network of their own, where the machine offers that. */
bool system_live_is_closed(const LiveOptions *live);

/* ---- placeholders: @camera@, @camera-host@, @camera-port@, @camera-name@, @camera-number@,
 * @camera-configs@, @user@, @password@, @sink@,
 * @sink-host@, @sink-port@ of the first sink and @sink:ID@, … of others, @config@, @scratch@, and the name of
 * each setting. A word of the command or a line of the template that has one of the first five stands there
 * once for each camera */

/* Whether it has one of these five. */
bool live_names_camera(const char *text);

/* The text with every placeholder replaced by what `value` gives (caller frees; NULL: there is none of that
 * name). NULL with its name in *unknown (caller frees), and where it stands in *at. Text between two @ that
 * is no word is left alone. */
char *live_fill(const char *text, char *(*value)(const char *name, void *user), void *user, char **unknown,
                size_t *at);

#endif
