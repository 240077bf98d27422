/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts a product that watches a camera: placeholders, environment, folder, what it may do. */
#include "records/free.h"
#include "systems/live.h"
#include "systems/program.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/wait.h>

struct Product {
    ProgramPipe *pipe;
    Sandbox *sandbox;
    char *ended; /* NULL: it runs */
};

typedef struct {
    const ProductPlace *place;
    const LiveOptions *live;
    ParamList *settings;
    const char *config;  /* the file that was filled in; NULL: not yet, or none */
    const char *configs; /* the folder of those of the cameras; likewise */
    size_t camera;       /* of which is told now */
} Filling;

/* ---- placeholders */

/* "host" and "port" of rtsp://HOST:PORT/NAME, http://HOST:PORT/, mqtt://HOST:PORT; else NULL. */
static char *part_of(const char *address, const char *part)
{
    g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL)
        return NULL;
    if (strcmp(part, "host") == 0)
        return g_strdup(g_uri_get_host(uri));
    return g_strdup_printf("%d", g_uri_get_port(uri));
}

static char *sink_value(const Filling *filling, const char *name)
{
    const char *colon = strchr(name, ':');
    const size_t length = colon != NULL ? (size_t)(colon - name) : strlen(name);
    g_autofree char *what = g_strndup(name, length);
    for (guint i = 0; i < filling->live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(filling->live->sinks, i);
        const char *id = sink->id != NULL ? sink->id : sink_kind_names[sink->kind];
        if (colon != NULL && strcmp(colon + 1, id) != 0)
            continue;
        if (strcmp(what, "sink") == 0)
            return g_strdup(filling->place->sinks[i]);
        if (strcmp(what, "sink-host") == 0)
            return part_of(filling->place->sinks[i], "host");
        if (strcmp(what, "sink-port") == 0)
            return part_of(filling->place->sinks[i], "port");
    }
    return NULL;
}

static char *value_of(const char *name, void *user)
{
    const Filling *filling = user;
    const ProductPlace *place = filling->place;
    const ProductCamera *camera = &place->cameras[filling->camera];
    const Param *setting = param_list_find(filling->settings, name);
    if (setting != NULL)
        return g_strdup(setting->value);
    if (g_str_has_prefix(name, "sink"))
        return sink_value(filling, name);
    if (strcmp(name, "camera") == 0)
        return g_strdup(camera->address);
    if (strcmp(name, "camera-host") == 0)
        return part_of(camera->address, "host");
    if (strcmp(name, "camera-port") == 0)
        return part_of(camera->address, "port");
    if (strcmp(name, "camera-name") == 0)
        return g_strdup(camera->name);
    if (strcmp(name, "camera-number") == 0)
        return g_strdup_printf("%zu", filling->camera + 1);
    if (strcmp(name, "camera-configs") == 0)
        return g_strdup(filling->configs);
    if (strcmp(name, "user") == 0)
        return g_strdup(filling->live->camera.user);
    if (strcmp(name, "password") == 0)
        return g_strdup(place->password);
    if (strcmp(name, "scratch") == 0)
        return g_strdup(place->scratch);
    return strcmp(name, "config") == 0 ? g_strdup(filling->config) : NULL;
}

static char *fill(const char *text, Filling *filling, GError **error)
{
    g_autofree char *unknown = NULL;
    size_t at = 0;
    char *filled = live_fill(text, value_of, filling, &unknown, &at);
    if (filled == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found the placeholder @%s@, expected one of those in scenarios/README.md or a setting",
                    unknown);
    return filled;
}

/* The same once for each camera, where it names one: a line of a template, a word of the command. */
static bool fill_each(const char *text, Filling *filling, GPtrArray *out, GError **error)
{
    const size_t count = live_names_camera(text) ? filling->place->camera_count : 1;
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        filling->camera = i;
        char *filled = fill(text, filling, error);
        fine = filled != NULL;
        if (fine)
            g_ptr_array_add(out, filled);
    }
    filling->camera = 0;
    return fine;
}

static char *fill_lines(const char *text, Filling *filling, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);
    for (char **line = lines; *line != NULL; line++) {
        if (!fill_each(*line, filling, out, error))
            return NULL;
    }
    g_ptr_array_add(out, NULL);
    return g_strjoinv("\n", (char **)(void *)out->pdata);
}

static bool read_template(const char *path, char **text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_get_contents(path, text, NULL, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read: %s", path, cause->message);
    return false;
}

static bool save(const char *path, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                cause->message);
    return false;
}

/* A file for each camera, in a folder of their own; none without a template. */
static bool write_cameras(Filling *filling, char **folder, GError **error)
{
    const LiveOptions *live = filling->live;
    g_autofree char *text = NULL;
    if (live->camera_path == NULL)
        return true;
    if (!read_template(live->camera_path, &text, error))
        return false;
    *folder = g_build_filename(filling->place->scratch, "cameras", NULL);
    filling->configs = *folder;
    if (g_mkdir(*folder, 0700) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot make a folder for the cameras");
        return false;
    }
    for (size_t i = 0; i < filling->place->camera_count; i++) {
        filling->camera = i;
        g_autofree char *filled = fill(text, filling, error);
        g_autofree char *path = g_strdup_printf("%s/%s.conf", *folder, filling->place->cameras[i].name);
        if (filled == NULL)
            g_prefix_error(error, "%s: ", live->camera_config);
        if (filled == NULL || !save(path, filled, error))
            return false;
    }
    filling->camera = 0;
    return true;
}

