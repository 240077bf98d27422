/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/soap.h"

#include "import/xml_tree.h"
#include "records/error.h"
#include "records/span.h"

#include <string.h>

#define ENVELOPE "http://www.w3.org/2003/05/soap-envelope"
#define ADDRESSING "http://www.w3.org/2005/08/addressing"
#define NOTIFICATION "http://docs.oasis-open.org/wsn/b-2"
#define EVENTS "http://www.onvif.org/ver10/events/wsdl"
#define DEVICE "http://www.onvif.org/ver10/device/wsdl"
#define SECURITY "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"

static const struct {
    const char *action, *answer; /* the element that the answer's body holds */
} requests[] = {
    [SOAP_CLOCK] = {DEVICE "/GetSystemDateAndTime", "GetSystemDateAndTimeResponse"},
    [SOAP_SUBSCRIBE] = {EVENTS "/EventPortType/CreatePullPointSubscriptionRequest",
                        "CreatePullPointSubscriptionResponse"},
    [SOAP_PULL] = {EVENTS "/PullPointSubscription/PullMessagesRequest", "PullMessagesResponse"},
    [SOAP_RENEW] = {"http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/RenewRequest", "RenewResponse"},
    [SOAP_UNSUBSCRIBE] = {"http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/UnsubscribeRequest",
                          "UnsubscribeResponse"},
};

const char *soap_action(SoapRequest request)
{
    return requests[request].action;
}

/* The digest of the profile: Base64(SHA-1(nonce, created, password)), the nonce as bytes. */
static void write_token(GString *text, const SoapOptions *options)
{
    guint8 nonce[16];
    for (size_t i = 0; i < sizeof nonce; i += 4) {
        const guint32 random = g_random_int();
        memcpy(nonce + i, &random, 4);
    }
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) theirs = g_date_time_add(now, options->clock_offset_us);
    g_autofree char *created = g_date_time_format(theirs, "%Y-%m-%dT%H:%M:%SZ");
    const char *password = options->password != NULL ? options->password : "";
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(sum, nonce, sizeof nonce);
    g_checksum_update(sum, (const guchar *)created, -1);
    g_checksum_update(sum, (const guchar *)password, -1);
    guint8 digest[20];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *digest_text = g_base64_encode(digest, length);
    g_autofree char *nonce_text = g_base64_encode(nonce, sizeof nonce);
    g_autofree char *user = g_markup_escape_text(options->user, -1);
    g_string_append_printf(
        text,
        "<o:Security s:mustUnderstand=\"1\" xmlns:o=\"" SECURITY
        "wssecurity-secext-1.0.xsd\" xmlns:u=\"" SECURITY
        "wssecurity-utility-1.0.xsd\"><o:UsernameToken><o:Username>%s</o:Username>"
        "<o:Password Type=\"" SECURITY "username-token-profile-1.0#PasswordDigest\">%s</o:Password>"
        "<o:Nonce EncodingType=\"" SECURITY "soap-message-security-1.0#Base64Binary\">%s</o:Nonce>"
        "<u:Created>%s</u:Created></o:UsernameToken></o:Security>",
        user, digest_text, nonce_text, created);
}

static void write_body(GString *text, SoapRequest request, const SoapOptions *options)
{
    switch (request) {
    case SOAP_CLOCK:
        g_string_append(text, "<GetSystemDateAndTime xmlns=\"" DEVICE "\"/>");
        break;
    case SOAP_SUBSCRIBE:
        g_string_append_printf(text,
                               "<CreatePullPointSubscription xmlns=\"" EVENTS
                               "\"><InitialTerminationTime>PT%uS"
                               "</InitialTerminationTime></CreatePullPointSubscription>",
                               options->lease_s);
        break;
    case SOAP_PULL:
        g_string_append_printf(text,
                               "<PullMessages xmlns=\"" EVENTS "\"><Timeout>PT%uS</Timeout><MessageLimit>100"
                               "</MessageLimit></PullMessages>",
                               options->wait_s);
        break;
    case SOAP_RENEW:
        g_string_append_printf(
            text, "<Renew xmlns=\"" NOTIFICATION "\"><TerminationTime>PT%uS</TerminationTime></Renew>",
            options->lease_s);
        break;
    case SOAP_UNSUBSCRIBE:
        g_string_append(text, "<Unsubscribe xmlns=\"" NOTIFICATION "\"/>");
        break;
    }
}

char *soap_write(SoapRequest request, const SoapOptions *options)
{
    g_autofree char *id = g_uuid_string_random(), *to = g_markup_escape_text(options->to, -1);
    GString *text = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:Envelope xmlns:s=\"" ENVELOPE
                                 "\" xmlns:a=\"" ADDRESSING "\"><s:Header>");
    g_string_append_printf(
        text,
        "<a:Action s:mustUnderstand=\"1\">%s</a:Action><a:MessageID>urn:uuid:%s</a:MessageID>"
        "<a:ReplyTo><a:Address>" ADDRESSING "/anonymous</a:Address></a:ReplyTo>"
        "<a:To s:mustUnderstand=\"1\">%s</a:To>",
        requests[request].action, id, to);
    if (options->parameters != NULL)
        g_string_append(text, options->parameters);
    if (options->user != NULL && request != SOAP_CLOCK) /* anybody may ask for the time */
        write_token(text, options);
    g_string_append(text, "</s:Header><s:Body>");
    write_body(text, request, options);
    g_string_append(text, "</s:Body></s:Envelope>");
    return g_string_free(text, FALSE);
}

/* ---- answers */

static int64_t number_in(xmlNode *node, const char *name)
{
    g_autofree char *text = xml_tree_text(xml_tree_find(node, name));
    gint64 value = 0;
    return text != NULL && g_ascii_string_to_signed(text, 10, 0, 9999, &value, NULL) ? value : -1;
}

