/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit camera CLIP…: plays clips as RTSP cameras, for whatever software believes to watch one. */
#include "live/camera.h"
#include "cli/command.h"
#include "records/save.h"
#include "records/shown.h"
#include "records/span.h"
#include "runner/worker_files.h"
#include "sandbox/sandbox.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const Command command_camera;

#define LOOK_US (US_PER_SECOND / 5)
#define FAREWELL_US (2 * US_PER_SECOND) /* until the farewell has reached everybody */
#define SECONDS_MOST 1e9

typedef struct {
    char *address, *user, *transport, *condition, *log;
    double speed, rate, gap, outage, idle, flash, lead;
    int wait, flashes;
    gboolean loop, together, stay, quiet, json;
} Wishes;

typedef struct {
    const Wishes *wishes;
    CameraServer *server;
    GPtrArray *cameras; /* of Camera *, not owned */
    char **clips;       /* one a camera, or all of one */
    guint count;
} Shop;

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static bool usage(GError **error, const char *what)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s", what);
    return false;
}

/* ---- addresses and names */

/* "rtsp://HOST:PORT/NAME" -> host (NULL as it is left out), port, name (NULL = from the clip). */
static bool read_address(const char *text, char **host, uint16_t *port, char **name, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL || strcmp(g_uri_get_scheme(uri), "rtsp") != 0 || g_uri_get_host(uri) == NULL ||
        g_uri_get_userinfo(uri) != NULL || g_uri_get_query(uri) != NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--address: found “%s”, expected one like rtsp://127.0.0.1:8554/hall (0 as port: any "
                    "that is free)",
                    text);
        return false;
    }
    *host = g_strdup(g_uri_get_host(uri));
    *port = (uint16_t)(g_uri_get_port(uri) >= 0 ? g_uri_get_port(uri) : 554);
    const char *path = g_uri_get_path(uri);
    path += *path == '/';
    *name = *path != '\0' ? g_strdup(path) : NULL;
    return true;
}

/* A camera's name from a clip's: "clips/hall 3.mp4" -> "hall-3"; "-2" and so on where it is taken. */
static char *make_name(const char *clip, GHashTable *taken)
{
    g_autofree char *base = g_path_get_basename(clip);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base)
        *dot = '\0';
    g_strcanon(base, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '-');
    base[MIN(strlen(base), 80)] = '\0';
    char *name = g_strdup(base);
    for (int i = 2; g_hash_table_contains(taken, name); i++) {
        g_free(name);
        name = g_strdup_printf("%s-%d", base, i);
    }
    return name;
}

/* ---- programmes */

static void add_clip(GArray *shows, const Wishes *wishes, const char *const *files)
{
    const Show clip = {
        .kind = SHOW_CLIP, .files = files, .rate = wishes->rate, .condition = wishes->condition};
    g_array_append_val(shows, clip);
}

static void add_pause(GArray *shows, ShowKind kind, double seconds)
{
    const Show pause = {.kind = kind, .lasts_us = time_from_seconds(seconds)};
    if (pause.lasts_us > 0)
        g_array_append_val(shows, pause);
}

static bool play(Camera *camera, const Wishes *wishes, char **clips, guint count, GError **error)
{
    g_autoptr(GArray) shows = g_array_new(FALSE, FALSE, sizeof(Show));
    g_autofree const char **files = g_new0(const char *, 2 * count);
    add_pause(shows, SHOW_GREY, wishes->lead);
    if (wishes->flashes > 0) {
        const Show flashes = {
            .kind = SHOW_FLASHES, .flashes = wishes->flashes, .lasts_us = time_from_seconds(wishes->flash)};
        g_array_append_val(shows, flashes);
    }
    for (guint i = 0; i < count; i++) {
        files[2 * i] = clips[i];
        add_clip(shows, wishes, files + (size_t)2 * i);
        if (i + 1 < count || wishes->loop) {
            add_pause(shows, SHOW_SILENCE, wishes->gap);
            add_pause(shows, SHOW_OUTAGE, wishes->outage);
        }
    }
    return camera_play(camera,
                       &(CameraPlay){.shows = (const Show *)(const void *)shows->data,
                                     .count = shows->len,
                                     .loop = wishes->loop,
                                     .wait_viewers = (guint)wishes->wait,
                                     .farewell = !wishes->stay},
                       error);
}

