/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft/draft_files.h"

#include "records/free.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 4096, TS_PACKET = 188, DEPTH_MAX = 32 };

/* Endings, between bars. Of videos: */
static const char video_endings[] =
    "|mp4|m4v|mkv|avi|mov|qt|webm|mpg|mpeg|mpe|m2v|m1v|wmv|flv|f4v|3gp|3g2|h264|264|avc|jsv|h265|265|"
    "hevc|vob|asf|dav|mjpeg|mjpg|mj2|ogv|ogm|y4m|ivf|m2ts|divx|rm|rmvb|mxf|dv|";
/* Of videos and of other files (programs in TypeScript, music): */
static const char shared_endings[] = "|ts|mts|tod|mod|vc1|av1|obu|nut|gxf|";
static const char picture_endings[] = "|jpg|jpeg|png|bmp|tif|tiff|pgm|ppm|webp|";
/* Of files that are no video, whatever their bytes: */
static const char other_endings[] =
    "|gif|svg|ico|psd|heic|thm|wav|mp3|m4a|aac|ogg|oga|opus|flac|wma|srt|vtt|ass|ssa|sub|idx|txt|csv|tsv|"
    "json|jsonl|ndjson|xml|yaml|yml|toml|ini|cfg|conf|md|rst|tex|html|htm|css|js|py|c|h|cpp|cc|hpp|java|rs|"
    "go|sh|bat|ps1|pl|rb|lua|log|pdf|doc|docx|odt|xls|xlsx|ods|ppt|pptx|rtf|zip|gz|tgz|bz2|xz|7z|rar|tar|zst|"
    "dll|so|o|a|pyc|jar|class|db|sqlite|sqlite3|sha256|sha512|md5|sig|asc|pem|key|lnk|url|npy|"
    "npz|onnx|pt|pth|mat|parquet|";

DEFINE_DESTROY(candidate_free, Candidate, candidate, g_free(candidate->path), g_free(candidate->camera))

DEFINE_DESTROY(passed_over_free, PassedOver, passed, g_free(passed->path), g_free(passed->reason))

DraftFiles *draft_files_new(void)
{
    DraftFiles *files = g_new0(DraftFiles, 1);
    files->candidates = g_ptr_array_new_with_free_func(candidate_free);
    files->passed = g_ptr_array_new_with_free_func(passed_over_free);
    files->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return files;
}

DEFINE_FREE(draft_files_free, DraftFiles, files, g_ptr_array_unref(files->candidates),
            g_ptr_array_unref(files->passed), g_hash_table_unref(files->known))

void draft_files_pass(DraftFiles *files, const char *path, const char *reason)
{
    PassedOver *passed = g_new0(PassedOver, 1);
    passed->path = g_strdup(path);
    passed->reason = g_strdup(reason);
    g_ptr_array_add(files->passed, passed);
}

static void take(DraftFiles *files, const char *path, const char *camera, Likely likely)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    Candidate *candidate = g_hash_table_lookup(files->known, whole);
    if (candidate != NULL) {
        candidate->likely = MIN(candidate->likely, likely);
        return;
    }
    candidate = g_new0(Candidate, 1);
    g_hash_table_insert(files->known, g_steal_pointer(&whole), candidate);
    candidate->path = g_strdup(path);
    candidate->camera = g_strdup(camera);
    candidate->likely = likely;
    g_ptr_array_add(files->candidates, candidate);
}

/* ---- what a file is, by its name and its first bytes */

static bool ends_as(const char *path, const char *endings)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    if (dot == NULL || (slash != NULL && dot < slash))
        return false;
    g_autofree char *lower = g_ascii_strdown(dot + 1, -1);
    g_autofree char *barred = g_strdup_printf("|%s|", lower);
    return strstr(endings, barred) != NULL;
}

/* MPEG transport streams have no mark but a byte that comes again; recorders put 4 bytes before each packet.
 */
