/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/external.h"

#include "records/error.h"
#include "sandbox/sandbox.h"
#include "systems/program.h"
#include "truth/truth.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STATUS_NOT_STARTED = 126, EXTERNAL_MEMORY_MIB = 2048 };

typedef struct {
    GSubprocess *process;
    GCancellable *cancel;
    GBytes *out;
    GError *error;
    bool done, late;
} Talk;

static void note_end(GObject *source, GAsyncResult *result, gpointer user)
{
    Talk *talk = user;
    g_subprocess_communicate_finish(G_SUBPROCESS(source), result, &talk->out, NULL, &talk->error);
    talk->done = true;
}

static gboolean note_late(gpointer user)
{
    Talk *talk = user;
    talk->late = true;
    const char *id = g_subprocess_get_identifier(talk->process);
    if (id != NULL)
        kill(-(pid_t)g_ascii_strtoll(id, NULL, 10), SIGKILL); /* with all that it started */
    g_subprocess_force_exit(talk->process);
    g_cancellable_cancel(talk->cancel); /* what it started may hold its output open for ever */
    return G_SOURCE_REMOVE;
}

/* Collects the output, in a main context of its own. */
static void hold_talk(Talk *talk, double timeout_s)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    g_main_context_push_thread_default(context);
    g_autoptr(GSource) timer = g_timeout_source_new((guint)(timeout_s * 1000));
    g_source_set_callback(timer, note_late, talk, NULL);
    g_source_attach(timer, context);
    g_subprocess_communicate_async(talk->process, NULL, talk->cancel, note_end, talk);
    while (!talk->done)
        g_main_context_iteration(context, TRUE);
    g_source_destroy(timer);
    g_main_context_pop_thread_default(context);
}

static bool judge_talk(const Talk *talk, const Sandbox *sandbox, double timeout_s, GError **error)
{
    const char *why = !talk->late ? sandbox_explain(sandbox, g_subprocess_get_status(talk->process)) : NULL;
    if (why != NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s", why);
    else if (talk->late)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "took longer than %g s", timeout_s);
    else if (g_subprocess_get_if_signaled(talk->process))
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "was ended by signal %d",
                    g_subprocess_get_term_sig(talk->process));
    else if (g_subprocess_get_exit_status(talk->process) != 0)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "ended with status %d, expected 0",
                    g_subprocess_get_exit_status(talk->process));
    else
        return true;
    return false;
}

static GPtrArray *read_alerts(GBytes *out, const char *clip, const char *behaviour, int64_t end_us,
                              GError **error)
{
    gsize length = 0;
    const char *data = out != NULL ? g_bytes_get_data(out, &length) : NULL;
    g_autofree char *text = g_strndup(data != NULL ? data : "", length);
    GPtrArray *alerts = alert_array_new();
    if (*g_strchug(text) == '\0')
        return alerts;
    const char *const behaviours[] = {behaviour, NULL};
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(AlertLog) log = alert_log_parse(text, strlen(text), "its output", behaviours, problems);
    if (log == NULL)
        problems_first_to_error(problems, error);
    for (guint i = 0; log != NULL && i < log->rows->len; i++) {
        AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        if (strcmp(row->clip, clip) != 0) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "its output:%d: clip: found “%s”, expected “%s”", row->line, row->clip, clip);
            g_clear_pointer(&alerts, g_ptr_array_unref);
            return NULL;
        }
        if (row->alert->end_us == TIME_UNKNOWN)
            row->alert->end_us = MAX(end_us, row->alert->decided_us);
        g_ptr_array_add(alerts, g_steal_pointer(&row->alert));
    }
    if (log == NULL)
        g_clear_pointer(&alerts, g_ptr_array_unref);
    else
        g_ptr_array_sort(alerts, alert_compare);
    return alerts;
}

/* What it may read and write. NULL with a HARNESS error. */
static Sandbox *confine(const ExternalProgram *program, GError **error)
{
    g_auto(SandboxSpec) spec;
    sandbox_spec_init(&spec, SANDBOX_PROGRAM);
    sandbox_spec_write(&spec, program->scratch);
    spec.memory_mib = EXTERNAL_MEMORY_MIB;
    g_autofree char *path = g_find_program_in_path(program->argv[0]);
    if (path != NULL) {
        sandbox_spec_read(&spec, path);
        program_allow_interpreter(&spec, path, program->vectors);
    }
    for (char **word = program->argv; *word != NULL; word++)
        if (g_file_test(*word, G_FILE_TEST_IS_REGULAR))
            sandbox_spec_read(&spec, *word);
    for (const char *const *more = program->reads; more != NULL && *more != NULL; more++)
        sandbox_spec_read(&spec, *more);
    return sandbox_new(&spec, error);
}

/* In the child. It has a group of its own, so that all that it starts can be ended. */
static void enter(gpointer sandbox)
{
    if (setpgid(0, 0) != 0 || !sandbox_enter(sandbox))
        _exit(STATUS_NOT_STARTED);
}

/* The input is a file in memory, not a pipe: a program may then answer without having read it. */
static GSubprocess *start(const ExternalProgram *program, Sandbox *sandbox, const char *input, GError **error)
{
    const size_t length = strlen(input);
    const int file = memfd_create("observations", MFD_CLOEXEC);
    size_t written = 0;
    while (file >= 0 && written < length) {
        const ssize_t more = write(file, input + written, length - written);
        if (more <= 0)
            break;
        written += (size_t)more;
    }
    if (file < 0 || written < length || lseek(file, 0, SEEK_SET) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot be given its input: %s",
                    g_strerror(errno));
        if (file >= 0)
            close(file);
        return NULL;
    }
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE);
    g_subprocess_launcher_take_stdin_fd(launcher, file);
    g_auto(GStrv) environment = sandbox_environment(program->scratch);
    g_subprocess_launcher_set_environ(launcher, environment);
    g_subprocess_launcher_set_child_setup(launcher, enter, sandbox, NULL);
    g_autoptr(GError) cause = NULL;
    GSubprocess *process = g_subprocess_launcher_spawnv(launcher, (const char *const *)program->argv, &cause);
    if (process == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "cannot be started: %s", cause->message);
    return process;
}

GPtrArray *external_ask(const ExternalProgram *program, const char *input, const char *clip,
                        const char *behaviour, int64_t end_us, GError **error)
{
    g_autoptr(Sandbox) sandbox = confine(program, error);
    g_autoptr(GSubprocess) process = sandbox != NULL ? start(program, sandbox, input, error) : NULL;
    if (process == NULL)
        return NULL;
    g_autoptr(GCancellable) cancel = g_cancellable_new();
    Talk talk = {.process = process, .cancel = cancel};
    hold_talk(&talk, program->timeout_s);
    g_subprocess_wait(process, NULL, NULL);
    GPtrArray *alerts = judge_talk(&talk, sandbox, program->timeout_s, error)
                            ? read_alerts(talk.out, clip, behaviour, end_us, error)
                            : NULL;
    g_clear_error(&talk.error);
    g_clear_pointer(&talk.out, g_bytes_unref);
    return alerts;
}
