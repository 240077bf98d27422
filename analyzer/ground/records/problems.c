/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/problems.h"

#include "records/error.h"
#include "records/free.h"

typedef struct {
    guint file; /* index in files */
    int line, column;
    guint order; /* of arrival, so that the sort is stable */
    char *text;
} Problem;

struct Problems {
    GPtrArray *files;  /* of char * */
    GArray *per_file;  /* of guint: how many each has */
    GPtrArray *single; /* of Problem * */
    guint left_out;
    guint most; /* of one file */
};

DEFINE_DESTROY(problem_free, Problem, problem, g_free(problem->text))

Problems *problems_new(void)
{
    Problems *problems = g_new0(Problems, 1);
    problems->files = g_ptr_array_new_with_free_func(g_free);
    problems->per_file = g_array_new(FALSE, TRUE, sizeof(guint));
    problems->single = g_ptr_array_new_with_free_func(problem_free);
    problems->most = PROBLEMS_PER_FILE;
    return problems;
}

Problems *problems_new_whole(void)
{
    Problems *problems = problems_new();
    problems->most = G_MAXUINT;
    return problems;
}

bool problems_full(const Problems *problems)
{
    return problems_count(problems) > problems->most;
}

DEFINE_FREE(problems_free, Problems, problems, g_ptr_array_unref(problems->files),
            g_array_unref(problems->per_file), g_ptr_array_unref(problems->single))

static guint find_file(Problems *problems, const char *file)
{
    const char *name = file != NULL ? file : "";
    for (guint i = 0; i < problems->files->len; i++) {
        if (g_strcmp0(g_ptr_array_index(problems->files, i), name) == 0)
            return i;
    }
    g_ptr_array_add(problems->files, g_strdup(name));
    g_array_set_size(problems->per_file, problems->files->len);
    return problems->files->len - 1;
}

static void add_text(Problems *problems, const char *file, int line, int column, char *text)
{
    const guint index = find_file(problems, file);
    guint *count = &g_array_index(problems->per_file, guint, index);
    if (*count >= problems->most) {
        problems->left_out++;
        g_free(text);
        return;
    }
    (*count)++;
    Problem *problem = g_new(Problem, 1);
    *problem = (Problem){
        .file = index, .line = line, .column = column, .order = problems->single->len, .text = text};
    g_ptr_array_add(problems->single, problem);
}

void problems_add(Problems *problems, const char *file, int line, int column, const char *path,
                  const char *format, ...)
{
    GString *text = g_string_new(NULL);
    if (file != NULL)
        g_string_append_printf(text, "%s:", file);
    if (line > 0)
        g_string_append_printf(text, "%d:", line);
    if (line > 0 && column > 0)
        g_string_append_printf(text, "%d:", column);
    if (text->len > 0)
        g_string_append_c(text, ' ');
    if (path != NULL && *path != '\0')
        g_string_append_printf(text, "%s: ", path);
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(text, format, arguments);
    va_end(arguments);
    add_text(problems, file, line, column, g_string_free(text, FALSE));
}

void problems_add_error(Problems *problems, const GError *cause)
{
    add_text(problems, NULL, 0, 0, g_strdup(cause->message));
}

guint problems_count(const Problems *problems)
{
    return problems->single->len + problems->left_out;
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const Problem *x = *(const Problem *const *)a, *y = *(const Problem *const *)b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

GPtrArray *problems_list(const Problems *problems)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(problems->single, NULL, NULL);
    g_ptr_array_set_free_func(sorted, NULL);
    g_ptr_array_sort(sorted, compare);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < sorted->len; i++)
        g_ptr_array_add(list, g_strdup(((const Problem *)g_ptr_array_index(sorted, i))->text));
    if (problems->left_out > 0)
        g_ptr_array_add(list, g_strdup_printf("%u more problems are not listed", problems->left_out));
    return list;
}

static bool first_to_error(const Problems *problems, const char *where, GError **error)
{
    if (problems->single->len == 0)
        return true;
    g_autoptr(GPtrArray) list = problems_list(problems);
    const char *first = g_ptr_array_index(list, 0);
    const guint more = problems_count(problems) - 1;
    if (more == 0)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, first);
    else
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s (and %u more%s)", first, more, where);
    return false;
}

bool problems_to_error(const Problems *problems, GError **error)
{
    return first_to_error(problems, ": “vsaudit check” lists them all", error);
}

bool problems_first_to_error(const Problems *problems, GError **error)
{
    return first_to_error(problems, "", error);
}