static bool has_ts_packets(const uint8_t *head, size_t size)
{
    for (size_t packet = TS_PACKET; packet <= TS_PACKET + 4; packet += 4) {
        const size_t first = packet - TS_PACKET;
        if (size > first + 3 * packet && head[first] == 0x47 && head[first + packet] == 0x47 &&
            head[first + 2 * packet] == 0x47 && head[first + 3 * packet] == 0x47)
            return true;
    }
    return false;
}

static bool has_video_mark(const uint8_t *head, size_t size)
{
    static const struct {
        size_t at, length;
        const char *bytes;
    } marks[] = {
        {4, 4, "ftyp"},
        {4, 4, "moov"},
        {4, 4, "mdat"},
        {4, 4, "styp"},
        {8, 4, "AVI "},
        {0, 4, "\x1a\x45\xdf\xa3"}, /* Matroska, WebM */
        {0, 4, "\x30\x26\xb2\x75"}, /* ASF */
        {0, 3, "FLV"},
        {0, 4, "\x00\x00\x01\xba"}, /* MPEG program stream */
        {0, 4, "\x00\x00\x01\xb3"}, /* MPEG-1 and -2 */
        {0, 4, "\x00\x00\x00\x01"}, /* H.264, H.265 */
        {0, 4, "\x00\x00\x01\x67"}, /* H.264 */
        {0, 4, "DHAV"},
        {0, 4, "DKIF"},
        {0, 4, "IMKH"},
        {0, 9, "YUV4MPEG2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (size >= marks[i].at + marks[i].length &&
            memcmp(head + marks[i].at, marks[i].bytes, marks[i].length) == 0)
            return true;
    }
    return has_ts_packets(head, size);
}

static bool is_text(const uint8_t *head, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (head[i] < ' ' && strchr("\t\n\v\f\r\033", head[i]) == NULL)
            return false;
        if (head[i] == 0)
            return false;
    }
    const char *end = NULL; /* a letter may be cut by the end of what was read */
    return g_utf8_validate((const char *)head, (gssize)size, &end) || (const char *)head + size - end < 4;
}

/* The first bytes; -1 with errno. A pipe is not waited for. */
static ssize_t read_head(const char *path, uint8_t head[HEAD_BYTES])
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -1;
    const ssize_t size = read(fd, head, HEAD_BYTES);
    const int cause = errno;
    close(fd);
    errno = cause;
    return size;
}

static bool may_be_video(const char *path)
{
    return ends_as(path, video_endings) || ends_as(path, shared_endings);
}

/* DVC puts “clip.mp4.dvc” beside a clip, or in its place until the clip is fetched. */
static bool points_to_absent(const char *path)
{
    if (!ends_as(path, "|dvc|"))
        return false;
    g_autofree char *clip = g_strndup(path, strlen(path) - strlen(".dvc"));
    return may_be_video(clip) && !g_file_test(clip, G_FILE_TEST_EXISTS);
}

static void judge(DraftFiles *files, const char *path, const char *camera)
{
    if (points_to_absent(path)) {
        draft_files_pass(files, path, "it stands for a clip that is not here (fetch it: dvc pull)");
        return;
    }
    if (ends_as(path, "|lrv|")) {
        draft_files_pass(files, path, "it is a camera's small copy of another clip");
        return;
    }
    const bool named = ends_as(path, video_endings), shared = ends_as(path, shared_endings);
    if (!named && !shared && (ends_as(path, other_endings) || ends_as(path, picture_endings)))
        return;
    uint8_t head[HEAD_BYTES];
    const ssize_t size = read_head(path, head);
    if (size < 0 && !named) {
        g_autofree char *reason = g_strdup_printf("it cannot be read (%s)", g_strerror(errno));
        draft_files_pass(files, path, reason);
    } else if (named) {
        take(files, path, camera, LIKELY_VIDEO);
    } else if (has_video_mark(head, (size_t)size)) {
        take(files, path, camera, LIKELY_BYTES);
    } else if (shared && size > 0) {
        if (is_text(head, (size_t)size))
            draft_files_pass(files, path, "it is text");
        else
            take(files, path, camera, LIKELY_BYTES);
    } else if (size > 0 && !is_text(head, (size_t)size)) {
        take(files, path, camera, LIKELY_OTHER);
    } else if (shared) {
        draft_files_pass(files, path, "it is empty (zero bytes)");
    }
}

