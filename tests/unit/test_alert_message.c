/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import/alert_message: messages as products publish them, made after their documentation, with the map that
 * a person would write for each. */
#include "import/alert_message.h"
#include "records/span.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#define SECOND INT64_C(1000000)

static AlertMapper *mapper_of(const char *map)
{
    g_autofree char *path = g_strdup_printf("%s/vsaudit-map-%d.yaml", g_get_tmp_dir(), (int)getpid());
    g_autofree char *text = g_strdup_printf("schema: vsaudit/alert-map/1\n%s", map);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Problems) problems = problems_new();
    AlertMapper *mapper = alert_mapper_load(path, problems);
    g_autoptr(GPtrArray) list = problems_list(problems);
    if (mapper == NULL)
        fail_msg("%s", list->len > 0 ? (const char *)g_ptr_array_index(list, 0) : "refused");
    g_unlink(path);
    return mapper;
}

/* What is wrong with a map, for messages; caller frees. */
static char *refusal_of(const char *map)
{
    g_autofree char *path = g_strdup_printf("%s/vsaudit-map-%d.yaml", g_get_tmp_dir(), (int)getpid());
    g_autofree char *text = g_strdup_printf("schema: vsaudit/alert-map/1\n%s", map);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(AlertMapper) mapper = alert_mapper_load(path, problems);
    assert_null(mapper);
    g_unlink(path);
    g_autoptr(GPtrArray) list = problems_list(problems);
    return g_strjoinv("\n", (char *[]){list->len > 0 ? g_ptr_array_index(list, 0) : (char *)"", NULL});
}

static GPtrArray *read_with(AlertMapper *mapper, AlertMessage message, const char *body)
{
    message.name = "message 1";
    message.bytes = body;
    message.length = strlen(body);
    return alert_mapper_read(mapper, &message);
}

/* The one thing that the message says; the list stays the caller's. */
static const MappedAlert *only(GPtrArray *list, MappedKind kind)
{
    assert_int_equal(list->len, 1);
    const MappedAlert *mapped = g_ptr_array_index(list, 0);
    if (mapped->kind != kind)
        fail_msg("%s: %s", mapped_kind_name(mapped->kind), mapped->why != NULL ? mapped->why : "");
    return mapped;
}

static int64_t utc(int year, int month, int day, int hour, int minute, double second)
{
    g_autoptr(GDateTime) when = g_date_time_new_utc(year, month, day, hour, minute, second);
    return g_date_time_to_unix(when) * SECOND + g_date_time_get_microsecond(when);
}

/* ---- Frigate: tracked objects and reviews over MQTT */

#define FRIGATE(type, zones, score, end)                                                                     \
    "{\"type\": \"" type                                                                                     \
    "\", \"before\": {\"id\": \"1607123955.475377-mxklsc\", \"camera\": \"front_door\","                     \
    " \"entered_zones\": []}, \"after\": {\"id\": \"1607123955.475377-mxklsc\", \"camera\": \"front_door\"," \
    " \"label\": \"person\", \"start_time\": 1607123955.475377, \"end_time\": " end                          \
    ", \"top_score\": " score ", \"box\": [1, 2, 3, 4], \"entered_zones\": " zones ", \"has_clip\": true}}"

static const char frigate_map[] =
    "format: json\n"
    "columns: {camera: after.camera, time: after.start_time, end: after.end_time, behaviour: after.label,"
    " confidence: after.top_score, id: after.id, state: type, note: \"after.entered_zones[*]\"}\n"
    "time: unix\nonly: {\"after.entered_zones[*]\": yard, $topic: frigate/events}\n"
    "behaviours: {person: intrusion}\ncameras: {front_door: door}\n";