static int64_t read_clock(xmlNode *body)
{
    xmlNode *utc = xml_tree_find(body, "UTCDateTime");
    if (utc == NULL)
        return TIME_UNKNOWN;
    g_autoptr(GDateTime) when = g_date_time_new_utc(
        (int)number_in(utc, "Year"), (int)number_in(utc, "Month"), (int)number_in(utc, "Day"),
        (int)number_in(utc, "Hour"), (int)number_in(utc, "Minute"), (double)number_in(utc, "Second"));
    return when != NULL ? g_date_time_to_unix(when) * US_PER_SECOND : TIME_UNKNOWN;
}

/* What stands in ReferenceParameters, with the mark that WS-Addressing wants, and names and prefixes as the
 * device wrote them: its text is parsed again, since xml_tree takes prefixes away. */
static char *read_parameters(const char *bytes, gsize length)
{
    xmlDoc *document = xmlReadMemory(bytes, (int)length, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNode *parameters =
        document != NULL ? xml_tree_find(xmlDocGetRootElement(document), "ReferenceParameters") : NULL;
    GString *text = g_string_new(NULL);
    for (xmlNode *node = parameters != NULL ? parameters->children : NULL; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlReconciliateNs(document, node);
        xmlNs *addressing = xmlNewNs(node, (const xmlChar *)ADDRESSING, (const xmlChar *)"wsa-ref");
        xmlSetNsProp(node, addressing, (const xmlChar *)"IsReferenceParameter", (const xmlChar *)"true");
        xmlBuffer *buffer = xmlBufferCreate();
        xmlNode *copy = xmlDocCopyNode(node, document, 1); /* with the namespaces that it needs */
        xmlNodeDump(buffer, document, copy, 0, 0);
        g_string_append(text, (const char *)xmlBufferContent(buffer));
        xmlFreeNode(copy);
        xmlBufferFree(buffer);
    }
    if (document != NULL)
        xmlFreeDoc(document);
    return g_string_free(text, text->len == 0);
}

static guint count_named(xmlNode *body, const char *name)
{
    guint count = 0;
    for (xmlNode *node = body->children; node != NULL; node = node->next)
        count += node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
    return count;
}

/* What the answer itself says is wrong: an event may tell of faults, too. */
static xmlNode *find_fault(xmlNode *root)
{
    xmlNode *body = xml_tree_find(root, "Body");
    for (xmlNode *node = body != NULL ? body->children : NULL; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, "Fault") == 0)
            return node;
    }
    return NULL;
}

static char *read_fault(xmlNode *fault)
{
    char *text = xml_tree_text(xml_tree_find(fault, "Text"));
    if (text == NULL || *text == '\0') {
        g_free(text);
        text = xml_tree_text(xml_tree_find(fault, "Subcode"));
    }
    if (text == NULL)
        text = xml_tree_text(fault);
    if (g_utf8_strlen(text, -1) > 200)
        *g_utf8_offset_to_pointer(text, 200) = '\0';
    return text;
}

bool soap_read(SoapRequest request, const char *bytes, gsize length, SoapAnswer *answer, GError **error)
{
    *answer = (SoapAnswer){.clock_us = TIME_UNKNOWN};
    g_autofree char *message = NULL;
    int line = 0, column = 0;
    xmlDoc *document = xml_tree_parse(bytes, length, &message, &line, &column);
    if (document == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "the answer, line %d: %s", line, message);
        return false;
    }
    xmlNode *root = xmlDocGetRootElement(document), *fault = find_fault(root);
    xmlNode *body = xml_tree_find(root, requests[request].answer);
    bool good = true;
    if (fault != NULL) {
        answer->fault = read_fault(fault);
    } else if (body == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "found no %s in the answer, expected one",
                    requests[request].answer);
        good = false;
    } else if (request == SOAP_CLOCK) {
        answer->clock_us = read_clock(body);
    } else if (request == SOAP_SUBSCRIBE) {
        answer->address =
            xml_tree_text(xml_tree_find(xml_tree_find(body, "SubscriptionReference"), "Address"));
        answer->parameters = read_parameters(bytes, length);
    } else if (request == SOAP_PULL) {
        answer->messages = count_named(body, "NotificationMessage");
    }
    xmlFreeDoc(document);
    return good;
}

void soap_answer_clear(SoapAnswer *answer)
{
    g_clear_pointer(&answer->fault, g_free);
    g_clear_pointer(&answer->address, g_free);
    g_clear_pointer(&answer->parameters, g_free);
}

/* The port that a URL means, said or not. */
static int port_of(GUri *uri)
{
    const int said = g_uri_get_port(uri);
    return said > 0 ? said : g_ascii_strcasecmp(g_uri_get_scheme(uri), "https") == 0 ? 443 : 80;
}

char *soap_keep_host(const char *base, const char *address, bool *moved)
{
    g_autoptr(GUri) trusted = g_uri_parse(base, G_URI_FLAGS_ENCODED, NULL);
    g_autoptr(GUri) said = g_uri_parse(address, G_URI_FLAGS_ENCODED, NULL);
    *moved = false;
    if (trusted == NULL || said == NULL || g_uri_get_host(said) == NULL)
        return NULL;
    *moved = g_ascii_strcasecmp(g_uri_get_host(trusted), g_uri_get_host(said)) != 0 ||
             port_of(trusted) != port_of(said);
    return g_uri_join(G_URI_FLAGS_ENCODED, g_uri_get_scheme(trusted), NULL, g_uri_get_host(trusted),
                      g_uri_get_port(trusted), g_uri_get_path(said), g_uri_get_query(said), NULL);
}
