/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind live: a product that watches a camera and tells its alarms to sinks. Its description has besides
 * what all have "live": "transport", "user" (whether one is asked for), "width" and "height" (0: as
 * recorded), "sinks" ([{"id", "kind", "topics" or null}]), and in µs "connect_us", "warm_up_us", "settle_us",
 * "drain_us", with "flashes", and "cameras" where it is not one. A sink has "camera" where it is that one's.
 * Addresses are of the machine, and not in it. */
#ifndef VSAUDIT_SYSTEMS_LIVE_H
#define VSAUDIT_SYSTEMS_LIVE_H

#include "config/system_live.h"
#include "systems/engine.h"
#include "systems/program_pipe.h"

extern const Engine engine_live;

/* ---- a product that the harness starts */

typedef struct {
    char *address; /* rtsp://HOST:PORT/NAME */
    char *name;    /* NAME */
} ProductCamera;

/* What its placeholders stand for. */
typedef struct {
    const SystemSpec *system;
    const ProductCamera *cameras; /* at least one */
    size_t camera_count;
    bool mirrored;            /* the picture is, and its configuration is to be that for it */
    const char *password;     /* of the camera; NULL: none */
    const char *const *sinks; /* addresses, in the order of the options */
    const char *scratch;      /* the product's own folder, which is there */
    bool closed;              /* this process has left the network (sandbox_leave_network) */
} ProductPlace;

typedef struct Product Product;

/* Fills in the template, starts the command; INPUT or HARNESS errors. The place is not needed any more
 * afterwards. The product ends with the process group of whoever started it. */
Product *product_start(const ProductPlace *place, GError **error);
/* Reads what it prints, without waiting. */
void product_step(Product *product);
/* Whether it has ended: then how, in a sentence's end ("ended with status 1"; caller frees); else NULL. */
char *product_ended(Product *product);
char *product_log(const Product *product); /* the last 4 KiB that it printed; caller frees */
void product_free(Product *product);       /* NULL is fine */

#endif
