/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/broker.h"

#include "records/error.h"
#include "records/free.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_US 5000000
#define LOOK_EVERY_US 20000

struct Broker {
    char *folder, *config, *passwords, *log;
    GPid process;
    guint port;
};

guint broker_port(const Broker *broker)
{
    return broker->port;
}

/* A port of that address that nobody listens at now; 0: there is no such address. */
static guint free_port(const char *host)
{
    g_autoptr(GSocketAddress) any = g_inet_socket_address_new_from_string(host, 0);
    g_autoptr(GSocket) socket = any != NULL ? g_socket_new(g_socket_address_get_family(any),
                                                           G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL)
                                            : NULL;
    if (socket == NULL || !g_socket_bind(socket, any, TRUE, NULL))
        return 0;
    g_autoptr(GSocketAddress) bound = g_socket_get_local_address(socket, NULL);
    return bound != NULL ? g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound)) : 0;
}

static char *find_program(const char *name)
{
    char *path = g_find_program_in_path(name);
    char *other = g_build_filename("/usr/sbin", name, NULL); /* is not in everybody's PATH */
    if (path == NULL && g_file_test(other, G_FILE_TEST_IS_EXECUTABLE))
        return other;
    g_free(other);
    return path;
}

/* mosquitto reads hashed passwords only; mosquitto_passwd hashes a file of plain ones where it lies. */
static bool write_password(Broker *broker, const char *user, const char *password, GError **error)
{
    g_autofree char *program = find_program("mosquitto_passwd");
    g_autofree char *line = g_strdup_printf("%s:%s\n", user, password != NULL ? password : "");
    int status = 0;
    const bool good =
        program != NULL &&
        g_file_set_contents_full(broker->passwords, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL) &&
        g_spawn_sync(NULL, (char *[]){program, (char *)"-U", broker->passwords, NULL}, NULL,
                     G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                     NULL) &&
        g_spawn_check_wait_status(status, NULL);
    if (!good)
        g_set_error_literal(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
            "the broker’s password cannot be set: expected mosquitto_passwd (package mosquitto)");
    return good;
}

static bool write_config(const Broker *broker, const char *host, bool has_user, guint64 message_bytes,
                         GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text,
                           "listener %u %s\npersistence false\nmax_queued_messages 0\nmax_inflight_messages "
                           "0\nmessage_size_limit %" G_GUINT64_FORMAT "\n",
                           broker->port, host, message_bytes);
    g_string_append_printf(text, "log_dest file %s\nlog_type error\n", broker->log);
    if (has_user)
        g_string_append_printf(text, "allow_anonymous false\npassword_file %s\n", broker->passwords);
    else
        g_string_append(text, "allow_anonymous true\n");
    if (geteuid() == 0) /* else it takes a user of its own, who cannot read the folder */
        g_string_append(text, "user root\n");
    return g_file_set_contents(broker->config, text->str, -1, error);
}

static void end_with_parent(gpointer data)
{
    (void)data;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static bool takes_connections(const char *host, guint port)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_socket_client_set_timeout(client, 1);
    const char *where = strcmp(host, "0.0.0.0") == 0 ? "127.0.0.1" : strcmp(host, "::") == 0 ? "::1" : host;
    g_autoptr(GSocketConnectable) to = G_SOCKET_CONNECTABLE(g_network_address_new(where, (guint16)port));
    g_autoptr(GSocketConnection) connection = g_socket_client_connect(client, to, NULL, NULL);
    return connection != NULL;
}

static bool is_running(Broker *broker)
{
    int status = 0;
    if (broker->process == 0 || waitpid(broker->process, &status, WNOHANG) == 0)
        return broker->process != 0;
    broker->process = 0;
    return false;
}

static bool wait_for(Broker *broker, const char *host, GError **error)
{
    for (int64_t waited = 0; waited < WAIT_US && is_running(broker); waited += LOOK_EVERY_US) {
        if (takes_connections(host, broker->port) && is_running(broker))
            return true;
        g_usleep(LOOK_EVERY_US);
    }
    g_autofree char *said = NULL;
    g_file_get_contents(broker->log, &said, NULL, NULL);
    if (said != NULL)
        g_strdelimit(g_strstrip(said), "\n", ' ');
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "mosquitto did not come up at %s:%u%s%s", host,
                broker->port, said != NULL && *said != '\0' ? ": " : "", said != NULL ? said : "");
    return false;
}

static bool run(Broker *broker, const char *host, GError **error)
{
    g_autofree char *program = find_program("mosquitto");
    if (program == NULL) {
        g_set_error_literal(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
            "found no mosquitto to start as a broker, expected it installed (package mosquitto), "
            "or the address of another broker");
        return false;
    }
    g_autoptr(GError) cause = NULL;
    if (g_spawn_async(broker->folder, (char *[]){program, (char *)"-c", broker->config, NULL}, NULL,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                      end_with_parent, NULL, &broker->process, &cause))
        return wait_for(broker, host, error);
    broker->process = 0;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "mosquitto cannot be started: %s",
                cause->message);
    return false;
}

Broker *broker_start(const char *host, guint port, const char *user, const char *password,
                     guint64 message_bytes, const char *folder, GError **error)
{
    Broker *broker = g_new0(Broker, 1);
    broker->folder =
        g_build_filename(folder != NULL ? folder : g_get_tmp_dir(), "vsaudit-broker-XXXXXX", NULL);
    if (g_mkdtemp(broker->folder) == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot make a folder for a broker (%s)",
                    g_strerror(errno));
        g_free(broker->folder);
        g_free(broker);
        return NULL;
    }
    broker->config = g_build_filename(broker->folder, "mosquitto.conf", NULL);
    broker->passwords = g_build_filename(broker->folder, "passwords", NULL);
    broker->log = g_build_filename(broker->folder, "log", NULL);
    broker->port = port != 0 ? port : free_port(host);
    bool good = broker->port != 0;
    if (!good)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "found no port to listen at on %s", host);
    if (good && takes_connections(host, broker->port)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "found somebody who listens at %s:%u already, expected a free port for the broker", host,
                    broker->port);
        good = false;
    }
    if (good && (user == NULL || write_password(broker, user, password, error)) &&
        write_config(broker, host, user != NULL, message_bytes, error) && run(broker, host, error))
        return broker;
    broker_stop(broker);
    return NULL;
}

static void clear_broker(Broker *broker)
{
    if (is_running(broker) && kill(broker->process, SIGTERM) == 0) {
        for (int64_t waited = 0; waited < WAIT_US && is_running(broker); waited += LOOK_EVERY_US)
            g_usleep(LOOK_EVERY_US);
        if (is_running(broker)) {
            kill(broker->process, SIGKILL);
            waitpid(broker->process, NULL, 0);
        }
    }
    char *const files[] = {broker->config, broker->passwords, broker->log};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_unlink(files[i]);
        g_free(files[i]);
    }
    g_rmdir(broker->folder);
    g_free(broker->folder);
}

DEFINE_FREE(broker_stop, Broker, broker, clear_broker(broker))
