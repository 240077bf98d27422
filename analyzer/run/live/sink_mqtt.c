/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MQTT: a client of a broker, by libmosquitto, whose own thread reads the messages; and a broker, Debian's
 * mosquitto, where the harness is asked to start one. */
#include "live/broker.h"
#include "live/sink_internal.h"

#include "records/error.h"

#include <string.h>

#include <mosquitto.h>

#define KEEP_ALIVE_S 20
#define TRY_AGAIN_S 1
#define TRY_AGAIN_MAX_S 10

typedef struct {
    Sink *sink;
    Broker *broker; /* NULL: none was asked for */
    struct mosquitto *client;
    bool runs;
} Mqtt;

static const char *const all_topics[] = {"#", NULL};

static void subscribe(Mqtt *mqtt)
{
    const GPtrArray *topics = mqtt->sink->spec->topics;
    const int count = topics != NULL ? (int)topics->len : 1;
    char *const *names =
        topics != NULL ? (char *const *)(void *)topics->pdata : (char *const *)(void *)all_topics;
    const int fault = mosquitto_subscribe_multiple(mqtt->client, NULL, count, names, 1, 0, NULL);
    if (fault != MOSQ_ERR_SUCCESS)
        sink_note(mqtt->sink, "the topics cannot be subscribed to: %s", mosquitto_strerror(fault));
}

static void connected(struct mosquitto *client, void *user, int answer)
{
    (void)client;
    Mqtt *mqtt = user;
    if (answer == 0)
        subscribe(mqtt);
    else
        sink_note(mqtt->sink, "the broker refuses the connection: %s", mosquitto_connack_string(answer));
}

/* 128 and above: refused. */
static void subscribed(struct mosquitto *client, void *user, int id, int count, const int *granted)
{
    (void)client, (void)id;
    Mqtt *mqtt = user;
    const GPtrArray *topics = mqtt->sink->spec->topics;
    bool all = true;
    for (int i = 0; i < count; i++) {
        if (granted[i] < 128)
            continue;
        all = false;
        sink_note(mqtt->sink, "the broker refuses the topic “%s”",
                  topics != NULL ? (const char *)g_ptr_array_index(topics, (guint)i) : "#");
    }
    if (all)
        sink_hears(mqtt->sink, true);
}

static void disconnected(struct mosquitto *client, void *user, int reason)
{
    (void)client;
    Mqtt *mqtt = user;
    if (reason != 0)
        sink_note(mqtt->sink, "the connection to the broker was lost, or there is none: %s",
                  mosquitto_strerror(reason));
    sink_hears(mqtt->sink, false);
}

static void arrived(struct mosquitto *client, void *user, const struct mosquitto_message *message)
{
    (void)client;
    Mqtt *mqtt = user;
    SinkMessage *kept = sink_message_new(mqtt->sink);
    kept->path = g_utf8_make_valid(message->topic, -1);
    kept->length = (guint64)message->payloadlen;
    kept->body = g_bytes_new(message->payload, (gsize)MIN(kept->length, mqtt->sink->limits->body_bytes));
    kept->retained = message->retain;
    if (message->retain)
        sink_note(mqtt->sink, "the broker gave messages that it had kept (retained): they may be old");
    sink_push(mqtt->sink, kept);
}

static bool set_up(Mqtt *mqtt, GError **error)
{
    Sink *sink = mqtt->sink;
    const SinkSpec *spec = sink->spec;
    mqtt->client = mosquitto_new(NULL, true, mqtt);
    int fault = mqtt->client == NULL ? MOSQ_ERR_NOMEM : MOSQ_ERR_SUCCESS;
    if (fault == MOSQ_ERR_SUCCESS && spec->user != NULL)
        fault = mosquitto_username_pw_set(mqtt->client, spec->user, sink->password);
    if (fault == MOSQ_ERR_SUCCESS && spec->address != NULL && g_str_has_prefix(spec->address, "mqtts://")) {
        fault = mosquitto_int_option(mqtt->client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
        if (fault == MOSQ_ERR_SUCCESS && spec->any_certificate)
            fault = mosquitto_tls_opts_set(mqtt->client, 0, NULL, NULL);
        if (fault == MOSQ_ERR_SUCCESS && spec->any_certificate)
            fault = mosquitto_tls_insecure_set(mqtt->client, true);
    }
    if (fault == MOSQ_ERR_SUCCESS)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: libmosquitto cannot be set up: %s",
                sink->id, mosquitto_strerror(fault));
    return false;
}

