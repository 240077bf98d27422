/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/archive.h"

#include "bundle/tree.h"
#include "records/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 1980-01-01: old enough for nobody to take it for a date, not so old that tar warns. */
#define FIXED_TIME 315532800

typedef struct archive ArchiveWriter;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ArchiveWriter, archive_write_free)
typedef struct archive ArchiveReader;
typedef struct archive_entry ArchiveEntry;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ArchiveEntry, archive_entry_free)

/* libarchive writes names in the letters of the locale. Ours are UTF-8, and so are those of a bag, wherever
 * that is read: also where LC_ALL=C would make it fail on “été.csv”. Holds for this thread. */
typedef struct {
    locale_t utf8, before;
} Letters;

static Letters letters_begin(void)
{
    const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return (Letters){utf8, utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0};
}

static void letters_end(Letters *letters)
{
    if (letters->utf8 == (locale_t)0)
        return;
    uselocale(letters->before);
    freelocale(letters->utf8);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Letters, letters_end)

/* ---- packing */

static bool pack_data(ArchiveWriter *writer, int fd, int64_t size)
{
    char piece[65536];
    int64_t left = size;
    while (left > 0) {
        const ssize_t got = read(fd, piece, MIN(sizeof piece, (size_t)left));
        if (got == 0)
            errno = ENODATA; /* it has become shorter meanwhile */
        if (got <= 0 || archive_write_data(writer, piece, (size_t)got) != got)
            return false;
        left -= got;
    }
    return true;
}

static bool pack_file(ArchiveWriter *writer, const char *folder, const char *top, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *inside = g_strconcat(top, "/", name, NULL);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status;
    if (fd < 0)
        return false;
    g_autoptr(ArchiveEntry) entry = archive_entry_new();
    bool fine = fstat(fd, &status) == 0;
    if (fine) {
        archive_entry_set_pathname_utf8(entry, inside);
        archive_entry_set_size(entry, status.st_size);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, FIXED_TIME, 0);
        archive_entry_set_uid(entry, 0);
        archive_entry_set_gid(entry, 0);
        fine = archive_write_header(writer, entry) == ARCHIVE_OK && pack_data(writer, fd, status.st_size);
    }
    close(fd);
    return fine;
}

bool archive_pack(const char *folder, const char *top, const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = tree_list(folder, error);
    if (names == NULL)
        return false;
    g_autofree char *part = g_strconcat(path, ".tmp", NULL);
    g_auto(Letters) letters = letters_begin();
    g_autoptr(ArchiveWriter) writer = archive_write_new();
    archive_write_set_format_pax_restricted(writer);
    archive_write_add_filter_none(writer);
    archive_write_set_options(writer, "hdrcharset=UTF-8");
    bool fine = archive_write_open_filename(writer, part) == ARCHIVE_OK;
    for (guint i = 0; i < names->len && fine; i++)
        fine = pack_file(writer, folder, top, g_ptr_array_index(names, i));
    if (fine && archive_write_close(writer) == ARCHIVE_OK && g_rename(part, path) == 0)
        return true;
    const char *why = archive_error_string(writer);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                why != NULL ? why : g_strerror(errno));
    g_unlink(part);
    return false;
}

/* ---- unpacking */

const char *archive_library(void)
{
    return archive_version_string();
}

static bool refuse(const char *path, const char *name, const char *what, GError **error)
{
    g_autofree char *shown = g_utf8_make_valid(name, -1);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "%s: “%s” %s", path, shown, what);
    return false;
}

/* What the machine lacks says nothing against the archive; what its names ask for does. */
static bool refuse_place(const char *path, const char *name, const char *to, int number, GError **error)
{
    if (number == EEXIST)
        return refuse(path, name, "comes twice", error);
    if (number == ENOTDIR || number == EISDIR)
        return refuse(path, name, "is a file and a folder at once", error);
    if (number == ENAMETOOLONG)
        return refuse(path, name, "is a name that is too long", error);
    g_autofree char *folder = g_path_get_dirname(to);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                "%s: cannot be unpacked into %s: %s; TMPDIR names another folder for temporary files", path,
                folder, g_strerror(number));
    return false;
}

static bool unpack_data(ArchiveReader *reader, const char *path, const char *name, const char *to, int fd,
                        GError **error)
{
    char piece[65536];
    la_ssize_t got;
    while ((got = archive_read_data(reader, piece, sizeof piece)) > 0) {
        for (la_ssize_t done = 0; done < got;) {
            const ssize_t written = write(fd, piece + done, (size_t)(got - done));
            if (written < 0 && errno != EINTR)
                return refuse_place(path, name, to, errno, error);
            done += MAX(written, 0);
        }
    }
    return got == 0 || refuse(path, name, "is damaged", error);
}

