/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/sink_spec.h"

#include "records/error.h"
#include "records/free.h"

#include <string.h>

const char *const sink_kind_names[] = {"webhook", "mqtt", "onvif", "alertstream", NULL};

static const SinkKind kinds[SINK_KINDS] = {
    [SINK_WEBHOOK] = {.help =
                          "an HTTP server that takes any method, path and body; ADDRESS: HOST:PORT or PORT "
                          "to listen at (default: loopback, a free port)",
                      .keys = {"user", "password_file", "token"},
                      .listens = true},
    [SINK_MQTT] = {.help = "a client of the MQTT broker at ADDRESS, mqtt://HOST:PORT or mqtts://…; with a "
                           "broker of its own where it is asked to start one",
                   .schemes = "mqtt:// or mqtts://",
                   .keys = {"topics", "user", "password_file", "broker", "any_certificate"}},
    [SINK_ONVIF] = {.help =
                        "subscribes at ADDRESS, the event service of an ONVIF device, and pulls its messages",
                    .schemes = "http:// or https://",
                    .keys = {"user", "password_file", "any_certificate"},
                    .needs_address = true},
    [SINK_ALERTSTREAM] = {.help = "reads the endless answer of an ISAPI device at ADDRESS "
                                  "(/ISAPI/Event/notification/alertStream)",
                          .schemes = "http:// or https://",
                          .keys = {"user", "password_file", "any_certificate"},
                          .needs_address = true},
};

const SinkKind *sink_kind_at(unsigned kind)
{
    return &kinds[kind];
}

static bool has_scheme(const char *address, const char *schemes)
{
    g_auto(GStrv) each = g_strsplit(schemes, " or ", -1);
    for (char **scheme = each; *scheme != NULL; scheme++)
        if (g_str_has_prefix(address, *scheme))
            return true;
    return false;
}

/* Names and addresses go into other programs' files, a line each: a line's end in one would begin another. */
static bool is_one_line(const char *text)
{
    while (*text != '\0' && !g_ascii_iscntrl(*text))
        text++;
    return *text == '\0';
}

/* HOST:PORT, [HOST]:PORT, HOST or PORT. */
static bool split_host(const char *text, char **host, guint *port)
{
    const char *end = text, *digits = NULL;
    if (*text == '[') {
        end = strchr(text, ']');
        if (end == NULL)
            return false;
        *host = g_strndup(text + 1, (gsize)(end - text) - 1);
        digits = end[1] == ':' ? end + 2 : NULL;
        if (digits == NULL && end[1] != '\0')
            return false;
    } else if (text[strspn(text, "0123456789")] == '\0') {
        *host = g_strdup("127.0.0.1");
        digits = text;
    } else {
        end = strrchr(text, ':');
        if (end != NULL && strchr(text, ':') != end)
            return false; /* IPv6 stands in brackets */
        *host = end != NULL ? g_strndup(text, (gsize)(end - text)) : g_strdup(text);
        digits = end != NULL ? end + 1 : NULL;
    }
    guint64 value = *port;
    if (digits != NULL && !g_ascii_string_to_unsigned(digits, 10, 0, 65535, &value, NULL))
        return false;
    *port = (guint)value;
    return **host != '\0' && is_one_line(*host) && strchr(*host, ' ') == NULL;
}

bool sink_spec_host(const SinkSpec *spec, char **host, guint *port)
{
    const bool mqtt = spec->kind == SINK_MQTT;
    *port = 0;
    if (spec->address == NULL) {
        *host = g_strdup("127.0.0.1");
        *port = mqtt && !spec->broker ? 1883 : 0;
        return true;
    }
    const char *text = spec->address;
    if (mqtt) {
        *port = g_str_has_prefix(text, "mqtts://") ? 8883 : 1883;
        text = strstr(text, "://") + 3;
    }
    g_autofree char *plain = g_strndup(text, strcspn(text, "/"));
    g_autofree char *found = NULL;
    if (!split_host(plain, &found, port))
        return false;
    *host = g_steal_pointer(&found);
    return true;
}

bool sink_spec_takes(const SinkSpec *spec, const char *key)
{
    return g_strv_contains(kinds[spec->kind].keys, key);
}

