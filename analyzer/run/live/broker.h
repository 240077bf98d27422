/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A broker of MQTT for products that are clients of one: Debian's mosquitto, as a child of this process, with
 * nothing kept on disk when it is stopped. Inside live/ only. */
#ifndef VSAUDIT_LIVE_BROKER_H
#define VSAUDIT_LIVE_BROKER_H

#include <glib.h>

typedef struct Broker Broker;

/* Starts it at host:port (port 0: any free one) and waits until it takes connections. With a user it takes
 * nobody without that password; without, everybody who reaches the port. Messages of more than message_bytes
 * are refused by it. Its files lie in a new folder in `folder` (NULL: that for temporary files). NULL with a
 * HARNESS error: mosquitto is not installed, the port is taken. The broker ends with the process, however
 * that ends. */
Broker *broker_start(const char *host, guint port, const char *user, const char *password,
                     guint64 message_bytes, const char *folder, GError **error);
guint broker_port(const Broker *broker);
/* NULL is fine. Who is confined meanwhile may not end it: it then ends with its parent. */
void broker_stop(Broker *broker);

#endif