TEST(frigate_events)
{
    g_autoptr(AlertMapper) mapper = mapper_of(frigate_map);
    const AlertMessage to = {.sink = "mqtt", .topic = "frigate/events"};
    g_autoptr(GPtrArray) first = read_with(mapper, to, FRIGATE("new", "[]", "0.8", "null"));
    only(first, MAPPED_IGNORED);
    g_autoptr(GPtrArray) second =
        read_with(mapper, to, FRIGATE("update", "[\"drive\", \"yard\"]", "0.81", "null"));
    const MappedAlert *update = only(second, MAPPED_ALERT);
    assert_string_equal(update->behaviour, "intrusion");
    assert_string_equal(update->camera, "door");
    assert_string_equal(update->id, "1607123955.475377-mxklsc");
    assert_string_equal(update->note, "drive, yard");
    assert_true(update->time_us == 1607123955475377);
    assert_true(update->end_us == TIME_UNKNOWN);
    assert_true(fabs(update->confidence - 0.81) < 1e-12);
    assert_int_equal(update->state, ALERT_UPDATE);
    assert_int_equal(update->joined.outcome, JOIN_OPENED);
    assert_int_equal(alert_mapper_open(mapper), 1);
    g_autoptr(GPtrArray) third = read_with(mapper, to, FRIGATE("end", "[\"yard\"]", "0.95", "1607123970.5"));
    const MappedAlert *end = only(third, MAPPED_ALERT);
    assert_int_equal(end->joined.outcome, JOIN_ENDED);
    assert_int_equal(end->joined.alert, update->joined.alert);
    assert_true(end->end_us == 1607123970500000);
    assert_int_equal(alert_mapper_open(mapper), 0);
    g_autoptr(GPtrArray) again = read_with(mapper, to, FRIGATE("end", "[\"yard\"]", "0.95", "1607123970.5"));
    assert_true(only(again, MAPPED_ALERT)->joined.doubled);
    const AlertMessage stats = {.sink = "mqtt", .topic = "frigate/stats"};
    g_autoptr(GPtrArray) other = read_with(mapper, stats, FRIGATE("new", "[\"yard\"]", "0.8", "null"));
    only(other, MAPPED_IGNORED);
    const AlertMessage motion = {.sink = "mqtt", .topic = "frigate/front_door/motion"};
    g_autoptr(GPtrArray) word = read_with(mapper, motion, "ON");
    only(word, MAPPED_IGNORED);
}

TEST(frigate_reviews)
{
    g_autoptr(AlertMapper) mapper = mapper_of(
        "format: json\ncolumns: {camera: after.camera, time: after.start_time, end: after.end_time, "
        "behaviour: after.severity, id: after.id, state: type, label: \"after.data.objects[*]\", "
        "note: \"after.data.objects[-1]\"}\n"
        "time: unix\nbehaviours: {alert: intrusion}\nignore: [detection]\n");
    const AlertMessage to = {.sink = "mqtt", .topic = "frigate/reviews"};
    g_autoptr(GPtrArray) list = read_with(
        mapper, to,
        "{\"type\": \"new\", \"before\": {\"id\": \"1718987129.308396-fqk5ka\"}, \"after\": {\"id\": "
        "\"1718987129.308396-fqk5ka\", \"camera\": \"c\", \"start_time\": 1718987129.308396, \"end_time\": "
        "null, "
        "\"severity\": \"alert\", \"data\": {\"objects\": [\"person\", \"car\"], \"zones\": []}}}");
    const MappedAlert *mapped = only(list, MAPPED_ALERT);
    assert_string_equal(mapped->label, "person, car");
    assert_string_equal(mapped->note, "car");
    assert_true(mapped->time_us == 1718987129308396);
}

/* The state of a camera's motion as one word under a topic of its own. */
TEST(a_word_under_a_topic)
{
    g_autoptr(AlertMapper) mapper =
        mapper_of("format: json\ncolumns: {camera: \"$topic[1]\", state: text}\nbehaviour: intrusion\n"
                  "states: {\"ON\": new, \"OFF\": end}\nonly: {\"$topic[2]\": motion}\n");
    const AlertMessage to = {.sink = "mqtt", .topic = "frigate/back/motion"};
    g_autoptr(GPtrArray) on = read_with(mapper, to, "ON");
    const MappedAlert *begins = only(on, MAPPED_ALERT);
    assert_string_equal(begins->camera, "back");
    assert_int_equal(begins->state, ALERT_NEW);
    g_autoptr(GPtrArray) off = read_with(mapper, to, "OFF");
    assert_int_equal(only(off, MAPPED_ALERT)->joined.outcome, JOIN_ENDED);
}

