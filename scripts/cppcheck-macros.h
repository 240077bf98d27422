/* For cppcheck, which reads no headers of libraries: what it must know of their macros (scripts/tidy). */
#define G_GNUC_PRINTF(format, arguments)
#define G_DEFINE_QUARK(words, function)
#define json_array_foreach(array, index, value)                                                              \
    for (index = 0; index < json_array_size(array) && (value = json_array_get(array, index)); index++)
#define json_object_foreach(object, key, value)                                                              \
    for (key = first_key(object); key && (value = json_object_get(object, key)); key = next_key(object, key))
#undef VSAUDIT_VERSION
#define VSAUDIT_VERSION "0"
