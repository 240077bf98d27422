/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit listen SINK…: prints what a product sends, for whoever writes the map of its messages. */
#include "cli/command.h"
#include "import/alert_message.h"
#include "live/sink.h"
#include "records/shown.h"

#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

extern const Command command_listen;

#define READY_US (15 * US_PER_SECOND)
#define LOOK_US 200000
#define SECONDS_MOST 1e9

static volatile sig_atomic_t stopped;

static void stop_on_signal(int number)
{
    (void)number;
    stopped = 1;
}

/* What --help says of every kind. Caller frees. */
static char *describe(void)
{
    GString *text = g_string_new("A SINK is KIND or KIND:ADDRESS:\n");
    for (unsigned kind = 0; sink_kind_names[kind] != NULL; kind++)
        g_string_append_printf(text, "  %-12s %s\n", sink_kind_names[kind], sink_kind_at(kind)->help);
    g_string_append(
        text,
        "\nPrints each message as a line of JSON when it arrives: the time, where from, the body, and with "
        "--map what\n"
        "the map makes of it, or why it cannot be read. What to enter in the product, what happens to "
        "connections and\n"
        "the sum are said on standard error. Ends after --for, after --count, or with Ctrl-C. The lines can "
        "be kept and\n"
        "read again: vsaudit import alert-log, with a map of format ndjson whose paths begin with "
        "“body.”.\n\n"
        "Exit status: 0 done; 2 wrong usage; 3 the map or a file is wrong; 4 nothing can be heard.\n\n"
        "Examples:\n  vsaudit listen webhook:8080\n"
        "  vsaudit listen mqtt:mqtt://127.0.0.1 --topic 'frigate/#' --map frigate.yaml\n"
        "  vsaudit listen onvif:http://admin@192.168.1.20/onvif/event_service --password-file camera.txt\n");
    return g_string_free(text, FALSE);
}

typedef struct {
    char **topics;
    char *user, *password_file, *token, *map;
    gboolean broker, any_certificate, quiet;
    double seconds;
    int count;
} Options;

/* ---- what is asked for */

static bool take(GPtrArray *specs, const char *option, const char *key, bool given, GError **error)
{
    bool taken = !given;
    for (guint i = 0; i < specs->len; i++)
        taken = taken || sink_spec_takes(g_ptr_array_index(specs, i), key);
    if (!taken)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s: found no sink of a kind that it is for",
                    option);
    return taken;
}

static GPtrArray *copy_topics(char **topics)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    for (char **topic = topics; *topic != NULL; topic++)
        g_ptr_array_add(copy, g_strdup(*topic));
    return copy;
}

static void set_text(SinkSpec *spec, const char *key, char **member, const char *value)
{
    if (value == NULL || !sink_spec_takes(spec, key))
        return;
    g_free(*member);
    *member = g_strdup(value);
}

static void apply(SinkSpec *spec, const Options *options)
{
    set_text(spec, "user", &spec->user, options->user);
    set_text(spec, "password_file", &spec->password_file, options->password_file);
    set_text(spec, "token", &spec->token, options->token);
    if (options->topics != NULL && sink_spec_takes(spec, "topics"))
        spec->topics = copy_topics(options->topics);
    spec->broker = options->broker && sink_spec_takes(spec, "broker");
    spec->any_certificate = options->any_certificate && sink_spec_takes(spec, "any_certificate");
}

static GPtrArray *read_specs(char **texts, const Options *options, GError **error)
{
    g_autoptr(GPtrArray) specs = g_ptr_array_new_with_free_func((GDestroyNotify)sink_spec_free);
    for (char **text = texts; *text != NULL; text++) {
        SinkSpec *spec = sink_spec_parse(*text, error);
        if (spec == NULL)
            return NULL;
        g_ptr_array_add(specs, spec);
        apply(spec, options);
        const char *key = NULL;
        g_autofree char *fault = sink_spec_fault(spec, &key);
        if (fault != NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s: %s", *text, fault);
            return NULL;
        }
    }
    if (take(specs, "--topic", "topics", options->topics != NULL, error) &&
        take(specs, "--user", "user", options->user != NULL, error) &&
        take(specs, "--token", "token", options->token != NULL, error) &&
        take(specs, "--broker", "broker", options->broker, error) &&
        take(specs, "--any-certificate", "any_certificate", options->any_certificate, error))
        return g_steal_pointer(&specs);
    return NULL;
}