/* ---- motion: curl in on_event_start and on_event_end, by the user's own words */

TEST(motion_hook)
{
    g_autoptr(AlertMapper) mapper =
        mapper_of("format: json\ncolumns: {camera: camera, time: time, id: event, state: \"$path[-1]\"}\n"
                  "behaviour: intrusion\ntime: \"%Y-%m-%d %H:%M:%S\"\nzone: Europe/Paris\nstates: {start: "
                  "new, stop: end}\n");
    const AlertMessage start = {.sink = "webhook",
                                .method = "POST",
                                .path = "/motion/start",
                                .content_type = "application/x-www-form-urlencoded"};
    g_autoptr(GPtrArray) one =
        read_with(mapper, start, "camera=Gare+Nord&event=12&time=2024-07-01%2012%3A00%3A00");
    const MappedAlert *begins = only(one, MAPPED_ALERT);
    assert_string_equal(begins->camera, "Gare Nord");
    assert_true(begins->time_us == utc(2024, 7, 1, 10, 0, 0));
    const AlertMessage stop = {.sink = "webhook",
                               .method = "GET",
                               .path = "/motion/stop",
                               .query = "camera=Gare%20Nord&event=12&time=2024-07-01+12:00:09"};
    g_autoptr(GPtrArray) two = read_with(mapper, stop, "");
    const MappedAlert *ends = only(two, MAPPED_ALERT);
    assert_int_equal(ends->joined.outcome, JOIN_ENDED);
    assert_int_equal(ends->joined.alert, begins->joined.alert);
    assert_true(ends->time_us - begins->time_us == 9 * SECOND);
    assert_false(ends->disordered);
    const AlertMessage late = {
        .sink = "webhook", .path = "/motion/start", .query = "camera=B&event=3&time=2024-07-01+12:00:01"};
    g_autoptr(GPtrArray) three = read_with(mapper, late, "");
    assert_true(only(three, MAPPED_ALERT)->disordered);
}

/* ---- DeepStream, full schema: one message an object */

TEST(deepstream)
{
    g_autoptr(AlertMapper) mapper = mapper_of(
        "format: json\ncolumns: {camera: sensor.id, time: \"@timestamp\", behaviour: event.type, "
        "confidence: object.person.confidence, label: analyticsModule.description, note: object.id}\n"
        "time: iso\nbehaviours: {entry: intrusion}\nignore: [moving, stopped]\n");
    const AlertMessage to = {.sink = "mqtt", .topic = "ds"};
    g_autoptr(GPtrArray) list = read_with(
        mapper, to,
        "{\"messageid\": \"84a3a0ad\", \"mdsversion\": \"1.0\", \"@timestamp\": "
        "\"2018-04-11T04:59:59.828Z\", "
        "\"place\": {\"id\": \"1\", \"name\": \"x\", \"type\": \"garage\"}, \"sensor\": {\"id\": \"10_110\", "
        "\"type\": \"Camera\"}, \"analyticsModule\": {\"id\": \"X\", \"description\": \"Vehicle "
        "Detection\"}, "
        "\"object\": {\"id\": \"21\", \"speed\": 0.0, \"person\": {\"age\": 45, \"confidence\": 0.5}, "
        "\"bbox\": {\"topleftx\": 50, \"toplefty\": 5}}, \"event\": {\"id\": \"e\", \"type\": \"entry\"}, "
        "\"videoPath\": \"\"}");
    const MappedAlert *mapped = only(list, MAPPED_ALERT);
    assert_int_equal(mapped->state, ALERT_WHOLE);
    assert_int_equal(mapped->joined.outcome, JOIN_OPENED);
    assert_string_equal(mapped->camera, "10_110");
    assert_string_equal(mapped->note, "21");
    assert_string_equal(mapped->label, "Vehicle Detection");
    assert_true(mapped->time_us == utc(2018, 4, 11, 4, 59, 59.828));
    assert_true(fabs(mapped->confidence - 0.5) < 1e-12);
}

/* ---- ONVIF: messages as they are pulled and as they are sent */

