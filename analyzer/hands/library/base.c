/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions, errors, sizes of structs, and what there is to choose from. */
#include "behaviours/behaviour.h"
#include "library/library.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

const char *vsaudit_version(void)
{
    return VSAUDIT_VERSION;
}

int vsaudit_api_version(void)
{
    return VSAUDIT_API_MAJOR * 1000 + VSAUDIT_API_MINOR;
}

/* Copies as much as fits, without cutting a character in two. */
static void copy_message(char *to, size_t room, const char *message)
{
    size_t length = strlen(message);
    if (length >= room) {
        length = room - 1;
        while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(to, message, length);
    memset(to + length, 0, room - length);
}

VsauditStatus library_fail(VsauditError *error, VsauditStatus status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *raw = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *message = g_utf8_make_valid(raw, -1);
    error->status = (int32_t)status;
    copy_message(error->message, sizeof error->message, message);
    return status;
}

char *library_number(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(isnan(value) ? "NaN" : g_ascii_formatd(text, sizeof text, "%.10g", value));
}

VsauditStatus library_check_size(const void *given, size_t size, size_t first, size_t newest,
                                 const char *what, VsauditError *error)
{
    if (given == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "%s: found NULL, expected a struct", what);
    if (size < first)
        return library_fail(error, VSAUDIT_MISUSE, "%s: found the size %zu, expected %zu to %zu", what, size,
                            first, newest);
    if (size > newest)
        return library_fail(
            error, VSAUDIT_MISUSE,
            "%s: found the size %zu, expected at most %zu: this library (%s) is older than the "
            "program's headers",
            what, size, newest, VSAUDIT_VERSION);
    return VSAUDIT_OK;
}

VsauditStatus library_check_text(const char *text, const char *where, const char *field, VsauditError *error)
{
    if (text != NULL && !g_utf8_validate(text, -1, NULL))
        return library_fail(error, VSAUDIT_INVALID, "%s%s: found other bytes, expected text in UTF-8", where,
                            field);
    return VSAUDIT_OK;
}

/* ---- options */

VsauditStatus library_params(const VsauditOption *options, size_t count, ParamList **params,
                             VsauditError *error)
{
    if (options == NULL && count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "options: found NULL, expected %zu of them", count);
    g_autoptr(ParamList) list = param_list_new();
    for (size_t i = 0; i < count; i++) {
        const VsauditOption *option = &options[i];
        g_autofree char *where = g_strdup_printf("options[%zu]", i);
        if (option->name == NULL || option->value == NULL)
            return library_fail(error, VSAUDIT_MISUSE, "%s: found NULL, expected a name and a value", where);
        VsauditStatus status = library_check_text(option->name, where, ".name", error);
        if (status == VSAUDIT_OK)
            status = library_check_text(option->value, where, ".value", error);
        if (status != VSAUDIT_OK)
            return status;
        param_list_add(list, option->name, option->value, NULL, 0, 0, 0, 0);
    }
    *params = g_steal_pointer(&list);
    return VSAUDIT_OK;
}

VsauditStatus library_params_fault(const OptionRow *table, const ParamList *params, const GError *fault,
                                   VsauditError *error)
{
    static const char *const contexts[] = {"protocol_params.", "params."};
    VsauditStatus status = VSAUDIT_INVALID;
    for (guint i = 0; i < params->params->len; i++) {
        const Param *param = g_ptr_array_index(params->params, i);
        if (option_find(table, param->name) == NULL)
            status = VSAUDIT_NOT_FOUND;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (g_str_has_prefix(fault->message, contexts[i]))
            return library_fail(error, status, "options.%s", fault->message + strlen(contexts[i]));
    return library_fail(error, status, "options: %s", fault->message);
}

bool library_must_be_given(const OptionSpec *spec)
{
    return spec->initial == NULL && (spec->type == OPTION_SECONDS || spec->type == OPTION_NUMBER);
}

static VsauditStatus describe_option(const OptionRow *table, size_t index, VsauditOptionInfo *info,
                                     size_t size, VsauditError *error)
{
    static const char *const types[] = {
        [OPTION_BOOL] = "boolean",    [OPTION_INT] = "integer", [OPTION_NUMBER] = "number",
        [OPTION_SECONDS] = "seconds", [OPTION_STRING] = "text", [OPTION_CHOICE] = "choice",
    };
    if (library_check_size(info, size, sizeof *info, sizeof *info, "info", error) != VSAUDIT_OK)
        return VSAUDIT_MISUSE;
    const OptionSpec *specs = options_of(table);
    size_t count = 0;
    while (specs[count].name != NULL)
        count++;
    if (index >= count)
        return library_fail(error, VSAUDIT_NOT_FOUND, "index: found %zu, expected less than %zu", index,
                            count);
    const OptionSpec *spec = &specs[index];
    const bool ranged =
        spec->type == OPTION_INT || spec->type == OPTION_NUMBER || spec->type == OPTION_SECONDS;
    *info = (VsauditOptionInfo){
        .name = spec->name,
        .type = types[spec->type],
        .min = ranged ? spec->min : (double)NAN,
        .max = ranged ? spec->max : (double)NAN,
        .initial = spec->initial,
        .unit = spec->unit != NULL ? spec->unit : "",
        .choices = spec->type == OPTION_CHOICE ? spec->choices : NULL,
        .must_be_given = library_must_be_given(spec),
    };
    return VSAUDIT_OK;
}

/* ---- what there is */

const Protocol *library_find_protocol(const char *id)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if (strcmp((*protocol)->id, id) == 0)
            return *protocol;
    return NULL;
}

const char *vsaudit_protocol_id(size_t index)
{
    size_t count = 0;
    while (protocol_registry[count] != NULL)
        count++;
    return index < count ? protocol_registry[index]->id : NULL;
}

const char *vsaudit_behaviour_id(size_t index)
{
    size_t count = 0;
    while (behaviour_registry[count] != NULL)
        count++;
    return index < count ? behaviour_registry[index]->id : NULL;
}

/* Of what has those options; NULL: there is none of that id. */
static VsauditStatus describe_option_of(const char *what, const char *id, const OptionRow *options,
                                        size_t index, VsauditOptionInfo *info, size_t size,
                                        VsauditError *error)
{
    if (options == NULL)
        return library_fail(error, VSAUDIT_NOT_FOUND, "%s: found “%s”, which there is not", what,
                            id != NULL ? id : "NULL");
    return describe_option(options, index, info, size, error);
}

VsauditStatus vsaudit_protocol_option(const char *id, size_t index, VsauditOptionInfo *info, size_t size,
                                      VsauditError *error)
{
    const Protocol *protocol = id != NULL ? library_find_protocol(id) : NULL;
    return describe_option_of("protocol", id, protocol != NULL ? protocol->options : NULL, index, info, size,
                              error);
}

VsauditStatus vsaudit_behaviour_option(const char *id, size_t index, VsauditOptionInfo *info, size_t size,
                                       VsauditError *error)
{
    const Behaviour *behaviour = id != NULL ? behaviour_find(id) : NULL;
    return describe_option_of("behaviour", id, behaviour != NULL ? behaviour->options : NULL, index, info,
                              size, error);
}

char *library_ids(const char *(*id)(size_t index))
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; id(i) != NULL; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", id(i));
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* ---- GSL's handler of errors */

static GMutex quiet_lock;
static unsigned quiet_depth;
static gsl_error_handler_t *quiet_before;

void library_quiet_begin(void)
{
    g_mutex_lock(&quiet_lock);
    if (quiet_depth++ == 0)
        quiet_before = gsl_set_error_handler_off();
    g_mutex_unlock(&quiet_lock);
}

void library_quiet_end(void)
{
    g_mutex_lock(&quiet_lock);
    if (--quiet_depth == 0)
        gsl_set_error_handler(quiet_before);
    g_mutex_unlock(&quiet_lock);
}
