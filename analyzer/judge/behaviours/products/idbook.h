/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products remember of an object: by the tracker's number alone, so that a new number is a new object.
 *
 * A rule embeds Sighted as the first member of its own struct and gives the book that struct's size. Products
 * tell states picture by picture; an alert here is a run of pictures with the state, and ends on the first
 * picture without it. While a track is only predicted, its state stands. */
#ifndef VSAUDIT_BEHAVIOURS_PRODUCTS_IDBOOK_H
#define VSAUDIT_BEHAVIOURS_PRODUCTS_IDBOOK_H

#include "behaviours/behaviour.h"
#include "behaviours/semantics.h"
#include "behaviours/watch.h"

#define NEVER_FORGET G_MAXINT64

typedef struct {
    int64_t id;
    ObjectClass class;
    bool seen;      /* really seen on the picture at hand */
    bool predicted; /* on the picture at hand only as a prediction */
    int64_t unseen; /* pictures since it was last really seen */
    int64_t seen_us;
    Box box;      /* when last really seen */
    Point foot;   /* likewise */
    Alert *alert; /* the open one; owned by the run */
} Sighted;

typedef struct {
    size_t size;
    int64_t forget_us;  /* what is not seen for longer is forgotten */
    int64_t keep;       /* so many pictures an unseen object is taken to be where it was, and then it is gone;
                           0: while it is predicted its state stands, else it ends */
    GPtrArray *objects; /* of Sighted *, in order of first appearance */
} IdBook;

void id_book_init(IdBook *book, size_t size, int64_t forget_us);
void id_book_clear(IdBook *book); /* zeroed memory is fine */
/* Takes in one picture; alerts of objects that are not there end. False, and nothing is done, when there was
 * no picture. */
bool id_book_observe(IdBook *book, const Observation *observation);
/* Raises the object's alert when the state begins, ends it when the state is over. */
void sighted_tell(Sighted *object, bool state, const char *behaviour, const char *label, int64_t onset_us,
                  int64_t t_us, GPtrArray *alerts);
/* Whether an object that is seen on the picture at hand has the state that the rule tells; *onset_us, since
 * when, is this picture's time unless it says another. */
typedef bool (*SightedState)(void *state, Sighted *object, int64_t t_us, int64_t *onset_us);
/* Tells that state of each object that is seen. */
void id_book_tell(const IdBook *book, SightedState has_state, void *state, const char *behaviour,
                  const char *label, int64_t t_us, GPtrArray *alerts);
/* An alert about an instant. */
void sighted_tell_once(const Sighted *object, const char *behaviour, const char *label, int64_t onset_us,
                       int64_t t_us, GPtrArray *alerts);

/* The picture of a product that thinks in whole pixels. */
typedef struct {
    double width, height;
} PixelFrame;

typedef struct {
    int x, y;
} Pixel;

PixelFrame pixel_frame(int64_t height, double aspect);
Pixel pixel_of(PixelFrame frame, Point point); /* truncated */

/* What several products' rules ask for. */
typedef struct {
    char *line;
    int direction;         /* PRODUCT_ANY_WAY … */
    int64_t stream_height; /* lines of the stream as the product sees it */
} ProductSettings;

extern const OptionRow product_options[]; /* all of them */
/* Those of them that a rule has, for its Settings with a ProductSettings `product`. */
#define PRODUCT_OPTIONS(Settings, taken) \
    GROUP_OPTIONS(Settings, product, ProductSettings, product_options, taken)

enum { PRODUCT_ANY_WAY, PRODUCT_LEFT_TO_RIGHT, PRODUCT_RIGHT_TO_LEFT };
extern const char *const product_no_words[]; /* empty list */

/* Whether the direction that is asked for takes a crossing towards the right (or else left). */
bool product_takes_way(int direction, bool rightwards);

/* Tells once that an object has crossed the line, if it counts and that way is told. */
void product_tell_crossing(const Sighted *object, const WatchSettings *watch, const ProductSettings *product,
                           bool rightwards, int64_t onset_us, int64_t t_us, GPtrArray *alerts);

/* Functions of a rule whose state begins with an IdBook. What is open ends by itself: see
 * behaviour_run_finish. */
void product_flush(void *state, int64_t end_us, GPtrArray *alerts);
void product_close(void *state);
/* The parts that all of them have, with the labels last; Settings and State are those of the file. */
/* clang-format off */
#define PRODUCT_PARTS(behaviour, product, open_it, observe_it, ...) \
    .id = behaviour, .wording = product, .hard_negatives = product_no_words, \
    .labels = (const char *const[]){__VA_ARGS__, NULL}, .settings_size = sizeof(Settings), \
    .state_size = sizeof(State), .open = open_it, .observe = observe_it
#define PRODUCT_RULE(behaviour, product, open_it, observe_it, ...) \
    PRODUCT_PARTS(behaviour, product, open_it, observe_it, __VA_ARGS__), .flush = product_flush, \
    .close = product_close
/* The record of a wording, semantics_NAME: whose it is and of which version, what it is called there, where it is
 * defined, and the parts of its rule. */
#define PRODUCT_WORDING(name, product_, version_, term_, source_, ...) \
    extern const Semantics semantics_##name; \
    const Semantics semantics_##name = { \
        .product = product_, .version = version_, .term = term_, .source = source_, .rule = {__VA_ARGS__}}
/* clang-format on */

#endif
