/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sinks: where a system that runs by itself sends its alarms, as YAML and the command line name them. Each
 * kind is a record: what it takes, and what it is for. What it does is one record in live/. */
#ifndef VSAUDIT_CONFIG_SINK_SPEC_H
#define VSAUDIT_CONFIG_SINK_SPEC_H

#include "yaml/yaml_table.h"

typedef enum { SINK_WEBHOOK, SINK_MQTT, SINK_ONVIF, SINK_ALERTSTREAM, SINK_KINDS } SinkType;

typedef struct {
    const char *help;    /* one line */
    const char *schemes; /* with which an address begins, "http:// or https://"; NULL: HOST:PORT or PORT */
    const char *keys[8]; /* of those keys of a sink that not every kind takes; ended by NULL */
    bool listens;        /* the product comes to the harness; else the harness goes to the product */
    bool needs_address;
} SinkKind;

/* Names as in YAML, ended by NULL; a sink's `kind` is a place in this list. */
extern const char *const sink_kind_names[];
const SinkKind *sink_kind_at(unsigned kind);

typedef struct {
    char *id; /* NULL: that of its kind */
    unsigned kind;
    /* webhook: HOST:PORT to listen at (default: loopback, any free port). mqtt: mqtt://HOST:PORT of the
     * broker, with broker: true where the harness starts one (default: loopback, any free port). onvif: URL
     * of the product's event service. alertstream: URL of the product, or of its stream. */
    char *address;
    GPtrArray *topics; /* mqtt: of char *; NULL: all ("#") */
    char *user;        /* NULL: none is asked for or given */
    char *
        password_file; /* its first line is the password; never in YAML itself, which is printed and copied */
    int64_t camera;    /* that its messages are about, by its number from 1; 0: they say it themselves */
    char *token;       /* webhook: a word that the path must hold between two slashes; NULL: any path */
    bool broker;       /* mqtt: the harness starts a broker */
    bool any_certificate; /* https, mqtts: the other's certificate is not looked at */
} SinkSpec;

extern const YamlTable sink_table;

/* A sink as the command line names it: KIND or KIND:ADDRESS, "webhook:8080",
 * "onvif:http://10.0.0.7/onvif/event". A user may stand in the address (http://user@host/), a password may
 * not. NULL with a USAGE error. */
SinkSpec *sink_spec_parse(const char *text, GError **error);
/* Whether the spec is whole and its keys go with its kind; a sentence of what is wrong, else NULL. *key: the
 * key that it is about. Caller frees the sentence. */
char *sink_spec_fault(const SinkSpec *spec, const char **key);
/* Whether a sink of its kind takes that key. */
bool sink_spec_takes(const SinkSpec *spec, const char *key);
void sink_spec_free(SinkSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SinkSpec, sink_spec_free)

/* Host and port of an address of webhook (HOST:PORT, PORT or NULL) or of mqtt. False when it is none.
 * *host: caller frees, never NULL ("127.0.0.1"); *port 0: any. */
bool sink_spec_host(const SinkSpec *spec, char **host, guint *port);

#endif