/* ---- messages as lines */

static void set_string(json_t *object, const char *key, const char *value)
{
    g_autofree char *valid = value != NULL ? g_utf8_make_valid(value, -1) : NULL;
    if (valid != NULL)
        json_object_set_new(object, key, json_string(valid));
}

static void set_time(json_t *object, const char *key, int64_t unix_us)
{
    if (unix_us == TIME_UNKNOWN)
        return;
    g_autoptr(GDateTime) whole = g_date_time_new_from_unix_utc(unix_us / US_PER_SECOND);
    g_autofree char *text = whole != NULL ? g_date_time_format(whole, "%Y-%m-%dT%H:%M:%S") : NULL;
    if (text == NULL)
        return;
    g_autofree char *full = g_strdup_printf("%s.%06dZ", text, (int)(unix_us % US_PER_SECOND));
    set_string(object, key, full);
}

/* JSON as it is, other text as a string, bytes in base64. */
static void set_body(json_t *object, GBytes *body)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(body, &size);
    /* of a key that stands there twice one value would be lost */
    json_t *json = size > 0 ? json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json == NULL && size > 0)
        json = json_stringn(bytes, size); /* NULL where it is not UTF-8 */
    if (json != NULL) {
        json_object_set_new(object, "body", json);
    } else if (size > 0) {
        g_autofree char *text = g_base64_encode((const guchar *)bytes, size);
        set_string(object, "body_base64", text);
    }
}

static json_t *describe_alert(const MappedAlert *mapped)
{
    json_t *object = json_object();
    set_string(object, "is", mapped_kind_name(mapped->kind));
    set_string(object, "why", mapped->why);
    if (mapped->kind != MAPPED_ALERT)
        return object;
    static const char *const outcomes[] = {"begins", "goes on", "ends", "ends, though none began"};
    set_string(object, "behaviour", mapped->behaviour);
    set_string(object, "state", alert_state_names[mapped->state]);
    if (mapped->joined.outcome != JOIN_ALONE)
        json_object_set_new(object, "alert", json_integer(mapped->joined.alert + 1));
    set_string(object, "so", outcomes[mapped->joined.outcome]);
    if (mapped->joined.doubled)
        json_object_set_new(object, "doubled", json_true());
    if (mapped->disordered)
        json_object_set_new(object, "out_of_order", json_true());
    set_string(object, "id", mapped->id);
    set_string(object, "camera", mapped->camera);
    set_string(object, "clip", mapped->clip);
    set_string(object, "label", mapped->label);
    set_string(object, "note", mapped->note);
    if (!isnan(mapped->confidence))
        json_object_set_new(object, "confidence", json_real(mapped->confidence));
    set_time(object, "time", mapped->time_us);
    set_time(object, "end", mapped->end_us);
    return object;
}

typedef struct {
    guint64 alerts, ignored, nothing, wrong, doubled, disordered;
} Sum;

static void add_to_sum(Sum *sum, const MappedAlert *mapped)
{
    sum->alerts += mapped->kind == MAPPED_ALERT;
    sum->ignored += mapped->kind == MAPPED_IGNORED;
    sum->nothing += mapped->kind == MAPPED_NOTHING;
    sum->wrong += mapped->kind == MAPPED_WRONG;
    sum->doubled += mapped->joined.doubled;
    sum->disordered += mapped->disordered;
}