/* ---- folders */

typedef struct {
    DraftFiles *files;
    GHashTable *seen; /* char * “device:inode” of folders, so that no link leads round */
} Walk;

/* A folder's name that is a date, an hour or a number says nothing of the camera. */
static bool names_camera(const char *name)
{
    static const char *const plain[] = {"clips",  "clip",    "videos",          "video",
                                        "vidéos", "vidéo",   "séquences",       "recordings",
                                        "record", "footage", "enregistrements", "export"};
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
        if (g_ascii_strcasecmp(name, plain[i]) == 0)
            return false;
    const size_t date = strspn(name, "0123456789-_.: Th");
    return name[date] != '\0';
}

static char *describe_link(const char *path)
{
    g_autofree char *target = g_file_read_link(path, NULL);
    return target != NULL ? g_strdup_printf("it is a link to “%s”, where nothing is", target)
                          : g_strdup("it cannot be reached");
}

static bool walk(Walk *at, const char *path, const char *camera, int depth, GError **error);

static void look_at(Walk *at, const char *path, const char *name, const char *camera, int depth)
{
    struct stat status;
    if (*name == '.') { /* hidden; of a Mac's “._clip.mp4” nobody wants to hear */
        if (name[1] != '_' && stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
            ends_as(path, video_endings))
            draft_files_pass(at->files, path, "it is hidden (its name begins with a dot)");
        return;
    }
    if (stat(path, &status) != 0) {
        g_autofree char *reason = describe_link(path);
        draft_files_pass(at->files, path, reason);
        return;
    }
    if (S_ISDIR(status.st_mode))
        walk(at, path, camera != NULL || !names_camera(name) ? camera : name, depth + 1, NULL);
    else if (S_ISREG(status.st_mode))
        judge(at->files, path, camera);
    else if (may_be_video(path))
        draft_files_pass(at->files, path, "it is no regular file");
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void pass_pictures(Walk *at, const char *path, guint pictures)
{
    if (pictures < 2)
        return;
    g_autofree char *reason =
        g_strdup_printf("%u pictures are in it; numbered ones are a clip when dataset.yaml names them (file: "
                        "folder/frame%%04d.jpg, with their rate)",
                        pictures);
    draft_files_pass(at->files, path, reason);
}

static bool walk(Walk *at, const char *path, const char *camera, int depth, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0 ||
        !g_hash_table_add(at->seen,
                          g_strdup_printf("%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino)))
        return true;
    if (depth > DEPTH_MAX) {
        draft_files_pass(at->files, path, "it lies too many folders deep");
        return true;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &cause);
    if (folder == NULL && depth > 0) { /* as lost+found, which only root may read */
        draft_files_pass(at->files, path, cause->message);
        return true;
    }
    if (folder == NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    guint pictures = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *inside = g_build_filename(path, name, NULL);
        pictures += *name != '.' && ends_as(name, picture_endings);
        look_at(at, inside, name, camera, depth);
    }
    pass_pictures(at, path, pictures);
    return true;
}

bool draft_files_collect(DraftFiles *files, const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_autofree char *reason =
            g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? describe_link(path) : g_strdup("found nothing there");
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s, expected a clip or a folder of clips",
                    path, reason);
        return false;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        take(files, path, NULL, LIKELY_NAMED);
        return true;
    }
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Walk at = {files, seen};
    return walk(&at, path, NULL, 0, error);
}

static gint compare_candidates(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Candidate *const *)a)->path, (*(const Candidate *const *)b)->path);
}

static gint compare_passed(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const PassedOver *const *)a)->path, (*(const PassedOver *const *)b)->path);
}

void draft_files_sort(DraftFiles *files)
{
    g_ptr_array_sort(files->candidates, compare_candidates);
    g_ptr_array_sort(files->passed, compare_passed);
}