static bool set_up(Shop *shop, const char *name, GError **error)
{
    const Wishes *wishes = shop->wishes;
    const guint cameras = wishes->together ? 1 : shop->count;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < cameras; i++) {
        char *id = name != NULL ? (cameras == 1 ? g_strdup(name) : g_strdup_printf("%s-%u", name, i + 1))
                                : make_name(shop->clips[i], taken);
        g_hash_table_add(taken, id);
        Camera *camera = camera_add(shop->server, id, wishes->speed, error);
        if (camera == NULL ||
            !play(camera, wishes, shop->clips + i, wishes->together ? shop->count : 1, error))
            return false;
        g_ptr_array_add(shop->cameras, camera);
    }
    return true;
}

/* ---- while it plays */

/* Whether nothing is left to be shown. A camera that fails costs the others nothing; the first error is kept.
 */
static bool all_ended(const Shop *shop, GError **error)
{
    bool ended = true;
    for (guint i = 0; i < shop->cameras->len; i++)
        ended = camera_wait(g_ptr_array_index(shop->cameras, i), 0, *error == NULL ? error : NULL) >=
                    CAMERA_ENDED &&
                ended;
    return ended;
}

static bool watch(const Shop *shop, GError **error)
{
    GError *failed = NULL;
    while (!interrupted && (!all_ended(shop, &failed) || shop->wishes->stay))
        g_usleep(LOOK_US);
    if (!interrupted)
        g_usleep(FAREWELL_US);
    if (failed == NULL)
        return true;
    g_propagate_error(error, failed);
    return false;
}