#define ONVIF_MESSAGE(when, operation, value)                                                         \
    "<wsnt:NotificationMessage><wsnt:Topic "                                                          \
    "Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"                         \
    "tns1:RuleEngine/CellMotionDetector/Motion</wsnt:Topic><wsnt:Message><tt:Message UtcTime=\"" when \
    "\" PropertyOperation=\"" operation                                                               \
    "\"><tt:Source><tt:SimpleItem Name=\"VideoSourceConfigurationToken\" "                            \
    "Value=\"VSC_1\"/><tt:SimpleItem Name=\"Rule\" Value=\"Yard\"/></tt:Source><tt:Data>"             \
    "<tt:SimpleItem Name=\"IsMotion\" Value=\"" value "\"/></tt:Data></tt:Message></wsnt:Message>"    \
    "</wsnt:NotificationMessage>"
#define ONVIF_HEAD                                                                            \
    "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" " \
    "xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\" "                                      \
    "xmlns:tt=\"http://www.onvif.org/ver10/schema\"><s:Body>"

static const char onvif_map[] =
    "format: xml\nrows: //NotificationMessage\n"
    "columns: {camera: 'Message/Message/Source/SimpleItem[@Name=\"VideoSourceConfigurationToken\"]/@Value', "
    "time: Message/Message/@UtcTime, behaviour: 'substring-after(Topic, \":\")', "
    "id: 'Message/Message/Source/SimpleItem[@Name=\"Rule\"]/@Value', "
    "state: 'Message/Message/Data/SimpleItem[@Name=\"IsMotion\"]/@Value'}\n"
    "only: {Message/Message/@PropertyOperation: Changed}\n"
    "time: iso\nbehaviours: {RuleEngine/CellMotionDetector/Motion: intrusion}\n"
    "states: {\"true\": new, \"false\": end}\ncameras: {VSC_1: yard}\n";

TEST(onvif_messages)
{
    g_autoptr(AlertMapper) mapper = mapper_of(onvif_map);
    const AlertMessage from = {.sink = "onvif", .content_type = "application/soap+xml"};
    g_autoptr(GPtrArray) list = read_with(
        mapper, from,
        ONVIF_HEAD "<PullMessagesResponse>" ONVIF_MESSAGE("2024-05-01T10:00:00Z", "Initialized", "false")
            ONVIF_MESSAGE("2024-05-01T10:00:01.5Z", "Changed", "true") ONVIF_MESSAGE(
                "2024-05-01T10:00:04Z", "Changed", "false") "</PullMessagesResponse></s:Body></s:Envelope>");
    assert_int_equal(list->len, 3);
    const MappedAlert *initial = g_ptr_array_index(list, 0), *begins = g_ptr_array_index(list, 1),
                      *ends = g_ptr_array_index(list, 2);
    assert_int_equal(initial->kind, MAPPED_IGNORED);
    assert_int_equal(begins->kind, MAPPED_ALERT);
    assert_string_equal(begins->behaviour, "intrusion");
    assert_string_equal(begins->camera, "yard");
    assert_string_equal(begins->id, "Yard");
    assert_true(begins->time_us == utc(2024, 5, 1, 10, 0, 1.5));
    assert_int_equal(begins->joined.outcome, JOIN_OPENED);
    assert_int_equal(ends->joined.outcome, JOIN_ENDED);
    assert_int_equal(ends->joined.alert, begins->joined.alert);
    g_autoptr(GPtrArray) sent =
        read_with(mapper, from,
                  ONVIF_HEAD "<wsnt:Notify>" ONVIF_MESSAGE("2024-05-01T10:01:00+02:00", "Changed",
                                                           "true") "</wsnt:Notify></s:Body></s:Envelope>");
    const MappedAlert *notified = only(sent, MAPPED_ALERT);
    assert_true(notified->time_us == utc(2024, 5, 1, 8, 1, 0));
    assert_true(notified->disordered);
    g_autoptr(GPtrArray) empty =
        read_with(mapper, from, ONVIF_HEAD "<PullMessagesResponse/></s:Body></s:Envelope>");
    only(empty, MAPPED_NOTHING);
}

/* ---- Hikvision: EventNotificationAlert, active while it lasts */

