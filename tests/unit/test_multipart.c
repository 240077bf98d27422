/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live/multipart: parts as devices write them, byte by byte and at once; live/soap: what is read of answers.
 */
#include "live/multipart.h"
#include "live/soap.h"
#include "records/error.h"
#include "records/span.h"

#include <string.h>

#include "unit.h"

static void note_part(const char *type, GBytes *kept, guint64 length, void *user)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(kept, &size);
    g_string_append_printf(user, "(%s %d %.*s)", type != NULL ? type : "-", (int)length, (int)size,
                           size > 0 ? bytes : "");
}

/* The parts of a text, fed in steps; “!” where it was refused. Caller frees. */
static char *parts_of(const char *boundary, const char *text, gsize step)
{
    GString *parts = g_string_new(NULL);
    Multipart *multipart = multipart_new(boundary, 10, note_part, parts);
    g_autoptr(GError) error = NULL;
    for (gsize at = 0, length = strlen(text); at < length && error == NULL; at += step)
        multipart_feed(multipart, text + at, MIN(step, length - at), &error);
    if (error != NULL)
        g_string_append_c(parts, '!');
    if (multipart_is_within(multipart))
        g_string_append(parts, "…");
    multipart_free(multipart);
    return g_string_free(parts, FALSE);
}

TEST(parts_come_as_they_were_sent)
{
    static const struct {
        const char *boundary, *text, *parts;
    } cases[] = {
        {"b",
         "--b\r\nContent-Type: application/xml; charset=\"UTF-8\"\r\nContent-Length: "
         "4\r\n\r\n<a/>\r\n--b\r\n",
         "(application/xml; charset=\"UTF-8\" 4 <a/>)…"},
        /* with its last byte, before any boundary */
        {"b", "--b\r\ncontent-length:3\r\n\r\nabc", "(- 3 abc)"},
        {"b", "--b\r\nContent-Length: 3\r\n\r\nab", "…"},
        /* without a length: up to the boundary, without the line's end before it */
        {"b", "--b\r\n\r\none\r\ntwo\r\n--b\r\n\r\n\r\n\r\n--b--\r\nrest\r\n--b\r\n",
         "(- 8 one\r\ntwo)(- 2 \r\n)"},
        {"b", "--b\nX: y\n\na\nb\n--b--\n", "(- 3 a\nb)"},
        {"b", "--b\r\n\r\nx--b\r\n --b\r\n--bb\r\n--b\r\n", "(- 16 x--b\r\n --b)…"},
        {"b", "--b\r\n\r\n0123456789abcdefghij\r\n--b\r\n", "(- 20 0123456789)…"},
        {"b", "--b\r\n\r\n\r--b\r\r\n--b--\r\n", "(- 5 \r--b\r)"},
        /* an empty line before the head, dashes in the boundary's name, blanks behind it */
        {"--b", "x\r\n--b \r\n\r\nContent-Length: 1\r\n\r\nz\r\n\r\n--b\r\n", "(- 1 z)…"},
        {"b", "--b\r\nContent-Length: x\r\n\r\nq\r\n--b--\r\n", "(- 1 q)"},
        {"b", "--b\r\nContent-Length: 0\r\n\r\n--b\r\nContent-Length: 1\r\n\r\nw", "(- 0 )(- 1 w)"},
        {"b", "--b\r\nContent-Length: 0\r\n\r\n", "(- 0 )"},
        {"b", "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (gsize step = 1; step < 8; step += 3) {
            g_autofree char *parts = parts_of(cases[i].boundary, cases[i].text, step);
            if (strcmp(parts, cases[i].parts) != 0)
                fail_msg("case %zu by %zu: %s", i, step, parts);
        }
}

/* A body without a head, whose first line holds any byte. */
TEST(no_byte_of_a_body_is_lost)
{
    static const char text[] = "--b\r\n\r\na\0b\r\nc\r\n--b--\r\n";
    for (gsize step = 1; step <= sizeof text; step += 4) {
        g_autoptr(GString) parts = g_string_new(NULL);
        Multipart *multipart = multipart_new("b", 10, note_part, parts);
        for (gsize at = 0; at < sizeof text - 1; at += step)
            assert_true(multipart_feed(multipart, text + at, MIN(step, sizeof text - 1 - at), NULL));
        multipart_free(multipart);
        assert_string_equal(parts->str, "(- 6 a)"); /* what follows the zero is there, and not printed */
    }
}

TEST(a_head_must_end)
{
    g_autofree char *line = g_strnfill(5000, 'x');
    g_autofree char *text = g_strconcat("--b\r\n", line, NULL);
    g_autofree char *wide = parts_of("b", text, 100);
    assert_string_equal(wide, "!…");
    GString *many = g_string_new("--b\r\n");
    for (int i = 0; i < 100; i++)
        g_string_append(many, "X: y\r\n");
    g_autofree char *tall = parts_of("b", many->str, 100);
    assert_string_equal(tall, "!…");
    g_string_free(many, TRUE);
    g_autofree char *nothing = parts_of("b", line, 100); /* no part at all: it is passed over */
    assert_string_equal(nothing, "");
}

/* ---- SOAP */

#define ANSWER(body)                                                   \
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" " \
    "xmlns:a=\"http://www.w3.org/2005/08/addressing\">"                \
    "<s:Body>" body "</s:Body></s:Envelope>"

static bool read_answer(SoapRequest request, const char *text, SoapAnswer *answer, GError **error)
{
    return soap_read(request, text, strlen(text), answer, error);
}

TEST(answers_are_read)
{
    SoapAnswer answer;
    assert_true(read_answer(
        SOAP_CLOCK,
        ANSWER(
            "<GetSystemDateAndTimeResponse><LocalDateTime><Time><Hour>9</Hour></Time></LocalDateTime>"
            "<UTCDateTime><Time><Hour>10</Hour><Minute>30</Minute><Second>5</Second></Time><Date><Year>2024"
            "</Year><Month>5</Month><Day>1</Day></Date></UTCDateTime></GetSystemDateAndTimeResponse>"),
        &answer, NULL));
    assert_true(answer.clock_us == INT64_C(1714559405) * US_PER_SECOND);
    soap_answer_clear(&answer);
    assert_true(read_answer(SOAP_CLOCK, ANSWER("<GetSystemDateAndTimeResponse/>"), &answer, NULL));
    assert_true(answer.clock_us == TIME_UNKNOWN);
    soap_answer_clear(&answer);
    assert_true(read_answer(
        SOAP_SUBSCRIBE,
        ANSWER(
            "<r:CreatePullPointSubscriptionResponse xmlns:r=\"r\" xmlns:m=\"urn:m\"><r:SubscriptionReference>"
            "<a:Address> http://10.0.0.1/p </a:Address><a:ReferenceParameters><m:Id m:of=\"x\">4&amp;2</m:Id>"
            "</a:ReferenceParameters></r:SubscriptionReference></r:CreatePullPointSubscriptionResponse>"),
        &answer, NULL));
    assert_string_equal(answer.address, "http://10.0.0.1/p");
    assert_non_null(strstr(answer.parameters, "IsReferenceParameter=\"true\""));
    assert_non_null(strstr(answer.parameters, ">4&amp;2</m:Id>"));
    assert_non_null(strstr(answer.parameters, "xmlns:m=\"urn:m\""));
    soap_answer_clear(&answer);
    assert_true(read_answer(
        SOAP_PULL,
        ANSWER(
            "<PullMessagesResponse><NotificationMessage/><x/><NotificationMessage/></PullMessagesResponse>"),
        &answer, NULL));
    assert_int_equal(answer.messages, 2);
    soap_answer_clear(&answer);
    assert_true(read_answer(
        SOAP_RENEW, ANSWER("<s:Fault><s:Reason><s:Text> no </s:Text></s:Reason></s:Fault>"), &answer, NULL));
    assert_string_equal(answer.fault, "no");
    soap_answer_clear(&answer);
    /* other prefixes; an event about a fault is none */
    assert_true(read_answer(
        SOAP_PULL,
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\"><SOAP-ENV:Body>"
        "<tev:PullMessagesResponse xmlns:tev=\"t\"><wsnt:NotificationMessage xmlns:wsnt=\"w\"><Fault>of the "
        "fan"
        "</Fault></wsnt:NotificationMessage></tev:PullMessagesResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>",
        &answer, NULL));
    assert_null(answer.fault);
    assert_int_equal(answer.messages, 1);
    soap_answer_clear(&answer);
    g_autoptr(GError) error = NULL;
    assert_false(read_answer(SOAP_PULL, ANSWER("<RenewResponse/>"), &answer, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    soap_answer_clear(&answer);
}

TEST(requests_hold_what_they_must)
{
    const SoapOptions options = {.to = "http://h/a?b&c",
                                 .parameters = "<m:Id xmlns:m=\"urn:m\">4</m:Id>",
                                 .user = "a<b",
                                 .password = "p",
                                 .lease_s = 60,
                                 .wait_s = 5};
    g_autofree char *pull = soap_write(SOAP_PULL, &options);
    assert_non_null(strstr(pull, "http://h/a?b&amp;c"));
    assert_non_null(strstr(pull, "<m:Id xmlns:m=\"urn:m\">4</m:Id>"));
    assert_non_null(strstr(pull, "a&lt;b"));
    assert_non_null(strstr(pull, "<Timeout>PT5S</Timeout>"));
    assert_null(strstr(pull, ">p<"));
    g_autofree char *clock = soap_write(SOAP_CLOCK, &options);
    assert_null(strstr(clock, "UsernameToken"));
}

TEST(the_host_stays_the_users)
{
    bool moved = false;
    g_autofree char *other =
        soap_keep_host("https://cam:8443/onvif/event", "http://10.0.0.1/p/q?n=1", &moved);
    assert_string_equal(other, "https://cam:8443/p/q?n=1");
    assert_true(moved);
    g_autofree char *same = soap_keep_host("http://cam/onvif/event", "http://cam/p", &moved);
    assert_string_equal(same, "http://cam/p");
    assert_false(moved);
    g_autofree char *usual = soap_keep_host("http://cam/", "http://cam:80/p", &moved);
    assert_string_equal(usual, "http://cam/p");
    assert_false(moved);
    g_autofree char *ours = soap_keep_host("https://cam:443/", "https://CAM/p", &moved);
    assert_string_equal(ours, "https://cam:443/p");
    assert_false(moved);
    g_autofree char *port = soap_keep_host("http://[::1]/", "http://[::1]:443/p", &moved);
    assert_string_equal(port, "http://[::1]/p");
    assert_true(moved);
    assert_null(soap_keep_host("http://cam/", "urn:uuid:1", &moved));
    assert_null(soap_keep_host("http://cam/", "not a url", &moved));
}

UNIT_TESTS(NULL, NULL)