/* A line a camera, as soon as it serves. */
static void print_json_address(const Camera *camera)
{
    json_t *line =
        json_pack("{s:s,s:s?}", "address", camera_address(camera), "coded_anew", camera_reason(camera));
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static void print_addresses(const Shop *shop)
{
    for (guint i = 0; i < shop->cameras->len; i++) {
        const Camera *camera = g_ptr_array_index(shop->cameras, i);
        const char *reason = camera_reason(camera);
        if (reason != NULL && !shop->wishes->quiet)
            shown_line(stderr, "%s: coded anew: %s", camera_address(camera), reason);
        if (shop->wishes->json)
            print_json_address(camera);
        else
            shown_line(stdout, "%s", camera_address(camera));
    }
    fflush(stdout);
}

static void print_counts(const Shop *shop)
{
    for (guint i = 0; i < shop->cameras->len; i++) {
        Camera *camera = g_ptr_array_index(shop->cameras, i);
        CameraCounts counts;
        camera_counts(camera, &counts);
        shown_line(stderr,
                   "%s: %" PRId64 " pictures sent, at most %.1f ms late; %" PRId64 " client%s came, %" PRId64
                   " pictures left out for those that did not keep up",
                   camera_address(camera), counts.sent, (double)counts.late_us / 1e3, counts.joined,
                   counts.joined == 1 ? "" : "s", counts.dropped);
    }
}

/* The time line: when each picture was sent. */
static bool write_log(const Shop *shop, const char *path, GError **error)
{
    const int64_t ahead_us = g_get_real_time() - g_get_monotonic_time();
    g_autoptr(GString) text = g_string_new("camera,round,part,t_s,sent_unix_s,monotonic_us\n");
    for (guint i = 0; i < shop->cameras->len; i++) {
        Camera *camera = g_ptr_array_index(shop->cameras, i);
        g_autoptr(GArray) moments = camera_moments(camera);
        CameraCounts counts;
        camera_counts(camera, &counts);
        if (counts.sent > moments->len)
            shown_line(stderr,
                       "%s: %s holds the last rounds alone: the first %" PRId64 " pictures are not in it",
                       camera_address(camera), path, counts.sent - moments->len);
        for (guint k = 0; k < moments->len; k++) {
            const Moment *moment = &g_array_index(moments, Moment, k);
            const int64_t real_us = moment->wall_us + ahead_us;
            g_string_append_printf(text, "%s,%d,%d,%" PRId64 ".%06d,%" PRId64 ".%06d,%" PRId64 "\n",
                                   strrchr(camera_address(camera), '/') + 1, moment->round, moment->show,
                                   moment->t_us / US_PER_SECOND, (int)(moment->t_us % US_PER_SECOND),
                                   real_us / US_PER_SECOND, (int)(real_us % US_PER_SECOND), moment->wall_us);
        }
    }
    return save_file(path, text->str, -1, error);
}

/* ---- the command */

static bool check_wishes(const Wishes *wishes, GError **error)
{
    if (!(wishes->speed >= 0.001 && wishes->speed <= 1000))
        return usage(error, "--speed: expected a number from 0.001 to 1000");
    const double seconds[] = {wishes->lead, wishes->gap, wishes->outage};
    for (size_t i = 0; i < G_N_ELEMENTS(seconds); i++)
        if (!(seconds[i] >= 0 && seconds[i] <= SECONDS_MOST))
            return usage(error, "--lead, --gap and --outage: expected 0 to 1e9 seconds");
    if (!(wishes->rate >= 0 && wishes->rate <= 1000) || wishes->wait < 0 || wishes->flashes < 0)
        return usage(error, "--rate, --wait and --flashes: expected 0 or more, and a rate of 1000 at most");
    if (!(wishes->idle >= 0.001 && wishes->idle <= SECONDS_MOST) ||
        !(wishes->flash >= 0.001 && wishes->flash <= SECONDS_MOST))
        return usage(error, "--idle and --flash: expected 0.001 to 1e9 seconds");
    if (wishes->user != NULL && (strchr(wishes->user, ':') == NULL || *wishes->user == ':'))
        return usage(error, "--user: expected NAME:PASSWORD");
    if (wishes->transport != NULL && strcmp(wishes->transport, "tcp") != 0 &&
        strcmp(wishes->transport, "udp") != 0 && strcmp(wishes->transport, "any") != 0)
        return usage(error, "--transport: expected tcp, udp or any");
    return true;
}

static CameraServer *start(const Wishes *wishes, const char *host, uint16_t port, GError **error)
{
    const char *colon = wishes->user != NULL ? strchr(wishes->user, ':') : NULL;
    g_autofree char *user = colon != NULL ? g_strndup(wishes->user, (gsize)(colon - wishes->user)) : NULL;
    CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    options.host = host;
    options.port = port;
    options.user = user;
    options.password = colon != NULL ? colon + 1 : NULL;
    options.no_tcp = g_strcmp0(wishes->transport, "udp") == 0;
    options.no_udp = g_strcmp0(wishes->transport, "tcp") == 0;
    options.idle_us = time_from_seconds(wishes->idle);
    return camera_server_start(&options, error);
}

/* Clips are a stranger's: from here on the process reads them alone, writes the log alone, and opens no
 * connection. The server's thread goes on answering at its socket. */
static bool confine(const Wishes *wishes, char **clips, guint count, GError **error)
{
    g_auto(SandboxSpec) spec;
    sandbox_spec_init(&spec, SANDBOX_WORKER);
    spec.serves = true;
    for (guint i = 0; i < count; i++)
        worker_files_add(&spec, clips[i]);
    if (wishes->log != NULL) {
        g_autofree char *folder = g_path_get_dirname(wishes->log);
        sandbox_spec_write(&spec, folder);
    }
    g_autoptr(Sandbox) sandbox = sandbox_new(&spec, error);
    if (sandbox == NULL || sandbox_enter(sandbox))
        return sandbox != NULL;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                "the cameras could not be confined, and read nothing");
    return false;
}