static bool check_topics(const Sink *sink, GError **error)
{
    const GPtrArray *topics = sink->spec->topics;
    for (guint i = 0; topics != NULL && i < topics->len; i++) {
        const char *topic = g_ptr_array_index(topics, i);
        if (mosquitto_sub_topic_check(topic) == MOSQ_ERR_SUCCESS)
            continue;
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found the topic “%s”, expected one as MQTT has them: + for a level, # at the end for "
            "all beneath",
            sink->id, topic);
        return false;
    }
    return true;
}

static bool start(Sink *sink, GError **error)
{
    Mqtt *mqtt = g_new0(Mqtt, 1);
    mqtt->sink = sink;
    sink->own = mqtt;
    g_autofree char *host = NULL;
    guint port = 0;
    mosquitto_lib_init();
    sink_spec_host(sink->spec, &host, &port);
    if (!check_topics(sink, error) || !set_up(mqtt, error))
        return false;
    if (sink->spec->broker) {
        mqtt->broker = broker_start(host, port, sink->spec->user, sink->password, sink->limits->body_bytes,
                                    sink->limits->folder, error);
        if (mqtt->broker == NULL) {
            g_prefix_error(error, "%s: ", sink->id);
            return false;
        }
        port = broker_port(mqtt->broker);
    }
    const bool ipv6 = strchr(host, ':') != NULL;
    sink->address = g_strdup_printf(
        ipv6 ? "mqtt%s://[%s]:%u" : "mqtt%s://%s:%u",
        sink->spec->address != NULL && g_str_has_prefix(sink->spec->address, "mqtts") ? "s" : "", host, port);
    mosquitto_connect_callback_set(mqtt->client, connected);
    mosquitto_subscribe_callback_set(mqtt->client, subscribed);
    mosquitto_disconnect_callback_set(mqtt->client, disconnected);
    mosquitto_message_callback_set(mqtt->client, arrived);
    mosquitto_reconnect_delay_set(mqtt->client, TRY_AGAIN_S, TRY_AGAIN_MAX_S, true);
    const bool anywhere = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    /* Fails where nobody listens yet; the thread tries again. */
    const int fault =
        mosquitto_connect_async(mqtt->client, anywhere ? "127.0.0.1" : host, (int)port, KEEP_ALIVE_S);
    if (fault != MOSQ_ERR_SUCCESS)
        sink_note(sink, "no connection to the broker yet: %s",
                  fault == MOSQ_ERR_ERRNO ? g_strerror(errno) : mosquitto_strerror(fault));
    mqtt->runs = mosquitto_loop_start(mqtt->client) == MOSQ_ERR_SUCCESS;
    if (!mqtt->runs)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: libmosquitto cannot start its thread",
                    sink->id);
    return mqtt->runs;
}

static void stop(Sink *sink)
{
    Mqtt *mqtt = sink->own;
    if (mqtt == NULL)
        return;
    if (mqtt->client != NULL) {
        mosquitto_disconnect_callback_set(mqtt->client, NULL);
        mosquitto_disconnect(mqtt->client);
        if (mqtt->runs)
            mosquitto_loop_stop(mqtt->client, true); /* also where it waits to connect again */
        mosquitto_destroy(mqtt->client);
    }
    broker_stop(mqtt->broker);
    mosquitto_lib_cleanup();
    g_free(mqtt);
}

const SinkDriver sink_driver_mqtt = {start, stop};