/* The entry's name without the slash of a folder; NULL with an error when it cannot be trusted. */
static char *trusted_name(const char *path, ArchiveEntry *entry, GError **error)
{
    const char *stated = archive_entry_pathname_utf8(entry);
    if (stated == NULL)
        stated = archive_entry_pathname(entry);
    if (stated == NULL) {
        refuse(path, "?", "is a name that cannot be read", error);
        return NULL;
    }
    g_autofree char *name = g_strdup(stated);
    size_t length = strlen(name);
    if (archive_entry_filetype(entry) == AE_IFDIR && length > 1 && name[length - 1] == '/')
        name[--length] = '\0';
    const char *why = tree_explain_name(name, length);
    if (why != NULL) {
        refuse(path, name, why, error);
        return NULL;
    }
    return g_steal_pointer(&name);
}

static const char *explain_entry(ArchiveEntry *entry)
{
    if (archive_entry_hardlink(entry) != NULL || archive_entry_symlink(entry) != NULL)
        return "is a link: a bag holds files only";
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != AE_IFDIR)
        return "is no file: a bag holds files only";
    if (archive_entry_sparse_count(entry) > 0)
        return "is a sparse file, which a bag does not have";
    return NULL;
}

static bool unpack_entry(ArchiveReader *reader, ArchiveEntry *entry, const char *path, const char *folder,
                         char **top, guint *count, int64_t *bytes, GError **error)
{
    g_autofree char *name = trusted_name(path, entry, error);
    if (name == NULL)
        return false;
    const char *why = explain_entry(entry);
    if (why != NULL)
        return refuse(path, name, why, error);
    if (++*count > TREE_MAX_FILES)
        return refuse(path, name, "is one file too many", error);
    g_autofree char *first = g_strndup(name, strcspn(name, "/"));
    if (*top == NULL)
        *top = g_strdup(first);
    if (strcmp(*top, first) != 0)
        return refuse(path, name, "lies beside the bag's folder", error);
    const bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
    if (!is_folder && strcmp(first, name) == 0)
        return refuse(path, name, "lies in no folder, expected one folder with the bag in it", error);
    if (archive_entry_size(entry) > TREE_MAX_BYTES - *bytes)
        return refuse(path, name, "is larger than any bundle", error);
    *bytes += archive_entry_size(entry);
    g_autofree char *to = g_build_filename(folder, name, NULL), *parent = g_path_get_dirname(to);
    if (g_mkdir_with_parents(is_folder ? to : parent, 0700) != 0)
        return refuse_place(path, name, to, errno == EEXIST ? ENOTDIR : errno, error);
    if (is_folder)
        return true;
    const int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return refuse_place(path, name, to, errno, error);
    const bool fine = unpack_data(reader, path, name, to, fd, error);
    return (close(fd) == 0 || !fine || refuse_place(path, name, to, errno, error)) && fine;
}

char *archive_unpack(const char *path, const char *folder, GError **error)
{
    g_auto(Letters) letters = letters_begin();
    ArchiveReader *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_support_filter_none(reader);
    /* What stands behind the end is read, too: tar can be asked to. */
    archive_read_set_options(reader, "hdrcharset=UTF-8,read_concatenated_archives");
    g_autofree char *top = NULL;
    guint count = 0;
    int64_t bytes = 0;
    ArchiveEntry *entry = NULL;
    int code = archive_read_open_filename(reader, path, 65536);
    bool fine = code == ARCHIVE_OK;
    while (fine && (code = archive_read_next_header(reader, &entry)) == ARCHIVE_OK)
        fine = unpack_entry(reader, entry, path, folder, &top, &count, &bytes, error);
    if (fine && (code != ARCHIVE_EOF || top == NULL)) {
        /* Nothing read yet: something else than an archive. Else an archive that was damaged. */
        const char *why = archive_error_string(reader);
        g_set_error(error, VSAUDIT_ERROR, count == 0 ? VSAUDIT_ERROR_INPUT : VSAUDIT_ERROR_INTEGRITY,
                    "%s: found no whole tar archive with a bag: %s", path, why != NULL ? why : "it is empty");
        fine = false;
    } else if (!fine && code != ARCHIVE_OK) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no whole tar archive with a bag: %s", path, archive_error_string(reader));
    }
    archive_read_free(reader);
    return fine ? g_build_filename(folder, top, NULL) : NULL;
}
