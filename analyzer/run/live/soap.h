/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SOAP 1.2 as ONVIF's event service speaks it: the requests, and what is read of the answers. No network
 * here. Sources: ONVIF Core Specification (event handling), OASIS WS-BaseNotification 1.3, WS-Addressing 1.0,
 * WS-Security UsernameToken Profile 1.0. Inside live/ only. */
#ifndef VSAUDIT_LIVE_SOAP_H
#define VSAUDIT_LIVE_SOAP_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { SOAP_CLOCK, SOAP_SUBSCRIBE, SOAP_PULL, SOAP_RENEW, SOAP_UNSUBSCRIBE } SoapRequest;

typedef struct {
    const char *to;              /* URL that the request goes to */
    const char *parameters;      /* XML that the subscription wants back in each head; NULL: none */
    const char *user, *password; /* NULL: none */
    int64_t clock_offset_us;     /* the device's clock minus ours: it refuses tokens of another time */
    guint lease_s;               /* SUBSCRIBE, RENEW: how long the subscription shall live */
    guint wait_s;                /* PULL: how long the device may wait for a message */
} SoapOptions;

/* The whole envelope; caller frees. */
char *soap_write(SoapRequest request, const SoapOptions *options);
/* For the Content-Type of that request. */
const char *soap_action(SoapRequest request);

typedef struct {
    char *fault;      /* what the device says is wrong; NULL: it is no fault */
    int64_t clock_us; /* CLOCK: the device's time, µs of the Unix clock; else, or not said, TIME_UNKNOWN */
    char *address;    /* SUBSCRIBE: where to pull; NULL: not said */
    char *parameters; /* and what to say there; NULL: nothing */
    guint messages;   /* PULL: how many there are */
} SoapAnswer;

/* False with an INPUT error when it is no such answer. The caller clears it. */
bool soap_read(SoapRequest request, const char *bytes, gsize length, SoapAnswer *answer, GError **error);
void soap_answer_clear(SoapAnswer *answer);
/* The URL at which to pull: `address` as the device says it, but at the host and port of `base`, to which the
 * user's trust goes, whatever the device calls itself (a camera behind a router says its inner address).
 * *moved: whether that is another one. NULL when it is no URL. Caller frees. */
char *soap_keep_host(const char *base, const char *address, bool *moved);

#endif