static ExitStatus serve(const Wishes *wishes, char **clips, guint count, GError **error)
{
    g_autofree char *host = NULL, *name = NULL;
    uint16_t port = 8554;
    if (!check_wishes(wishes, error) ||
        (wishes->address != NULL && !read_address(wishes->address, &host, &port, &name, error)))
        return EXIT_USAGE;
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    g_autoptr(GPtrArray) cameras = g_ptr_array_new();
    Shop shop = {.wishes = wishes, .cameras = cameras, .clips = clips, .count = count};
    shop.server = start(wishes, host, port, error);
    bool good = shop.server != NULL && confine(wishes, clips, count, error) && set_up(&shop, name, error);
    if (good) {
        print_addresses(&shop);
        good = watch(&shop, error);
        if (!wishes->quiet)
            print_counts(&shop);
        if (wishes->log != NULL)
            good = write_log(&shop, wishes->log, good ? error : NULL) && good;
    }
    camera_server_stop(shop.server);
    return good ? EXIT_DONE : EXIT_BAD_INPUT;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    Wishes wishes = {.speed = 1, .wait = 1, .idle = 60, .flash = 1};
    g_autofree char *address = NULL, *user = NULL, *transport = NULL, *condition = NULL, *log = NULL;
    GOptionEntry entries[] = {
        {"address", 'a', 0, G_OPTION_ARG_STRING, &address,
         "where (default: rtsp://127.0.0.1:8554, with each clip's name behind it)", "URL"},
        {"speed", 's', 0, G_OPTION_ARG_DOUBLE, &wishes.speed, "times real time (default: 1)", "X"},
        {"loop", 'l', 0, G_OPTION_ARG_NONE, &wishes.loop, "begin again at the end, until interrupted", NULL},
        {"together", 0, 0, G_OPTION_ARG_NONE, &wishes.together,
         "all clips on one camera, one after the other", NULL},
        {"wait", 'w', 0, G_OPTION_ARG_INT, &wishes.wait,
         "begin when so many clients watch the camera (default: 1; 0: at once)", "N"},
        {"user", 'u', 0, G_OPTION_ARG_STRING, &user, "ask for this name and password", "NAME:PASSWORD"},
        {"transport", 0, 0, G_OPTION_ARG_STRING, &transport, "tcp, udp or any (default)", "WAY"},
        {"condition", 'c', 0, G_OPTION_ARG_STRING, &condition, "show the clips through this graph of filters",
         "GRAPH"},
        {"rate", 'r', 0, G_OPTION_ARG_DOUBLE, &wishes.rate,
         "pictures a second of clips without a clock, as in a dataset", "N"},
        {"gap", 0, 0, G_OPTION_ARG_DOUBLE, &wishes.gap, "send nothing for so long between clips", "SECONDS"},
        {"outage", 0, 0, G_OPTION_ARG_DOUBLE, &wishes.outage,
         "refuse all connections for so long between clips", "SECONDS"},
        {"lead", 0, 0, G_OPTION_ARG_DOUBLE, &wishes.lead,
         "begin with a grey picture for so long: some clients connect twice", "SECONDS"},
        {"flashes", 0, 0, G_OPTION_ARG_INT, &wishes.flashes,
         "begin with so many flashes, black and white, to measure delays by", "N"},
        {"flash", 0, 0, G_OPTION_ARG_DOUBLE, &wishes.flash, "how long a flash lasts (default: 1)", "SECONDS"},
        {"stay", 0, 0, G_OPTION_ARG_NONE, &wishes.stay,
         "at the end stay silent, as a camera that hangs, until interrupted", NULL},
        {"idle", 0, 0, G_OPTION_ARG_DOUBLE, &wishes.idle,
         "a client that does nothing for so long is gone (default: 60)", "SECONDS"},
        {"log", 0, 0, G_OPTION_ARG_FILENAME, &log, "at the end write when each picture was sent (CSV)",
         "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &wishes.quiet, "print the addresses alone", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &wishes.json, "print the addresses as JSON, one a line", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(
            &command_camera, entries,
            "Each clip becomes a camera, whose address is printed when it can be watched. H.264, HEVC, "
            "MPEG-4, MPEG-1,\n"
            "MPEG-2 and JPEG are sent as recorded where they have a sound clock; everything else, and "
            "everything under\n"
            "a condition, is coded to H.264. Any number of clients may watch; who comes late begins with the "
            "next\n"
            "key picture. Only this machine is served unless --address names another of its addresses.\n\n"
            "Exit status: 0 all was shown, or interrupted; 2 wrong usage; 3 bad input; 4 the harness "
            "failed.\n",
            &argc, &argv, error))
        return EXIT_USAGE;
    wishes.address = address;
    wishes.user = user;
    wishes.transport = transport;
    wishes.condition = condition;
    wishes.log = log;
    if (argc < 2) {
        usage(error, "expected one clip or more");
        return EXIT_USAGE;
    }
    return serve(&wishes, argv + 1, (guint)argc - 1, error);
}

const Command command_camera = {"camera", "CLIP…",
                                "play clips as RTSP cameras, for software that watches one", run};
