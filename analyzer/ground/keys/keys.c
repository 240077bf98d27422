/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys/keys.h"

#include "records/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands before the 32 bytes of a key in DER (RFC 8410). */
static const uint8_t public_head[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
static const uint8_t secret_head[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                      0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
#define SEED_BYTES crypto_sign_SEEDBYTES
#define PUBLIC_DER (sizeof public_head + KEYS_PUBLIC_BYTES)
#define SECRET_DER (sizeof secret_head + SEED_BYTES)
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define SECRET_BEGIN "-----BEGIN PRIVATE KEY-----\n"
#define SECRET_END "\n-----END PRIVATE KEY-----\n"
#define PUBLIC_BEGIN "-----BEGIN PUBLIC KEY-----\n"
#define PUBLIC_END "\n-----END PUBLIC KEY-----\n"
#define MAX_FILE 4096

struct SecretKey {
    uint8_t full[crypto_sign_SECRETKEYBYTES]; /* seed and public key, as libsodium wants them */
};

/* Memory that is not swapped out and that is zeroed by sodium_free. */
static void *secret_memory(size_t size)
{
    if (sodium_init() < 0)
        g_error("libsodium cannot be started");
    void *memory = sodium_malloc(size);
    if (memory == NULL)
        g_error("no memory for a secret key");
    return memory;
}

/* ---- text */

char *keys_base64(const void *bytes, size_t length)
{
    const size_t size = sodium_base64_encoded_len(length, BASE64);
    char *text = g_malloc(size);
    sodium_bin2base64(text, size, bytes, length, BASE64);
    return text;
}

uint8_t *keys_from_base64(const char *text, size_t *length)
{
    const size_t size = strlen(text);
    g_autofree uint8_t *bytes = g_malloc(size + 1);
    const char *end = NULL;
    if (sodium_base642bin(bytes, size + 1, text, size, NULL, length, &end, BASE64) != 0 || *end != '\0')
        return NULL;
    return g_steal_pointer(&bytes);
}

char *keys_public_pem(const PublicKey *key)
{
    uint8_t der[PUBLIC_DER];
    memcpy(der, public_head, sizeof public_head);
    memcpy(der + sizeof public_head, key->bytes, KEYS_PUBLIC_BYTES);
    g_autofree char *text = keys_base64(der, sizeof der);
    return g_strconcat(PUBLIC_BEGIN, text, PUBLIC_END, NULL);
}

char *keys_id(const PublicKey *key)
{
    uint8_t der[PUBLIC_DER];
    memcpy(der, public_head, sizeof public_head);
    memcpy(der + sizeof public_head, key->bytes, KEYS_PUBLIC_BYTES);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, der, sizeof der);
}

bool keys_parse_public(const char *text, PublicKey *key)
{
    if (!g_str_has_prefix(text, PUBLIC_BEGIN) || !g_str_has_suffix(text, PUBLIC_END) ||
        strlen(text) < strlen(PUBLIC_BEGIN) + strlen(PUBLIC_END))
        return false;
    g_autofree char *middle =
        g_strndup(text + strlen(PUBLIC_BEGIN), strlen(text) - strlen(PUBLIC_BEGIN) - strlen(PUBLIC_END));
    size_t length = 0;
    g_autofree uint8_t *der = keys_from_base64(middle, &length);
    if (der == NULL || length != PUBLIC_DER || memcmp(der, public_head, sizeof public_head) != 0)
        return false;
    memcpy(key->bytes, der + sizeof public_head, KEYS_PUBLIC_BYTES);
    return true;
}

/* Another editor or system may end the lines otherwise, or the last one not at all. Caller frees. */
static char *with_plain_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    GString *plain = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        g_strstrip(*line);
        if (**line != '\0')
            g_string_append_printf(plain, "%s\n", *line);
    }
    return g_string_free(plain, FALSE);
}

bool keys_read_public(const char *path, PublicKey *key, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!error_read_file(path, &text, &length, error))
        return false;
    g_autofree char *plain = with_plain_lines(text);
    if (strlen(text) == length && keys_parse_public(plain, key))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found no public key, expected a PEM file with an Ed25519 key, such as “vsaudit keygen” "
                "writes under a name that ends in .pub",
                path);
    return false;
}

/* ---- secret keys */