static char *explain_address(const SinkSpec *spec)
{
    const SinkKind *kind = &kinds[spec->kind];
    if (spec->address == NULL)
        return kind->needs_address
                   ? g_strdup_printf("found no address, expected one that begins with %s", kind->schemes)
                   : NULL;
    if (kind->schemes != NULL && !has_scheme(spec->address, kind->schemes))
        return g_strdup_printf("found the address “%s”, expected one that begins with %s", spec->address,
                               kind->schemes);
    g_autofree char *host = NULL;
    guint port = 0;
    if (!kind->needs_address && !sink_spec_host(spec, &host, &port))
        return g_strdup_printf("found the address “%s”, expected HOST:PORT, IPv6 in brackets", spec->address);
    g_autoptr(GUri) uri =
        kind->needs_address ? g_uri_parse(spec->address, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
    if (kind->needs_address && (uri == NULL || g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0'))
        return g_strdup_printf("found the address “%s”, expected a URL with a host", spec->address);
    if (uri != NULL && g_uri_get_password(uri) != NULL)
        return g_strdup("found a password in the address, expected it in a file of its own (password_file), "
                        "since addresses are printed");
    return NULL;
}

char *sink_spec_fault(const SinkSpec *spec, const char **key)
{
    const struct {
        const char *key;
        bool given;
    } given[] = {{"topics", spec->topics != NULL},
                 {"user", spec->user != NULL},
                 {"password_file", spec->password_file != NULL},
                 {"token", spec->token != NULL},
                 {"broker", spec->broker},
                 {"any_certificate", spec->any_certificate}};
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        if (!given[i].given || sink_spec_takes(spec, given[i].key))
            continue;
        *key = given[i].key;
        return g_strdup_printf("found “%s” for a sink of kind %s, expected no such key", given[i].key,
                               sink_kind_names[spec->kind]);
    }
    *key = "address";
    char *fault = explain_address(spec);
    if (fault != NULL)
        return fault;
    *key = "token";
    if (spec->token != NULL && (*spec->token == '\0' || strpbrk(spec->token, "/?#% ") != NULL))
        return g_strdup_printf("found the token “%s”, expected a word of letters and digits", spec->token);
    *key = "password_file";
    if (spec->password_file != NULL && spec->user == NULL)
        return g_strdup("found a password without a user, expected both");
    *key = "user";
    if (spec->user != NULL && (!is_one_line(spec->user) || strchr(spec->user, ':') != NULL))
        return g_strdup_printf("found the user “%s”, expected a name in one line and without “:”",
                               spec->user);
    if (spec->user != NULL && spec->password_file == NULL && spec->kind != SINK_MQTT)
        return g_strdup("found a user without a password, expected both (password_file)");
    return NULL;
}

/* ---- as YAML */

static void check_sink(YamlReader *reader, const YamlNode *node, void *target)
{
    SinkSpec *spec = target;
    if (spec->topics != NULL && spec->topics->len == 0) /* none was named: all */
        g_clear_pointer(&spec->topics, g_ptr_array_unref);
    if (yaml_node_get(node, "kind") == NULL)
        return;
    const char *key = NULL;
    g_autofree char *fault = sink_spec_fault(spec, &key);
    if (fault != NULL) {
        const YamlNode *place = yaml_node_get(node, key);
        yaml_problem(reader, place != NULL ? place : node, "%s", fault);
    }
    if (spec->password_file != NULL) {
        /* it is given to whoever stands at the address, so that it must be the audit's own */
        char *resolved =
            yaml_resolve_printed(reader, yaml_node_get(node, "password_file"), spec->password_file);
        g_free(spec->password_file);
        spec->password_file = resolved;
    }
}

static const YamlField sink_fields[] = {
    CHOICE_FIELD("kind", SinkSpec, kind, sink_kind_names, .required = true,
                 .help = "how the product tells its alarms (vsaudit listen --help)"),
    ID_FIELD("id", SinkSpec, id, .help = "short name; default: the kind"),
    TEXT_FIELD("address", SinkSpec, address,
               .help =
                   "webhook: HOST:PORT to listen at; mqtt: the broker, mqtt://HOST:PORT; onvif: URL of the "
                   "event service; alertstream: URL of the device. Default: loopback"),
    TEXTS_FIELD("topics", SinkSpec, topics, .help = "mqtt: what to subscribe to; default: all of them"),
    TEXT_FIELD("user", SinkSpec, user,
               .help = "whom the product gives (webhook), or whom the harness gives to the product"),
    TEXT_FIELD("password_file", SinkSpec, password_file,
               .help = "file whose first line is the password; it is neither printed nor copied"),
    INT_FIELD("camera", SinkSpec, camera, .max = 64, .initial = "0",
              .help =
                  "number of the camera that its messages are about (cameras); 0: they say it themselves"),
    TEXT_FIELD("token", SinkSpec, token, .help = "webhook: a word that the path must hold, /TOKEN/…"),
    BOOL_FIELD("broker", SinkSpec, broker,
               .help = "mqtt: start a broker (mosquitto) at the address, for a product that is a client"),
    BOOL_FIELD(
        "any_certificate", SinkSpec, any_certificate,
        .help = "https, mqtts: take whatever certificate the other shows, as of a camera that made its own"),
    YAML_FIELD_END};
const YamlTable sink_table = {YAML_TABLE("sink", sink_fields, SinkSpec), .check = check_sink};

/* ---- as the command line names it */

DEFINE_FREE(sink_spec_free, SinkSpec, spec, yaml_clear(&sink_table, spec))

SinkSpec *sink_spec_parse(const char *text, GError **error)
{
    g_autofree char *name = g_strndup(text, strcspn(text, ":"));
    g_autoptr(SinkSpec) spec = g_new0(SinkSpec, 1);
    while (sink_kind_names[spec->kind] != NULL && strcmp(sink_kind_names[spec->kind], name) != 0)
        spec->kind++;
    if (sink_kind_names[spec->kind] == NULL) {
        g_autofree char *known = g_strjoinv(", ", (char **)(void *)sink_kind_names);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found the sink “%s”, expected one of %s",
                    name, known);
        spec->kind = 0;
        return NULL;
    }
    const char *address = text + strlen(name);
    if (address[0] == ':' && address[1] != '\0') {
        g_autoptr(GUri) uri = g_uri_parse(address + 1, G_URI_FLAGS_HAS_PASSWORD, NULL);
        const char *user = uri != NULL && kinds[spec->kind].schemes != NULL ? g_uri_get_user(uri) : NULL;
        spec->user = g_strdup(user);
        const char *at = user != NULL && g_uri_get_password(uri) == NULL ? strchr(address + 1, '@') : NULL;
        const char *host = strstr(address + 1, "://");
        spec->address = at != NULL && host != NULL
                            ? g_strdup_printf("%.*s://%s", (int)(host - address - 1), address + 1, at + 1)
                            : g_strdup(address + 1);
    }
    return g_steal_pointer(&spec);
}