static json_t *read_message(AlertMapper *mapper, const SinkMessage *message, bool is_topic, Sum *sum)
{
    g_autofree char *name = g_strdup_printf("message %" G_GUINT64_FORMAT, message->number);
    gsize size = 0;
    const AlertMessage asked = {.name = name,
                                .sink = message->id,
                                .from = message->from,
                                .method = message->method,
                                .topic = is_topic ? message->path : NULL,
                                .path = is_topic ? NULL : message->path,
                                .query = message->query,
                                .content_type = message->content_type,
                                .bytes = g_bytes_get_data(message->body, &size),
                                .length = g_bytes_get_size(message->body),
                                .cut = message->length > g_bytes_get_size(message->body)};
    g_autoptr(GPtrArray) mapped = alert_mapper_read(mapper, &asked);
    json_t *list = json_array();
    for (guint i = 0; i < mapped->len; i++) {
        json_array_append_new(list, describe_alert(g_ptr_array_index(mapped, i)));
        add_to_sum(sum, g_ptr_array_index(mapped, i));
    }
    return list;
}

static void print_message(const SinkMessage *message, bool is_topic, AlertMapper *mapper, Sum *sum)
{
    json_t *line = json_object();
    json_object_set_new(line, "number", json_integer((json_int_t)message->number));
    set_time(line, "arrived", message->wall_us);
    json_object_set_new(line, "monotonic_us", json_integer(message->arrived_us));
    set_string(line, "sink", message->id);
    set_string(line, "from", message->from);
    set_string(line, "method", message->method);
    set_string(line, is_topic ? "topic" : "path", message->path);
    set_string(line, "query", message->query);
    set_string(line, "content_type", message->content_type);
    json_object_set_new(line, "bytes", json_integer((json_int_t)message->length));
    if (message->length > g_bytes_get_size(message->body))
        json_object_set_new(line, "cut", json_true());
    if (message->retained)
        json_object_set_new(line, "retained", json_true());
    set_body(line, message->body);
    if (mapper != NULL)
        json_object_set_new(line, "read", read_message(mapper, message, is_topic, sum));
    g_autofree char *text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(line);
    printf("%s\n", text != NULL ? text : "{}");
    fflush(stdout);
}

/* ---- the sum */

static void print_sum(SinkSet *set, guint count, const Sum *sum, const AlertMapper *mapper)
{
    for (guint i = 0; i < count; i++) {
        SinkCounts counts;
        sink_set_count(set, i, &counts);
        fprintf(stderr, "%s: %" G_GUINT64_FORMAT " message%s", sink_set_address(set, i), counts.messages,
                counts.messages == 1 ? "" : "s");
        const struct {
            guint64 value;
            const char *text;
        } others[] = {{counts.dropped, "dropped, since too many came at once"},
                      {counts.cut, "longer than what is kept of one"},
                      {counts.refused, "refused"},
                      {counts.broken, "broken off"},
                      {counts.lost,
                       counts.lost == 1 ? "time the connection was lost" : "times the connection was lost"}};
        for (size_t j = 0; j < G_N_ELEMENTS(others); j++)
            if (others[j].value > 0)
                fprintf(stderr, ", %" G_GUINT64_FORMAT " %s", others[j].value, others[j].text);
        if (counts.clock_offset_us != TIME_UNKNOWN)
            fprintf(stderr, "; the device’s clock is %.1f s %s", fabs((double)counts.clock_offset_us) / 1e6,
                    counts.clock_offset_us < 0 ? "late" : "early");
        fputc('\n', stderr);
        g_autoptr(GPtrArray) notes = sink_set_notes(set, i);
        for (guint j = 0; j < notes->len; j++)
            shown_line(stderr, "  %s", (const char *)g_ptr_array_index(notes, j)); /* may quote the product */
    }
    if (mapper != NULL)
        fprintf(stderr,
                "by the map: %" G_GUINT64_FORMAT " rows of alerts, %" G_GUINT64_FORMAT
                " ignored, %" G_GUINT64_FORMAT " messages without a row, %" G_GUINT64_FORMAT
                " that cannot be read; %" G_GUINT64_FORMAT " doubled, %" G_GUINT64_FORMAT
                " out of order; %u alerts have not ended\n",
                sum->alerts, sum->ignored, sum->nothing, sum->wrong, sum->doubled, sum->disordered,
                alert_mapper_open(mapper));
}