#define HIKVISION(type, when, what)                                                                        \
    "<EventNotificationAlert version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\">\r\n"      \
    "<ipAddress>192.168.1.64</ipAddress><channelID>1</channelID><dateTime>" when "</dateTime>"             \
    "<activePostCount>1</activePostCount><eventType>" type "</eventType><eventState>" what "</eventState>" \
    "<eventDescription>d</eventDescription><DetectionRegionList><DetectionRegionEntry><regionID>1</"       \
    "regionID>"                                                                                            \
    "<sensitivityLevel>50</sensitivityLevel></DetectionRegionEntry></DetectionRegionList></"               \
    "EventNotificationAlert>"

TEST(hikvision)
{
    g_autoptr(AlertMapper) mapper = mapper_of(
        "format: xml\ncolumns: {camera: channelID, time: dateTime, behaviour: eventType, state: eventState}\n"
        "time: iso\nbehaviours: {linedetection: line-crossing, fielddetection: intrusion}\n"
        "ignore: [videoloss]\nstates: {active: new, inactive: end}\n");
    const AlertMessage from = {.sink = "alertstream", .content_type = "application/xml"};
    g_autoptr(GPtrArray) alive =
        read_with(mapper, from, HIKVISION("videoloss", "2024-05-01T12:00:00+02:00", "inactive"));
    only(alive, MAPPED_IGNORED);
    g_autoptr(GPtrArray) one =
        read_with(mapper, from, HIKVISION("fielddetection", "2024-05-01T12:00:01+02:00", "active"));
    const MappedAlert *begins = only(one, MAPPED_ALERT);
    assert_string_equal(begins->camera, "1");
    assert_true(begins->time_us == utc(2024, 5, 1, 10, 0, 1));
    g_autoptr(GPtrArray) two =
        read_with(mapper, from, HIKVISION("fielddetection", "2024-05-01T12:00:02+02:00", "active"));
    const MappedAlert *goes_on = only(two, MAPPED_ALERT);
    assert_int_equal(goes_on->joined.outcome, JOIN_CONTINUED);
    assert_true(goes_on->joined.doubled);
    g_autoptr(GPtrArray) three =
        read_with(mapper, from, HIKVISION("fielddetection", "2024-05-01T12:00:05+02:00", "inactive"));
    assert_int_equal(only(three, MAPPED_ALERT)->joined.outcome, JOIN_ENDED);
    g_autoptr(GPtrArray) four =
        read_with(mapper, from, HIKVISION("fielddetection", "2024-05-01T12:00:09+02:00", "active"));
    const MappedAlert *next = only(four, MAPPED_ALERT);
    assert_int_equal(next->joined.outcome, JOIN_OPENED);
    assert_int_not_equal(next->joined.alert, begins->joined.alert);
    g_autoptr(GPtrArray) five =
        read_with(mapper, from, HIKVISION("linedetection", "2024-05-01T12:00:10+02:00", "inactive"));
    assert_int_equal(only(five, MAPPED_ALERT)->joined.outcome, JOIN_ALONE);
    g_autoptr(GPtrArray) six =
        read_with(mapper, from, HIKVISION("linedetecton", "2024-05-01T12:00:10+02:00", "active"));
    const MappedAlert *wrong = only(six, MAPPED_WRONG);
    assert_non_null(
        strstr(wrong->why, "message 1:1: eventType: found “linedetecton”, expected a word that "));
    assert_non_null(strstr(wrong->why, "perhaps “linedetection”"));
}

/* ---- ZoneMinder's event server over MQTT */

TEST(zoneminder)
{
    g_autoptr(AlertMapper) mapper =
        mapper_of("format: json\ncolumns: {camera: \"$topic[1]\", id: eventid, state: eventtype, note: "
                  "name}\nbehaviour: intrusion\n"
                  "states: {event_start: new, event_end: end}\ncameras: {\"3\": yard}\n");
    const AlertMessage to = {.sink = "mqtt", .topic = "zoneminder/3"};
    g_autoptr(GPtrArray) one =
        read_with(mapper, to,
                  "{\"monitor\": 3, \"name\": \"[a] person:97%\", \"state\": \"alarm\", "
                  "\"eventid\": 1817, \"eventtype\": \"event_start\"}");
    const MappedAlert *mapped = only(one, MAPPED_ALERT);
    assert_string_equal(mapped->camera, "yard");
    assert_string_equal(mapped->id, "1817");
    assert_string_equal(mapped->note, "[a] person:97%");
    assert_true(mapped->time_us == TIME_UNKNOWN);
    assert_true(isnan(mapped->confidence));
}

