/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/evidence_file.h"

#include "records/secret.h"

#include <string.h>

/* The bytes when they are UTF-8 text without control characters and not too long, else NULL. Caller frees. */
static char *text_of(const char *bytes, gsize length)
{
    if (length > EVIDENCE_TEXT_MAX || !g_utf8_validate(bytes, (gssize)length, NULL))
        return NULL;
    for (gsize i = 0; i < length; i++)
        if ((guchar)bytes[i] < ' ' && (bytes[i] == '\0' || strchr("\n\r\t", bytes[i]) == NULL))
            return NULL;
    return g_strndup(bytes, length);
}

bool evidence_file_read(YamlReader *reader, const YamlNode *node, EvidenceFile *file)
{
    g_autofree char *shown = NULL;
    if (!yaml_read_text(reader, node, &shown))
        return false;
    g_autofree char *path = yaml_resolve_printed(reader, node, shown);
    if (path == NULL)
        return false;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        yaml_expected(reader, node, "the path of a file that serves as evidence (there is no “%s”)", path);
        return false;
    }
    /* A folder, a device or a pipe has no hash that anybody could check. */
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        yaml_expected(reader, node, "an ordinary file (“%s” is none)", path);
        return false;
    }
    g_autoptr(GError) why = NULL;
    g_autoptr(GMappedFile) bytes = g_mapped_file_new(path, FALSE, &why);
    if (bytes == NULL) {
        yaml_expected(reader, node, "a file that can be read (%s)", why->message);
        return false;
    }
    const char *contents = g_mapped_file_get_contents(bytes);
    const gsize length = g_mapped_file_get_length(bytes);
    if (length == 0) {
        yaml_expected(reader, node, "a file that is not empty (“%s” is)", path);
        return false;
    }
    if (secret_is_in(contents, length)) {
        yaml_expected(reader, node, "a file for the public (“%s” holds a secret key)", path);
        return false;
    }
    file->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)contents, length);
    file->text = text_of(contents, length);
    file->shown = g_steal_pointer(&shown);
    file->path = g_steal_pointer(&path);
    return true;
}

void evidence_file_clear(EvidenceFile *file)
{
    g_free(file->shown);
    g_free(file->path);
    g_free(file->sha256);
    g_free(file->text);
    *file = (EvidenceFile){NULL, NULL, NULL, NULL};
}