static void listen_on(SinkSet *set, const GPtrArray *specs, const Options *options, AlertMapper *mapper)
{
    const int64_t until = options->seconds > 0
                              ? g_get_monotonic_time() + (int64_t)(options->seconds * (double)US_PER_SECOND)
                              : INT64_MAX;
    Sum sum = {0};
    int count = 0;
    while (!stopped && (options->count == 0 || count < options->count)) {
        const int64_t left = until - g_get_monotonic_time();
        g_autoptr(SinkMessage) message = sink_set_poll(set, left > 0 ? MIN(left, LOOK_US) : 0);
        if (message == NULL && left <= 0)
            break;
        if (message == NULL)
            continue;
        const SinkSpec *spec = g_ptr_array_index(specs, message->sink);
        print_message(message, spec->kind == SINK_MQTT, mapper, &sum);
        count++;
    }
    if (!options->quiet)
        print_sum(set, specs->len, &sum, mapper);
}

static ExitStatus hear(const GPtrArray *specs, const Options *options, AlertMapper *mapper, GError **error)
{
    g_autoptr(SinkSet) set = sink_set_start(specs, NULL, error);
    if (set == NULL)
        return vsaudit_error_exit_status(*error);
    for (guint i = 0; i < specs->len && !options->quiet; i++) {
        const SinkSpec *spec = g_ptr_array_index(specs, i);
        const bool comes = sink_kind_at(spec->kind)->listens || spec->broker;
        fprintf(stderr, "%s %s\n", comes ? "listening at" : "going to", sink_set_address(set, i));
    }
    struct sigaction action = {.sa_handler = stop_on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    const int64_t wait_us = options->seconds > 0
                                ? (int64_t)MIN(options->seconds * (double)US_PER_SECOND, (double)READY_US)
                                : READY_US;
    if (!sink_set_wait_ready(set, wait_us, error))
        return EXIT_HARNESS;
    if (!options->quiet)
        fprintf(stderr, "ready\n");
    listen_on(set, specs, options, mapper);
    return EXIT_DONE;
}

static ExitStatus listen_to(int argc, char **argv, const Options *options, GError **error)
{
    if (argc < 2 || !(options->seconds >= 0 && options->seconds <= SECONDS_MOST) || options->count < 0) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "expected at least one sink, and no negative or endless number (see “vsaudit listen --help”)");
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) specs = read_specs(argv + 1, options, error);
    if (specs == NULL)
        return EXIT_USAGE;
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(AlertMapper) mapper = options->map != NULL ? alert_mapper_load(options->map, problems) : NULL;
    if (!problems_to_error(problems, error))
        return EXIT_BAD_INPUT;
    return hear(specs, options, mapper, error);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    Options options = {0};
    GOptionEntry entries[] = {
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &options.map, "alert map by which each message is read (YAML)",
         "FILE"},
        {"for", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "end after so many seconds", "SECONDS"},
        {"count", 'n', 0, G_OPTION_ARG_INT, &options.count, "end after so many messages", "N"},
        {"topic", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.topics,
         "mqtt: subscribe to this; may be repeated (default: all)", "TOPIC"},
        {"broker", 0, 0, G_OPTION_ARG_NONE, &options.broker,
         "mqtt: start a broker at the address (mosquitto)", NULL},
        {"user", 0, 0, G_OPTION_ARG_STRING, &options.user, "whom the product gives, or whom to give to it",
         "NAME"},
        {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
         "file whose first line is the password", "FILE"},
        {"token", 0, 0, G_OPTION_ARG_STRING, &options.token,
         "webhook: a word that the path must hold, /WORD/…", "WORD"},
        {"any-certificate", 0, 0, G_OPTION_ARG_NONE, &options.any_certificate,
         "https, mqtts: take whatever certificate the other shows", NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "print nothing but the messages", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    g_autofree char *description = describe();
    if (!command_parse(&command_listen, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    const ExitStatus status = listen_to(argc, argv, &options, error);
    g_strfreev(options.topics);
    g_free(options.user);
    g_free(options.password_file);
    g_free(options.token);
    g_free(options.map);
    return status;
}

const Command command_listen = {"listen", "SINK…", "print the messages that a live system sends", run};
