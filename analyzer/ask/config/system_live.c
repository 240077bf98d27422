/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_live.h"

#include "config/system_files.h"
#include "yaml/confine.h"

#include <string.h>

#define DEFAULT_PORT 8554
#define DEFAULT_NAME "camera"

const char *const live_transport_names[] = {"any", "tcp", "udp", NULL};

/* ---- the camera */

static const YamlField camera_fields[] = {
    TEXT_FIELD("address", LiveCamera, address,
               .help = "rtsp://HOST:PORT/NAME; default: loopback, port 8554, or any free one where a command "
                       "is started"),
    CHOICE_FIELD("transport", LiveCamera, transport, live_transport_names, .initial = "any",
                 .help = "how pictures may be asked for"),
    TEXT_FIELD("user", LiveCamera, user, .help = "who may watch; default: whoever asks"),
    TEXT_FIELD("password_file", LiveCamera, password_file,
               .help = "file whose first line is the password; it is neither printed nor copied"),
    INT_FIELD("width", LiveCamera, width, .max = 8192, .initial = "0", .unit = "pixels",
              .help = "of all pictures, which are coded anew; 0: as recorded"),
    INT_FIELD("height", LiveCamera, height, .max = 8192, .initial = "0", .unit = "pixels",
              .help = "the same; both or none"),
    YAML_FIELD_END};