/* The template, filled in, in the scratch folder under its own name; NULL without an error: there is none. */
static bool write_config(Filling *filling, char **path, GError **error)
{
    const LiveOptions *live = filling->live;
    if (live->config_path == NULL)
        return true;
    const bool other = filling->place->mirrored && live->mirrored_path != NULL;
    const char *from = other ? live->mirrored_path : live->config_path;
    g_autofree char *text = NULL, *name = g_path_get_basename(live->config_path);
    if (!read_template(from, &text, error))
        return false;
    g_autofree char *filled = fill_lines(text, filling, error);
    if (filled == NULL) {
        g_prefix_error(error, "%s: ", other ? live->mirrored_config : live->config);
        return false;
    }
    *path = g_build_filename(filling->place->scratch, name, NULL);
    return save(*path, filled, error);
}

static char **fill_command(Filling *filling, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    for (char **word = filling->live->product.argv; *word != NULL; word++) {
        if (!fill_each(*word, filling, words, error))
            return NULL;
    }
    g_ptr_array_add(words, NULL);
    return (char **)(void *)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

static char **make_environment(const Filling *filling)
{
    char **words = g_new0(char *, 1);
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < filling->place->camera_count; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", filling->place->cameras[i].address);
    words = g_environ_setenv(words, "VSAUDIT_CAMERA", filling->place->cameras[0].address, TRUE);
    words = g_environ_setenv(words, "VSAUDIT_CAMERAS", all->str, TRUE);
    words = g_environ_setenv(words, "VSAUDIT_SINK", filling->place->sinks[0], TRUE);
    words = g_environ_setenv(words, "VSAUDIT_SCRATCH", filling->place->scratch, TRUE);
    if (filling->config != NULL)
        words = g_environ_setenv(words, "VSAUDIT_CONFIG", filling->config, TRUE);
    return words;
}

/* ---- what it may do */

static void add_port(SandboxSpec *limits, size_t *count, const char *address)
{
    g_autofree char *port = part_of(address, "port");
    const guint64 number = port != NULL ? g_ascii_strtoull(port, NULL, 10) : 0;
    if (number > 0 && number <= 65535 && *count < SANDBOX_PORTS)
        limits->ports[(*count)++] = (uint16_t)number;
}

static Sandbox *make_sandbox(const Filling *filling, GError **error)
{
    const ProductPlace *place = filling->place;
    g_auto(SandboxSpec) limits;
    sandbox_spec_init(&limits, SANDBOX_PROGRAM);
    program_confine(&filling->live->product, &limits);
    limits.network = place->closed ? SANDBOX_OWN_NETWORK : SANDBOX_LOOPBACK;
    size_t ports = 0;
    add_port(&limits, &ports, place->cameras[0].address); /* one port for all */
    for (guint i = 0; i < filling->live->sinks->len; i++)
        add_port(&limits, &ports, place->sinks[i]);
    sandbox_spec_write(&limits, place->scratch);
    return sandbox_new(&limits, error);
}

/* ---- the process */

static bool start(Product *product, Filling *filling, GError **error)
{
    g_autofree char *config = NULL, *configs = NULL;
    if (!write_cameras(filling, &configs, error) || !write_config(filling, &config, error))
        return false;
    filling->config = config;
    g_auto(GStrv) argv = fill_command(filling, error);
    product->sandbox = argv != NULL ? make_sandbox(filling, error) : NULL;
    if (product->sandbox == NULL)
        return false;
    g_auto(GStrv) environment = make_environment(filling);
    product->pipe = program_pipe_start(&(ProgramStart){.argv = (const char *const *)argv,
                                                       .folder = filling->live->product.folder,
                                                       .scratch = filling->place->scratch,
                                                       .sandbox = product->sandbox,
                                                       .environment = (const char *const *)environment,
                                                       .prints = true,
                                                       .ended_by_others = true},
                                       error);
    return product->pipe != NULL;
}

Product *product_start(const ProductPlace *place, GError **error)
{
    Product *product = g_new0(Product, 1);
    g_autoptr(ParamList) settings = system_program_settings(place->system);
    Filling filling = {.place = place, .live = system_live(place->system), .settings = settings};
    if (start(product, &filling, error))
        return product;
    product_free(product);
    return NULL;
}

void product_step(Product *product)
{
    program_pipe_drain(product->pipe);
}

char *product_ended(Product *product)
{
    int status = 0;
    product_step(product);
    if (product->ended == NULL && program_pipe_wait(product->pipe, 0, &status)) {
        const char *why = sandbox_explain(product->sandbox, status);
        product->ended = why != NULL           ? g_strdup(why)
                         : WIFSIGNALED(status) ? g_strdup_printf("was ended by signal %d", WTERMSIG(status))
                                               : g_strdup_printf("ended with status %d", WEXITSTATUS(status));
    }
    return g_strdup(product->ended);
}

char *product_log(const Product *product)
{
    return program_pipe_log(product->pipe);
}

DEFINE_FREE(product_free, Product, product, program_pipe_free(product->pipe), sandbox_free(product->sandbox),
            g_free(product->ended))
