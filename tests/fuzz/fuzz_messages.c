/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a live message or a log of JSON or XML: rows or problems, never a crash or a leak; as the
 * parts of a stream, the same parts however they arrive; as an answer in SOAP, as a path. */
#include "corpus.h"
#include "import/alert_rows.h"
#include "import/json_path.h"
#include "live/multipart.h"
#include "live/soap.h"

#include <string.h>

static const RowField json_fields[] = {{"a.b", false, false},
                                       {"zones[*]", false, true},
                                       {"$.id", false, false},
                                       {"$topic[1]", false, false},
                                       {"[\"x.y\"][-1]", false, false}};
static const RowField xml_fields[] = {{"Message/Message/@UtcTime", false, false},
                                      {".//SimpleItem[@Name='IsMotion']/@Value", false, true},
                                      {"substring-after(Topic, ':')", false, false},
                                      {"concat($topic, eventType)", false, false},
                                      {NULL, false, false}};

static void count_row(const Row *row, void *user)
{
    guint *rows = user;
    for (size_t i = 0; i < row->table->count; i++)
        g_assert_true(row->cells[i].text == NULL || g_utf8_validate(row->cells[i].text, -1, NULL));
    g_assert_cmpuint(row->at + row->length, <=, row->table->length);
    (*rows)++;
}

static void read_rows(RowForm form, const char *rows, const RowField *fields, const char *text, size_t size)
{
    static RowReader *readers[4];
    const RowEnvelope envelope = {.topic = "frigate/yard", .query = "a=1&b=%zz"};
    if (readers[form] == NULL) {
        char *fault = NULL;
        size_t which = 0;
        readers[form] = row_reader_new(form, rows, fields, G_N_ELEMENTS(json_fields), ',', &fault, &which);
        g_assert_nonnull(readers[form]);
    }
    g_autoptr(Problems) problems = problems_new();
    guint count = 0;
    const guint barren =
        row_reader_read(readers[form], text, size, "fuzz", &envelope, problems, count_row, &count);
    if (form != ROWS_NDJSON)
        g_assert_true(barren == 0 || count == 0);
    g_autoptr(GPtrArray) list = problems_list(problems);
    for (guint i = 0; i < list->len; i++)
        g_assert_true(g_utf8_validate(g_ptr_array_index(list, i), -1, NULL));
}

static void sum_part(const char *type, GBytes *kept, guint64 length, void *user)
{
    guint64 *sum = user;
    g_assert_cmpuint(g_bytes_get_size(kept), <=, MIN(length, 64));
    *sum = *sum * 31 + length + g_bytes_hash(kept) + (type != NULL ? g_str_hash(type) : 0);
}

static guint64 feed(const char *bytes, size_t size, size_t step)
{
    guint64 sum = 0;
    Multipart *multipart = multipart_new("edge", 64, sum_part, &sum);
    for (size_t at = 0; at < size; at += step)
        if (!multipart_feed(multipart, bytes + at, MIN(step, size - at), NULL))
            break;
    multipart_free(multipart);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_malloc(size + 1);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    read_rows(ROWS_JSON, "events[*]", json_fields, text, size);
    read_rows(ROWS_NDJSON, NULL, json_fields, text, size);
    read_rows(ROWS_XML, "//NotificationMessage | //EventNotificationAlert", xml_fields, text, size);
    g_assert_cmpuint(feed(text, size, 1), ==, feed(text, size, size + 1));
    for (SoapRequest request = SOAP_CLOCK; request <= SOAP_UNSUBSCRIBE; request++) {
        SoapAnswer answer = {0};
        g_autoptr(GError) error = NULL;
        if (!soap_read(request, text, size, &answer, &error))
            g_assert_nonnull(error);
        soap_answer_clear(&answer);
    }
    char *fault = NULL;
    JsonPath *path = g_utf8_validate(text, -1, NULL) ? json_path_parse(text, &fault) : NULL;
    json_path_free(path);
    g_free(fault);
    return 0;
}

#ifndef FUZZER
int main(void)
{
    return replay("tests/fuzz/corpus/messages");
}
#endif