/* ---- what is wrong */

TEST(what_cannot_be_read_is_told)
{
    g_autoptr(AlertMapper) json =
        mapper_of("format: json\nrows: \"alarms[*]\"\ncolumns: {time: t, behaviour: kind, confidence: score, "
                  "camera: \"$.site.camera\"}\n"
                  "time: unix-ms\nconfidence_max: 100\nbehaviours: {fall: person-down}\n");
    const struct {
        const char *body, *why;
    } cases[] = {
        {"{\"alarms\": [{\"t\": 1, \"kind\": \"fall\", \"score\": 101}]}",
         "message 1:1: alarms[0]: score: found “101”, expected a number from 0 to 100"},
        {"{\"alarms\": [\n{\"t\": 1, \"kind\": \"fall\"},\n{\"t\": \"x\", \"kind\": \"fall\"}]}",
         "message 1:3: alarms[1]: t: found “x”, expected a time written as “unix-ms”"},
        {"{\"alarms\": [{\"t\": 1, \"kind\": [\"fall\"]}]}",
         "found a list, expected text, a number, true or false"},
        {"{\"alarms\": [{\"t\": 1}]}", "kind: found nothing, expected a kind of alert"},
        {"{\"alarms\": [", "found broken JSON"},
        {"<alarms/>", "message 1: found XML, expected JSON"},
        {"\xff\xfe", "found bytes that are no text in UTF-8"},
        {"{\"a\": \"\xff\"}", "expected text in UTF-8"},
    };
    const AlertMessage from = {.sink = "webhook"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = read_with(json, from, cases[i].body);
        const MappedAlert *wrong = g_ptr_array_index(list, list->len - 1);
        if (wrong->kind != MAPPED_WRONG || strstr(wrong->why, cases[i].why) == NULL)
            fail_msg("%s: %s", cases[i].body,
                     wrong->why != NULL ? wrong->why : mapped_kind_name(wrong->kind));
    }
    g_autoptr(GPtrArray) none = read_with(json, from, "{\"alarms\": []}");
    only(none, MAPPED_NOTHING);
    g_autofree char *deep = g_strnfill(100000, '[');
    g_autoptr(GPtrArray) depth = read_with(json, from, deep);
    only(depth, MAPPED_WRONG);
    g_autoptr(AlertMapper) xml =
        mapper_of("format: xml\ncolumns: {behaviour: k}\nbehaviours: {fall: person-down}\n");
    const struct {
        const char *body, *why;
    } broken[] = {
        {"<a><k>fall</k>", "found broken XML"},
        {"<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY d \"&b;&b;&b;\">]>\n<a><k>&d;</k></a>",
         "found a document type"},
        {"<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x\"><a/>", "found a document type"},
        {"<a><k>fall</k><k>fire</k></a>", "found several values, “fall” and “fire”, expected one"},
        {"{}", "found broken XML"},
        {"", "found broken XML"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autoptr(GPtrArray) list = read_with(xml, from, broken[i].body);
        const MappedAlert *wrong = only(list, MAPPED_WRONG);
        if (strstr(wrong->why, broken[i].why) == NULL)
            fail_msg("%s: %s", broken[i].body, wrong->why);
    }
    GString *nested = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append(nested, "<a>");
    g_autoptr(GPtrArray) too_deep = read_with(xml, from, nested->str);
    only(too_deep, MAPPED_WRONG);
    g_string_free(nested, TRUE);
    g_autoptr(GPtrArray) same = read_with(xml, from, "<a><k>fall</k><k> fall </k></a>");
    only(same, MAPPED_ALERT);
    AlertMessage cut = {.name = "message 1", .sink = "webhook", .bytes = "{}", .length = 2, .cut = true};
    g_autoptr(GPtrArray) long_one = alert_mapper_read(json, &cut);
    assert_non_null(strstr(only(long_one, MAPPED_WRONG)->why, "more bytes than are kept"));
}

TEST(a_map_that_is_wrong_is_refused)
{
    static const TestPair cases[] = {
        {"columns: {time: t, clip: c}\nbehaviour: intrusion\n", "found a table, expected json or xml"},
        {"format: json\ncolumns: {time: t}\nbehaviour: intrusion\ntime: \"%Y-%m-%d %H:%M:%S\"\n",
         "zone: found none"},
        {"format: json\ncolumns: {time: \"a[\"}\nbehaviour: intrusion\ntime: iso\n",
         "found the path “a[”, at its character 2 expected [0], [*] or"},
        {"format: json\ncolumns: {time: \"a..b\"}\nbehaviour: intrusion\ntime: iso\n",
         "at its character 3 expected a key"},
        {"format: json\ncolumns: {camera: $subject}\nbehaviour: intrusion\n", "expected $topic, $path"},
        {"format: json\nrows: \"\x5b*\"\ncolumns: {camera: c}\nbehaviour: intrusion\n",
         "expected [0], [*] or"},
        {"format: xml\nrows: \"//[\"\ncolumns: {camera: c}\nbehaviour: intrusion\n", "expected an XPath"},
        {"format: json\ncolumns: {id: c}\nbehaviour: intrusion\n", "expected a column “state” too"},
        {"format: json\ncolumns: {state: c}\nstates: {on: begin}\nbehaviour: intrusion\n",
         "expected new, update, end, whole or ignore"},
        {"format: json\ncolumns: {time: t}\nbehaviour: intrusion\ntime: \"%s\"\n", "expected “unix”"},
        {"format: json\ncolumns: {time: t}\nbehaviour: intrusion\ntime: unixx\n", "“unix-us”"},
        {"format: table\nrows: a\ncolumns: {time: t, clip: c}\nbehaviour: intrusion\n",
         "no such key for a table"},
        {"columns: {clip: c}\nbehaviour: intrusion\n", "expected a column “time”"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *why = refusal_of(cases[i].given);
        if (strstr(why, cases[i].expected) == NULL)
            fail_msg("%s: %s", cases[i].given, why);
    }
}

TEST(states_join)
{
    g_autoptr(AlertJoin) join = alert_join_new();
    Joined joined = alert_join_add(join, "a", true, ALERT_END);
    assert_int_equal(joined.outcome, JOIN_ALONE);
    assert_false(joined.doubled);
    joined = alert_join_add(join, "a", true, ALERT_END);
    assert_true(joined.doubled);
    joined = alert_join_add(join, "a", true, ALERT_NEW);
    assert_int_equal(joined.outcome, JOIN_OPENED);
    assert_int_equal(joined.alert, 0);
    joined = alert_join_add(join, "b", true, ALERT_WHOLE);
    assert_int_equal(joined.alert, 1);
    joined = alert_join_add(join, "a", true, ALERT_UPDATE);
    assert_int_equal(joined.outcome, JOIN_CONTINUED);
    assert_false(joined.doubled);
    joined = alert_join_add(join, "a", true, ALERT_NEW);
    assert_true(joined.doubled);
    assert_int_equal(alert_join_open(join), 1);
    joined = alert_join_add(join, "a", true, ALERT_END);
    assert_int_equal(joined.outcome, JOIN_ENDED);
    assert_int_equal(joined.alert, 0);
    joined = alert_join_add(join, "a", true, ALERT_UPDATE); /* late, of an id */
    assert_int_equal(joined.outcome, JOIN_CONTINUED);
    assert_int_equal(alert_join_open(join), 0);
    joined = alert_join_add(join, "c", false, ALERT_NEW);
    joined = alert_join_add(join, "c", false, ALERT_END);
    joined = alert_join_add(join, "c", false, ALERT_UPDATE); /* without one: another */
    assert_int_equal(joined.outcome, JOIN_OPENED);
    assert_int_equal(joined.alert, 3);
}

UNIT_TESTS(NULL, NULL)