SecretKey *keys_read_secret(const char *path, GError **error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read: %s", path,
                    g_strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if ((status.st_mode & 077) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found mode %04o, expected a secret key that nobody else may read: chmod 600 %s",
                    path, (unsigned)(status.st_mode & 07777), path);
        close(fd);
        return NULL;
    }
    char *text = secret_memory(MAX_FILE);
    uint8_t *der = secret_memory(SECRET_DER);
    const ssize_t got = S_ISREG(status.st_mode) ? read(fd, text, MAX_FILE) : -1;
    close(fd);
    const size_t begin = strlen(SECRET_BEGIN), end = strlen(SECRET_END);
    size_t length = 0;
    const bool framed = got > (ssize_t)(begin + end) && got < MAX_FILE &&
                        memcmp(text, SECRET_BEGIN, begin) == 0 &&
                        memcmp(text + (size_t)got - end, SECRET_END, end) == 0;
    SecretKey *key = NULL;
    if (framed &&
        sodium_base642bin(der, SECRET_DER, text + begin, (size_t)got - begin - end, NULL, &length, NULL,
                          BASE64) == 0 &&
        length == SECRET_DER && memcmp(der, secret_head, sizeof secret_head) == 0) {
        uint8_t public_bytes[KEYS_PUBLIC_BYTES];
        key = secret_memory(sizeof *key);
        crypto_sign_seed_keypair(public_bytes, key->full, der + sizeof secret_head);
    } else {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no secret key, expected an Ed25519 key in PEM (PKCS#8, without a password), "
                    "such as “vsaudit keygen” writes",
                    path);
    }
    sodium_free(text);
    sodium_free(der);
    return key;
}

void secret_key_free(SecretKey *key)
{
    if (key != NULL)
        sodium_free(key);
}

PublicKey keys_public_of(const SecretKey *key)
{
    PublicKey public_key;
    crypto_sign_ed25519_sk_to_pk(public_key.bytes, key->full);
    return public_key;
}

/* A new file: one that is there is left alone. */
static bool write_new(const char *path, const char *text, size_t length, mode_t mode, GError **error)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0 && errno == EEXIST) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "%s: is there already, and a key is never replaced; give another file with -o", path);
        return false;
    }
    const bool fine =
        fd >= 0 && fchmod(fd, mode) == 0 && write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
    const int code = errno;
    if (fd >= 0)
        close(fd);
    if (fine)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                g_strerror(code));
    if (fd >= 0)
        g_unlink(path);
    return false;
}

bool keys_generate(const char *path, PublicKey *public_key, GError **error)
{
    g_autofree char *public_path = g_strconcat(path, ".pub", NULL);
    if (g_file_test(public_path, G_FILE_TEST_EXISTS) || g_file_test(public_path, G_FILE_TEST_IS_SYMLINK)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "%s: is there already, and a key is never replaced; give another file with -o",
                    public_path);
        return false;
    }
    uint8_t *der = secret_memory(SECRET_DER);
    uint8_t *full = secret_memory(crypto_sign_SECRETKEYBYTES);
    char *text = secret_memory(MAX_FILE);
    memcpy(der, secret_head, sizeof secret_head);
    randombytes_buf(der + sizeof secret_head, SEED_BYTES);
    crypto_sign_seed_keypair(public_key->bytes, full, der + sizeof secret_head);
    size_t length = strlen(SECRET_BEGIN);
    memcpy(text, SECRET_BEGIN, length);
    sodium_bin2base64(text + length, MAX_FILE - length, der, SECRET_DER, BASE64);
    length += strlen(text + length);
    memcpy(text + length, SECRET_END, strlen(SECRET_END));
    length += strlen(SECRET_END);
    bool fine = write_new(path, text, length, 0600, error);
    sodium_free(der);
    sodium_free(full);
    sodium_free(text);
    if (!fine)
        return false;
    g_autofree char *pem = keys_public_pem(public_key);
    fine = write_new(public_path, pem, strlen(pem), 0644, error);
    if (!fine)
        g_unlink(path);
    return fine;
}

/* ---- signatures */

void keys_sign(const SecretKey *key, const void *bytes, size_t length,
               uint8_t signature[KEYS_SIGNATURE_BYTES])
{
    crypto_sign_detached(signature, NULL, bytes, length, key->full);
}

bool keys_verify(const PublicKey *key, const void *bytes, size_t length,
                 const uint8_t signature[KEYS_SIGNATURE_BYTES])
{
    return sodium_init() >= 0 && crypto_sign_verify_detached(signature, bytes, length, key->bytes) == 0;
}