static bool split_address(LiveCamera *camera)
{
    g_autoptr(GUri) uri = g_uri_parse(camera->address, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL || strcmp(g_uri_get_scheme(uri), "rtsp") != 0 || g_uri_get_host(uri) == NULL ||
        *g_uri_get_host(uri) == '\0' || g_uri_get_userinfo(uri) != NULL || g_uri_get_query(uri) != NULL)
        return false;
    const char *path = g_uri_get_path(uri);
    path += *path == '/';
    camera->host = g_strdup(g_uri_get_host(uri));
    camera->port = g_uri_get_port(uri) >= 0 ? g_uri_get_port(uri) : DEFAULT_PORT;
    camera->name = g_strdup(*path != '\0' ? path : DEFAULT_NAME);
    return camera->name[strspn(camera->name,
                               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

static void check_camera(YamlReader *reader, const YamlNode *node, void *target)
{
    LiveCamera *camera = target;
    if (camera->address != NULL && !split_address(camera))
        yaml_expected(reader, yaml_node_get(node, "address"),
                      "an address like rtsp://127.0.0.1:8554/hall, without user and password");
    if ((camera->user == NULL) != (camera->password_file == NULL))
        yaml_problem(reader, node, "found %s, expected both user and password_file, or neither",
                     camera->user != NULL ? "a user without a password_file"
                                          : "a password_file without a user");
    if ((camera->width > 0) != (camera->height > 0))
        yaml_problem(reader, node, "found one of width and height, expected both or neither");
    if (camera->password_file == NULL)
        return;
    /* the product is told it, and may print it */
    char *resolved =
        yaml_resolve_printed(reader, yaml_node_get(node, "password_file"), camera->password_file);
    g_free(camera->password_file);
    camera->password_file = resolved;
}

static void clear_camera(void *target)
{
    LiveCamera *camera = target;
    g_free(camera->host);
    g_free(camera->name);
}

const YamlTable live_camera_table = {YAML_TABLE("camera", camera_fields, LiveCamera), .check = check_camera,
                                     .clear = clear_camera};

/* ---- the system */

static const YamlField live_fields[] = {
    TEXTS_FIELD("command", LiveOptions, product.command,
                .help = "what starts the product, and its arguments, with placeholders such as @camera@; "
                        "without it the product runs already"),
    TEXT_FIELD("config", LiveOptions, config,
               .help = "template of its configuration, from this file’s folder; filled in it is @config@"),
    TEXT_FIELD("camera_config", LiveOptions, camera_config,
               .help = "template that is filled in for each camera, into a file NAME.conf of the folder "
                       "@camera-configs@"),
    TEXT_FIELD("mirrored_config", LiveOptions, mirrored_config,
               .help = "template in place of config for the probe mirrored, with the zones that belong to a "
                       "picture whose left and right are exchanged"),
    TEXTS_FIELD("files", LiveOptions, product.files,
                .help = "files that it reads, from this file’s folder; their SHA-256 is kept"),
    TEXT_FIELD("map", LiveOptions, map, .required = true,
               .help = "what its messages mean (vsaudit/alert-map/1), from this file’s folder"),
    LIST_FIELD("sinks", LiveOptions, sinks, &sink_table, .required = true, .min = 1,
               .help = "where its messages are heard"),
    MAP_FIELD("camera", LiveOptions, camera, &live_camera_table, .help = "the camera that it watches"),
    INT_FIELD("cameras", LiveOptions, cameras, .max = LIVE_CAMERAS_MOST, .initial = "1",
              .help =
                  "addresses at which clips of different cameras are shown at the same time; 0: one for each "
                  "camera"),
    SECONDS_FIELD("connect_s", LiveOptions, connect_us, .min = 1, .max = 86400, .initial = "60", .unit = "s",
                  .help = "so long it may take until the product watches"),
    SECONDS_FIELD("warm_up_s", LiveOptions, warm_up_us, .min = 1, .max = 86400, .initial = "10", .unit = "s",
                  .help = "grey pictures before the first clip"),
    SECONDS_FIELD("settle_s", LiveOptions, settle_us, .min = 1, .max = 86400, .initial = "10", .unit = "s",
                  .help = "the first picture of each clip, still, before the clip"),
    SECONDS_FIELD("drain_s", LiveOptions, drain_us, .min = 1, .max = 86400, .initial = "5", .unit = "s",
                  .help = "its last picture, still, after it: messages that are late are still its own"),
    INT_FIELD("flashes", LiveOptions, flashes, .max = 100, .initial = "3",
              .help = "black and white, a second each, after the warm-up, to measure delays by; 0: none"),
    PARAMS_FIELD("settings", LiveOptions, product.settings, .help = "placeholders of its own"),
    LIST_FIELD("variants", LiveOptions, product.variants, &program_variant_table,
               .help = "the same told otherwise; the report draws them as a curve"),
    INT_FIELD("memory_mib", LiveOptions, product.limits.memory_mib, .min = 16, .max = 1e6, .initial = "4096",
              .unit = "MiB", .help = "memory of a product that is started here"),
    YAML_FIELD_END};

static void name_given(YamlReader *reader, const YamlNode *place, LiveOptions *live, const char *word,
                       char **path)
{
    if (word == NULL || place == NULL || !system_program_is_to_be_there())
        return;
    *path = confine_resolve(live->product.folder, word);
    if (!g_file_test(*path, G_FILE_TEST_IS_REGULAR))
        yaml_expected(reader, place, "a file (there is no “%s”)", *path);
    else if (system_file_may_be_given(reader, place, *path))
        system_program_name_file(&live->product, word, g_strdup(*path));
}

/* A product that runs already has been told where to send. */
static void check_fixed(YamlReader *reader, const YamlNode *node, const LiveOptions *live,
                        const SinkSpec *sink)
{
    g_autofree char *host = NULL;
    guint port = 0;
    if (live->product.command->len > 0 || (!sink_kind_at(sink->kind)->listens && !sink->broker) ||
        (sink->address != NULL && (!sink_spec_host(sink, &host, &port) || port != 0)))
        return;
    yaml_problem(reader, node,
                 "found a sink of kind %s without a port, expected one (address: 8080), since there is no "
                 "command that could be told which one is free",
                 sink_kind_names[sink->kind]);
}

static void check_sinks(YamlReader *reader, const YamlNode *node, const LiveOptions *live)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < live->sinks->len && i < node->children->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        const char *id = sink->id != NULL ? sink->id : sink_kind_names[sink->kind];
        if (!g_hash_table_add(seen, (gpointer)id))
            yaml_problem(reader, g_ptr_array_index(node->children, i),
                         "found a second sink “%s”, expected each id once", id);
        check_fixed(reader, g_ptr_array_index(node->children, i), live, sink);
    }
}

/* What can be known of a placeholder before anything runs. */
static char *know(const char *name, void *user)
{
    static const char *const names[] = {"camera",    "camera-host", "camera-port",   "camera-name",
                                        "user",      "password",    "sink",          "sink-host",
                                        "sink-port", "scratch",     "camera-number", NULL};
    const LiveOptions *live = user;
    bool known = g_strv_contains(names, name) || (strcmp(name, "config") == 0 && live->config != NULL) ||
                 (strcmp(name, "camera-configs") == 0 && live->camera_config != NULL) ||
                 param_list_find(live->product.settings, name) != NULL;
    const char *colon = strchr(name, ':');
    for (guint i = 0; colon != NULL && i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        known = known || strcmp(colon + 1, sink->id != NULL ? sink->id : sink_kind_names[sink->kind]) == 0;
    }
    if ((strcmp(name, "user") == 0 || strcmp(name, "password") == 0) && live->camera.user == NULL)
        known = false;
    return known ? g_strdup("") : NULL;
}

static void check_words(YamlReader *reader, const YamlNode *node, LiveOptions *live)
{
    for (guint i = 0; i < live->product.command->len && i < node->children->len; i++) {
        g_autofree char *unknown = NULL;
        size_t at = 0;
        g_autofree char *filled =
            live_fill(g_ptr_array_index(live->product.command, i), know, live, &unknown, &at);
        if (filled == NULL)
            yaml_problem(reader, g_ptr_array_index(node->children, i),
                         "found the placeholder @%s@, expected one of those in scenarios/README.md or a "
                         "setting",
                         unknown);
    }
}

/* Its places are lines of the template itself. */
static void check_template(YamlReader *reader, const LiveOptions *live, const char *path)
{
    g_autofree char *text = NULL, *unknown = NULL;
    size_t at = 0;
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_autofree char *filled = live_fill(text, know, (void *)live, &unknown, &at);
    if (filled != NULL)
        return;
    int line = 1, column = 1;
    for (size_t i = 0; i < at; i++) {
        column = text[i] == '\n' ? 1 : column + 1;
        line += text[i] == '\n';
    }
    problems_add(reader->problems, path, line, column, NULL,
                 "found the placeholder @%s@, expected one of those in scenarios/README.md or a setting",
                 unknown);
}

static void check_live(YamlReader *reader, const YamlNode *node, void *target)
{
    LiveOptions *live = target;
    LiveCamera *camera = &live->camera;
    const YamlNode *command = yaml_node_get(node, "command"), *sinks = yaml_node_get(node, "sinks");
    live->product.starts = STARTS_RUN;
    live->product.pace = PACE_REAL_TIME;
    system_program_resolve(reader, node, &live->product);
    name_given(reader, yaml_node_get(node, "config"), live, live->config, &live->config_path);
    name_given(reader, yaml_node_get(node, "camera_config"), live, live->camera_config, &live->camera_path);
    name_given(reader, yaml_node_get(node, "mirrored_config"), live, live->mirrored_config,
               &live->mirrored_path);
    name_given(reader, yaml_node_get(node, "map"), live, live->map, &live->map_path);
    if (sinks != NULL && sinks->kind == YAML_NODE_LIST)
        check_sinks(reader, sinks, live);
    if (live->mirrored_config != NULL && live->config == NULL)
        yaml_problem(reader, yaml_node_get(node, "mirrored_config"),
                     "found a template for mirrored pictures without one for others, expected config, too");
    if (live->camera_config != NULL && command == NULL)
        yaml_problem(reader, yaml_node_get(node, "camera_config"),
                     "found a template without a command, expected one that starts the product with it");
    if (live->config != NULL && command == NULL)
        yaml_problem(reader, yaml_node_get(node, "config"),
                     "found a template without a command, expected one that starts the product with it");
    if (command != NULL && command->kind == YAML_NODE_LIST)
        check_words(reader, command, live);
    check_template(reader, live, live->config_path);
    check_template(reader, live, live->mirrored_path);
    check_template(reader, live, live->camera_path);
    if (camera->host == NULL) {
        camera->host = g_strdup("127.0.0.1");
        camera->port = command != NULL ? 0 : DEFAULT_PORT;
    }
    if (camera->name == NULL)
        camera->name = g_strdup(DEFAULT_NAME);
}

static void clear_live(void *target)
{
    LiveOptions *live = target;
    g_free(live->config_path);
    g_free(live->mirrored_path);
    g_free(live->camera_path);
    g_free(live->map_path);
    system_program_clear(target);
}

const YamlTable live_table = {.name = "system of kind live",
                              .fields = live_fields,
                              .size = sizeof(LiveOptions),
                              .prepare = system_program_prepare,
                              .check = check_live,
                              .clear = clear_live};

/* ---- asking */

const LiveOptions *system_live(const SystemSpec *system)
{
    return system_kind(system)->options == &live_table ? system->options : NULL;
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || g_str_has_prefix(host, "127.") || strcmp(host, "::1") == 0;
}

bool system_live_is_closed(const LiveOptions *live)
{
    bool closed = live->product.command->len > 0 && is_loopback(live->camera.host);
    for (guint i = 0; closed && i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        g_autofree char *host = NULL;
        guint port = 0;
        closed = (sink_kind_at(sink->kind)->listens || sink->broker) && sink_spec_host(sink, &host, &port) &&
                 is_loopback(host);
    }
    return closed;
}

/* ---- placeholders */

/* How long the name is that begins behind an @; 0: it is none. */
static size_t name_length(const char *text)
{
    size_t length = 0;
    while (g_ascii_isalnum(text[length]) ||
           (length > 0 && strchr("-_.:", text[length]) != NULL && text[length] != '\0'))
        length++;
    return text[length] == '@' ? length : 0;
}

bool live_names_camera(const char *text)
{
    static const char *const names[] = {"camera",      "camera-host",   "camera-port",
                                        "camera-name", "camera-number", NULL};
    for (const char *c = strchr(text, '@'); c != NULL; c = strchr(c + 1, '@')) {
        g_autofree char *name = g_strndup(c + 1, name_length(c + 1));
        if (g_strv_contains(names, name))
            return true;
    }
    return false;
}

char *live_fill(const char *text, char *(*value)(const char *name, void *user), void *user, char **unknown,
                size_t *at)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *c = text; *c != '\0'; c++) {
        const size_t length = *c == '@' ? name_length(c + 1) : 0;
        if (length == 0) {
            g_string_append_c(out, *c);
            continue;
        }
        g_autofree char *name = g_strndup(c + 1, length);
        g_autofree char *filled = value(name, user);
        if (filled == NULL) {
            *unknown = g_steal_pointer(&name);
            *at = (size_t)(c - text);
            return NULL;
        }
        g_string_append(out, filled);
        c += length + 1;
    }
    return g_strdup(out->str);
}
