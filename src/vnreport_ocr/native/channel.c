/* What a word as it was read may have been: the reckoning of language/confusions.py, word by word. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stdint.h>

#include "keys.h"

enum { GROUPS = 3, LONGEST = 4, LETTERS = 3, ROWS = 4096, SLOTS = 2 * ROWS, ROOM = 128 };
enum { ONSET, NUCLEUS, CODA };

static const float FLOOR = -30.0f;
static const float HOPELESS = -1e9f;

/* ---- e to the power, and back: plain steps that a compiler does for several numbers at once ---- */

static inline float exponential(float x) {
    const float log2e = 1.44269504f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f, round = 12582912.0f;
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    float whole = (x * log2e + round) - round;
    float r = x - whole * ln2_high - whole * ln2_low;
    float power = 1 + r * (1 + r * (1 / 2.f + r * (1 / 6.f + r * (1 / 24.f + r * (1 / 120.f + r / 720.f)))));
    union {
        int32_t bits;
        float value;
    } scale = {((int32_t)whole + 127) << 23};
    return power * scale.value;
}

static inline float logarithm(float x) {
    const float ln2 = 0.693147181f, least = 1.17549435e-38f;
    union {
        float value;
        int32_t bits;
    } in = {x < least ? least : x}, mantissa;
    int32_t above = in.bits - 0x3F2AAAAB; /* the bits of 2/3: the rest lies between 2/3 and 4/3 */
    int32_t exponent = above >> 23;
    mantissa.bits = in.bits - (exponent << 23);
    float s = (mantissa.value - 1) / (mantissa.value + 1), q = s * s;
    float rest = 2 * s * (1 + q * (1 / 3.f + q * (1 / 5.f + q * (1 / 7.f + q * (1 / 9.f)))));
    return (float)exponent * ln2 + rest;
}

/* ---- readings as keys ---- */

/* Up to four signs as one number; a sign beyond the first plane is as strange as any other that was never seen. */
static uint64_t key_of(const uint32_t *read, int size) {
    uint64_t key = 0;
    for (int n = 0; n < size; n++)
        key = key << 16 | (read[n] == 0 || read[n] > 0xFFFF ? 0xFFFF : read[n]);
    return key;
}

/* ---- rows that were reckoned before ---- */

typedef struct {
    uint64_t *keys; /* by slot */
    int32_t *slots; /* the row of each slot, or -1 */
    float *rows;
    int64_t width;
    int count;
} memory;

static void memory_forget(memory *m) {
    for (int n = 0; n < SLOTS; n++)
        m->slots[n] = -1;
    m->count = 0;
}

static int memory_open(memory *m, int64_t width) {
    m->keys = malloc(sizeof(uint64_t) * SLOTS);
    m->slots = malloc(sizeof(int32_t) * SLOTS);
    m->rows = malloc(sizeof(float) * ROWS * (size_t)width);
    m->width = width;
    if (!m->keys || !m->slots || !m->rows)
        return 0;
    memory_forget(m);
    return 1;
}

static void memory_close(memory *m) {
    free(m->keys);
    free(m->slots);
    free(m->rows);
}

/* Forget everything where it is nearly full; only between two words, so that no row in use goes. */
static void memory_relieve(memory *m) {
    if (m->count > ROWS - ROOM)
        memory_forget(m);
}

/* The number of the row of a key; ``*known`` tells whether it is filled already. */
static int32_t memory_row(memory *m, uint64_t key, int *known) {
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    unsigned slot = (unsigned)(hash >> 32) % SLOTS;
    while (m->slots[slot] >= 0 && m->keys[slot] != key)
        slot = (slot + 1) % SLOTS;
    *known = m->slots[slot] >= 0;
    if (!*known) {
        m->slots[slot] = m->count++;
        m->keys[slot] = key;
    }
    return m->slots[slot];
}

/* ---- one group: all onsets, all nuclei or all codas ---- */

typedef struct {
    int64_t units;
    const float *sizes;          /* letters of each unit */
    const int32_t *ends;         /* the node of each unit */
    int64_t nodes;               /* beginnings of units: first the empty one, and each after what it goes on from */
    const int32_t *before;       /* by node: the beginning that it goes on from */
    const int32_t *letter;       /* by node: its last letter */
    int64_t letter_width;        /* letters of the alphabet */
    int64_t letter_count;        /* readings of single letters that were seen */
    const uint64_t *letter_keys; /* sorted */
    const float *letter_rows;    /* by reading: its score for each letter */
    const float *strange_rows;   /* by length: the same for readings never seen */
    const float *anything;       /* by difference in length: the least log-chance of a reading for a whole group */
    float gain, gain_most;       /* so much is added to small log-chances, up to this */
} letter_table;

typedef struct {
    int64_t count;          /* readings of whole units that were seen */
    const uint64_t *keys;   /* sorted */
    const int64_t *begins;  /* count + 1 */
    const int32_t *places;  /* the units that were read so */
    const float *shares;    /* (1 - left) * seen / total */
    const float *left;      /* by unit: the logarithm of what is left for readings that were never seen */
} count_table;

typedef struct {
    letter_table table;
    memory chances;
    float *columns;       /* LONGEST + 1 of them, by node */
    float *least;         /* by length of the reading and unit: its least log-chance */
    const uint32_t *from; /* where in the word the reading begins that the columns are of */
    int filled;           /* how many columns are */
} letters;

typedef struct {
    letters *letters;
    count_table table;
    memory scores;
    float *highest; /* the best score of each row */
} group;

typedef struct {
    int64_t rhymes; /* those with the same coda stand together, in the order of the codas */
    const int32_t *rhyme_nucleus, *rhyme_coda;
    const int32_t *form_of; /* by onset and rhyme; -1 where the two make no syllable */
    int64_t forms;
    const int32_t *form_onset, *form_rhyme;
} inventory;

typedef struct {
    group groups[GROUPS];
    inventory stock;
    int64_t *rhymes_of;   /* by coda: where its rhymes begin; and where the last one's end */
    float *rhyme_rows;    /* LONGEST + 1 of them, by where the rhyme begins */
    float *coda_highs;    /* as many, by coda: the best of its rhymes */
    float *best;          /* by form */
    int32_t *met;         /* forms met in this word */
    float *ranks;
    int32_t *some_rhymes, *some_onsets;
    uint64_t *marked; /* a bit for each form */
} channel;

static const float *letter_row(const letter_table *t, const uint32_t *read, int size) {
    int64_t place = place_of(t->letter_keys, t->letter_count, key_of(read, size));
    return place >= 0 ? t->letter_rows + place * t->letter_width : t->strange_rows + size * t->letter_width;
}

/* The log-chance of a reading for each beginning of a unit, over its best division: its last letter is read as the
 * last one to three signs, or as none. */
static void fill_column(letters *l, const uint32_t *read, int size) {
    const letter_table *t = &l->table;
    const float *rows[LETTERS + 1], *columns[LETTERS + 1];
    int most = size < LETTERS ? size : LETTERS;
    for (int taken = 0; taken <= most; taken++) {
        rows[taken] = letter_row(t, read + size - taken, taken);
        columns[taken] = l->columns + (size - taken) * t->nodes;
    }
    float *column = l->columns + size * t->nodes;
    column[0] = size ? FLOOR : 0;
    for (int64_t n = 1; n < t->nodes; n++) {
        float best = FLOOR;
        for (int taken = 0; taken <= most; taken++) {
            float value = columns[taken][t->before[n]] + rows[taken][t->letter[n]];
            best = value > best ? value : best;
        }
        column[n] = best;
    }
}

/* The log-chance of a reading for each unit by the letters alone. */
static const float *chances_of(letters *l, const uint32_t *read, int size) {
    int known;
    uint64_t key = key_of(read, size);
    float *row = l->chances.rows + l->chances.width * memory_row(&l->chances, key, &known);
    if (known)
        return row;
    const letter_table *t = &l->table;
    if (l->from != read) {
        l->from = read;
        l->filled = 0;
    }
    while (l->filled <= size)
        fill_column(l, read, l->filled++);
    const float *last = l->columns + size * t->nodes;
    for (int64_t n = 0; n < t->units; n++)
        row[n] = last[t->ends[n]];
    for (int64_t n = 0; n < t->units; n++) {
        float raised = row[n] + t->gain < t->gain_most ? row[n] + t->gain : t->gain_most;
        row[n] = row[n] > raised ? row[n] : raised;
    }
    return row;
}

/* The log-chance of a reading for each unit; the best of them goes to ``*best``. */
static const float *scores_of(group *g, const uint32_t *read, int size, float *best) {
    int known;
    uint64_t key = key_of(read, size);
    int32_t number = memory_row(&g->scores, key, &known);
    float *row = g->scores.rows + g->scores.width * number;
    if (!known) {
        const int64_t units = g->letters->table.units;
        const float *chances = chances_of(g->letters, read, size);
        const float *least = g->letters->least + size * units;
        for (int64_t n = 0; n < units; n++) {
            float chance = g->table.left[n] + chances[n];
            row[n] = chance > least[n] ? chance : least[n];
        }
        int64_t place = place_of(g->table.keys, g->table.count, key);
        if (place >= 0)
            for (int64_t n = g->table.begins[place]; n < g->table.begins[place + 1]; n++) {
                float *score = row + g->table.places[n];
                *score = logarithm(exponential(*score) + g->table.shares[n]);
            }
        float high = HOPELESS;
        for (int64_t n = 0; n < units; n++)
            high = row[n] > high ? row[n] : high;
        g->highest[number] = high;
    }
    *best = g->highest[number];
    return row;
}

/* Before a word: make room, and forget where the last one began. */
static void begin_word(channel *c) {
    for (int n = 0; n < GROUPS; n++) {
        memory_relieve(&c->groups[n].scores);
        memory_relieve(&c->groups[n].letters->chances);
        c->groups[n].letters->from = NULL;
    }
}

/* ---- life and death ---- */

letters *vnocr_letters_new(const letter_table *table) {
    letters *l = calloc(1, sizeof(letters));
    if (!l)
        return NULL;
    l->table = *table;
    l->columns = malloc(sizeof(float) * (LONGEST + 1) * (size_t)table->nodes);
    l->least = malloc(sizeof(float) * (LONGEST + 1) * (size_t)table->units);
    if (!memory_open(&l->chances, table->units) || !l->columns || !l->least)
        return NULL;
    for (int size = 0; size <= LONGEST; size++)
        for (int64_t n = 0; n < table->units; n++) {
            int apart = abs((int)table->sizes[n] - size);
            l->least[size * table->units + n] = size && table->sizes[n] > 0 ? table->anything[apart] : HOPELESS;
        }
    return l;
}

void vnocr_letters_free(letters *l) {
    memory_close(&l->chances);
    free(l->columns);
    free(l->least);
    free(l);
}

channel *vnocr_channel_new(letters *const *of_groups, const count_table *counts, const inventory *stock) {
    channel *c = calloc(1, sizeof(channel));
    int good = c != NULL;
    for (int n = 0; good && n < GROUPS; n++) {
        group *g = &c->groups[n];
        g->letters = of_groups[n];
        g->table = counts[n];
        g->highest = malloc(sizeof(float) * ROWS);
        good = memory_open(&g->scores, g->letters->table.units) && g->highest;
    }
    if (!good)
        return NULL;
    c->stock = *stock;
    const int64_t codas = c->groups[CODA].letters->table.units;
    c->rhymes_of = calloc((size_t)codas + 1, sizeof(int64_t));
    c->marked = calloc((size_t)stock->forms / 64 + 1, sizeof(uint64_t));
    c->coda_highs = malloc(sizeof(float) * (LONGEST + 1) * (size_t)codas);
    c->rhyme_rows = malloc(sizeof(float) * (LONGEST + 1) * (size_t)stock->rhymes);
    c->best = malloc(sizeof(float) * (size_t)stock->forms);
    c->met = malloc(sizeof(int32_t) * (size_t)stock->forms);
    c->ranks = malloc(sizeof(float) * 2 * (size_t)stock->forms);
    c->some_rhymes = malloc(sizeof(int32_t) * (size_t)stock->rhymes);
    c->some_onsets = malloc(sizeof(int32_t) * (size_t)c->groups[ONSET].letters->table.units);
    if (!c->rhymes_of || !c->marked || !c->coda_highs || !c->rhyme_rows || !c->best || !c->met || !c->ranks ||
        !c->some_rhymes || !c->some_onsets)
        return NULL;
    for (int64_t n = 0; n < stock->forms; n++)
        c->best[n] = HOPELESS;
    for (int64_t n = 0; n < stock->rhymes; n++)
        c->rhymes_of[stock->rhyme_coda[n] + 1]++;
    for (int64_t n = 0; n < codas; n++)
        c->rhymes_of[n + 1] += c->rhymes_of[n];
    return c;
}

void vnocr_channel_free(channel *c) {
    for (int n = 0; n < GROUPS; n++) {
        memory_close(&c->groups[n].scores);
        free(c->groups[n].highest);
    }
    free(c->rhymes_of);
    free(c->marked);
    free(c->coda_highs);
    free(c->rhyme_rows);
    free(c->best);
    free(c->met);
    free(c->ranks);
    free(c->some_rhymes);
    free(c->some_onsets);
    free(c);
}

/* ---- choosing ---- */

/* The value that the ``limit`` greatest of ``count`` values reach; disturbs the values. */
static float least_of_greatest(float *values, int64_t count, int64_t limit) {
    int64_t low = 0, high = count - 1, wanted = limit - 1;
    while (low < high) {
        float pivot = values[(low + high) / 2];
        int64_t left = low, right = high;
        while (left <= right) {
            while (values[left] > pivot)
                left++;
            while (values[right] < pivot)
                right--;
            if (left <= right) {
                float swapped = values[left];
                values[left++] = values[right];
                values[right--] = swapped;
            }
        }
        if (wanted <= right)
            high = right;
        else if (wanted >= left)
            low = left;
        else
            break;
    }
    return values[wanted];
}

/* The places between two of the scores above a floor, in order; returns how many. */
static int64_t above(const float *scores, int64_t first, int64_t last, float floor, int32_t *places) {
    int64_t size = 0;
    for (int64_t n = first; n < last; n++) {
        places[size] = (int32_t)n; /* without a branch: which of them are above cannot be foreseen */
        size += scores[n] > floor;
    }
    return size;
}

/* Of ``size`` places the ``limit`` with the best scores, in the same order; returns how many. */
static int64_t best_of(const float *scores, int64_t size, int64_t limit, int32_t *places, float *scratch) {
    int64_t kept = 0, above_least = 0;
    if (size <= limit)
        return size;
    for (int64_t n = 0; n < size; n++)
        scratch[n] = scores[places[n]];
    float least = least_of_greatest(scratch, size, limit);
    for (int64_t n = 0; n < size; n++)
        above_least += scores[places[n]] > least;
    for (int64_t n = 0; n < size; n++) {
        float score = scores[places[n]];
        if (score > least || (score == least && above_least < limit)) {
            above_least += score == least;
            places[kept++] = places[n];
        }
    }
    return kept;
}

static int lowest_bit(uint64_t bits) {
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int place = 0;
    while (!(bits >> place & 1))
        place++;
    return place;
#endif
}

/* ---- words ---- */

typedef struct {
    int64_t onsets, rhymes, forms; /* so many at most of each division, and so many forms in all */
    float width;                   /* forms are within so much of the best */
    float unlikely;                /* a piece that no unit is read as with more chance makes its division hopeless */
    float sure_score;              /* the least score of forms that are there in any case */
    const float *weights;          /* by form: what is added to its score where the best are chosen */
} search;

/* The ends of a word, by length, as codas. */
typedef struct {
    const float *scores[LONGEST + 1];
    float best[LONGEST + 1];
} endings;

typedef struct {
    const float *onsets;
    const float *nuclei[LONGEST + 1], *codas[LONGEST + 1]; /* by length of the nucleus as it was read */
    float best_nucleus[LONGEST + 1];
    float bounds[LONGEST + 1]; /* the most that a rhyme divided so can score */
    float best_onset, best_rhyme, bound;
    int size; /* of the onset as it was read */
} division;

/* The pieces of a division, looked up; what no unit is read as bounds it. */
static void open_division(channel *c, const uint32_t *read, int size, float unlikely, endings *ends, division *d) {
    const uint32_t *rest = read + d->size;
    int left = size - d->size;
    d->bound = FLOOR;
    for (int cut = 0; cut <= LONGEST; cut++) {
        const int end = left - cut;
        d->bounds[cut] = HOPELESS;
        if (end < 0 || end > LONGEST)
            continue;
        if (!ends->scores[end])
            ends->scores[end] = scores_of(&c->groups[CODA], rest + cut, end, &ends->best[end]);
        d->codas[cut] = ends->scores[end];
        if (end > 1 && ends->best[end] < unlikely)
            continue;
        d->nuclei[cut] = scores_of(&c->groups[NUCLEUS], rest, cut, &d->best_nucleus[cut]);
        d->bounds[cut] = d->best_nucleus[cut] + ends->best[end];
        if (d->bounds[cut] > d->bound)
            d->bound = d->bounds[cut];
    }
    d->bound += d->best_onset;
}

/* The log-chance of the rest of the reading for each rhyme, over its best division; what stays below
 * best - width is not reckoned. Returns the best score of a word yet. */
static float fill_rhymes(channel *c, division *d, float best, float width) {
    const inventory *stock = &c->stock;
    const int64_t coda_count = c->groups[CODA].letters->table.units;
    float *row = c->rhyme_rows + d->size * stock->rhymes, *highs = c->coda_highs + d->size * coda_count;
    float high = FLOOR;
    for (int64_t k = 0; k < coda_count; k++)
        highs[k] = FLOOR;
    for (int64_t n = 0; n < stock->rhymes; n++)
        row[n] = FLOOR;
    best = high + d->best_onset > best ? high + d->best_onset : best;
    for (int round = 0; round <= LONGEST; round++) {
        int cut = 0;
        for (int n = 1; n <= LONGEST; n++)
            cut = d->bounds[n] > d->bounds[cut] ? n : cut;
        if (d->bounds[cut] == HOPELESS || d->bounds[cut] + d->best_onset < best - width)
            break;
        d->bounds[cut] = HOPELESS;
        const float *nuclei = d->nuclei[cut];
        const float least = best - width - d->best_onset - d->best_nucleus[cut];
        for (int64_t k = 0; k < coda_count; k++) {
            const float coda = d->codas[cut][k];
            if (coda < least)
                continue;
            float highest = highs[k];
            for (int64_t n = c->rhymes_of[k]; n < c->rhymes_of[k + 1]; n++) {
                float value = nuclei[stock->rhyme_nucleus[n]] + coda;
                value = value > row[n] ? value : row[n];
                row[n] = value;
                highest = value > highest ? value : highest;
            }
            highs[k] = highest;
            high = highest > high ? highest : high;
        }
        best = high + d->best_onset > best ? high + d->best_onset : best;
    }
    d->best_rhyme = high;
    return best;
}

/* Note the forms that one division of the word allows; returns how many have been met. */
static int64_t meet(channel *c, const division *d, float floor, const search *most, int64_t met) {
    const inventory *stock = &c->stock;
    const float *rhymes = c->rhyme_rows + d->size * stock->rhymes;
    const float *highs = c->coda_highs + d->size * c->groups[CODA].letters->table.units;
    const int64_t onset_count = c->groups[ONSET].letters->table.units;
    int64_t some = above(d->onsets, 0, onset_count, floor - d->best_rhyme, c->some_onsets), those = 0;
    some = best_of(d->onsets, some, most->onsets, c->some_onsets, c->ranks);
    for (int64_t k = 0; k < c->groups[CODA].letters->table.units; k++)
        if (highs[k] > floor - d->best_onset) {
            int32_t *next = c->some_rhymes + those;
            those += above(rhymes, c->rhymes_of[k], c->rhymes_of[k + 1], floor - d->best_onset, next);
        }
    those = best_of(rhymes, those, most->rhymes, c->some_rhymes, c->ranks);
    float *values = c->ranks;
    for (int64_t k = 0; k < those; k++)
        values[k] = rhymes[c->some_rhymes[k]];
    for (int64_t n = 0; n < some; n++) {
        /* The best onset first: the rhymes that are too unlikely after it are so after the others too. */
        int64_t top = n, kept = 0;
        for (int64_t k = n + 1; k < some; k++)
            top = d->onsets[c->some_onsets[k]] > d->onsets[c->some_onsets[top]] ? k : top;
        const int32_t number = c->some_onsets[top];
        c->some_onsets[top] = c->some_onsets[n];
        const int32_t *forms = stock->form_of + stock->rhymes * number;
        const float onset = d->onsets[number];
        for (int64_t k = 0; k < those; k++) {
            const float value = onset + values[k];
            const int32_t rhyme = c->some_rhymes[k];
            c->some_rhymes[kept] = rhyme;
            values[kept] = values[k];
            if (value <= floor)
                continue;
            kept++;
            const int32_t form = forms[rhyme];
            if (form < 0 || value <= c->best[form])
                continue;
            if (c->best[form] == HOPELESS)
                c->met[met++] = form;
            c->best[form] = value;
        }
        those = kept;
    }
    return met;
}

/* Sort numbers of forms that differ from each other, by a bit for each. */
static void put_in_order(channel *c, int32_t *forms, int64_t count) {
    int64_t first = c->stock.forms, last = 0, place = 0;
    for (int64_t n = 0; n < count; n++) {
        int64_t word = forms[n] / 64;
        c->marked[word] |= UINT64_C(1) << (forms[n] % 64);
        first = word < first ? word : first;
        last = word > last ? word : last;
    }
    for (int64_t word = first; word <= last; word++)
        for (; c->marked[word]; c->marked[word] &= c->marked[word] - 1)
            forms[place++] = (int32_t)(64 * word + lowest_bit(c->marked[word]));
}

/* The forms that a reading may stand for, in order, with their log-chances, within ``most``: of many the best by score
 * and weight. Those of ``sure`` are among them in any case. Returns their number; ``forms`` and ``scores`` have room
 * for the most there can be, and for the sure ones. */
int64_t vnocr_forms(channel *c, const uint32_t *read, int64_t length, const search *most, int64_t sure_count,
                    const int32_t *sure, int32_t *forms, float *scores) {
    division divisions[LONGEST + 1];
    endings ends = {{NULL}, {0}};
    const float width = most->width;
    int size = (int)length, count = 0;
    float best = HOPELESS;
    begin_word(c);
    for (int cut = 0; cut <= LONGEST && cut <= size; cut++) {
        division *d = &divisions[count];
        if (size - cut > 2 * LONGEST)
            continue;
        d->size = cut;
        d->onsets = scores_of(&c->groups[ONSET], read, cut, &d->best_onset);
        if (cut > 1 && d->best_onset < most->unlikely)
            continue;
        open_division(c, read, size, most->unlikely, &ends, d);
        count++;
    }
    /* The most promising first, so that little has to be reckoned of the others. */
    for (int n = 0; n < count; n++) {
        int top = n;
        for (int k = n + 1; k < count; k++)
            top = divisions[k].bound > divisions[top].bound ? k : top;
        division swapped = divisions[n];
        divisions[n] = divisions[top];
        divisions[top] = swapped;
    }
    for (int n = 0; n < count; n++)
        if (divisions[n].bound >= best - width)
            best = fill_rhymes(c, &divisions[n], best, width);
        else
            divisions[n].best_rhyme = HOPELESS;
    int64_t met = 0;
    for (int n = 0; n < count; n++) {
        const division *d = &divisions[n];
        if (d->best_onset + d->best_rhyme >= best - width)
            met = meet(c, d, best - width, most, met);
    }
    int64_t kept = 0;
    if (met <= most->forms) {
        memcpy(forms, c->met, sizeof(int32_t) * (size_t)met);
        kept = met;
    } else {
        float *ranks = c->ranks, *scratch = c->ranks + c->stock.forms;
        for (int64_t n = 0; n < met; n++)
            ranks[n] = c->best[c->met[n]] + most->weights[c->met[n]];
        memcpy(scratch, ranks, sizeof(float) * (size_t)met);
        float least = least_of_greatest(scratch, met, most->forms);
        for (int64_t n = 0; n < met; n++) {
            if (ranks[n] >= least && kept < most->forms)
                forms[kept++] = c->met[n];
            else
                c->best[c->met[n]] = HOPELESS;
        }
    }
    for (int64_t n = 0; n < sure_count; n++) {
        float *score = &c->best[sure[n]];
        if (*score == HOPELESS)
            forms[kept++] = sure[n];
        *score = most->sure_score > *score ? most->sure_score : *score;
    }
    put_in_order(c, forms, kept);
    for (int64_t n = 0; n < kept; n++) {
        scores[n] = c->best[forms[n]];
        c->best[forms[n]] = HOPELESS;
    }
    return kept;
}

/* The log-chance of a reading for chosen forms only. */
void vnocr_rescore(channel *c, const uint32_t *read, int64_t length, const int32_t *forms, int64_t count, float *out) {
    enum { BLOCK = 256 };
    const inventory *stock = &c->stock;
    int32_t onset_of[BLOCK], nucleus_of[BLOCK], coda_of[BLOCK];
    int size = (int)length;
    begin_word(c);
    for (; count > 0; forms += BLOCK, out += BLOCK, count -= BLOCK) {
        int64_t some = count < BLOCK ? count : BLOCK;
        for (int64_t n = 0; n < some; n++) {
            int32_t rhyme = stock->form_rhyme[forms[n]];
            onset_of[n] = stock->form_onset[forms[n]];
            nucleus_of[n] = stock->rhyme_nucleus[rhyme];
            coda_of[n] = stock->rhyme_coda[rhyme];
            out[n] = FLOOR;
        }
        for (int first = 0; first <= LONGEST && first <= size; first++) {
            float ignored;
            const float *onsets = scores_of(&c->groups[ONSET], read, first, &ignored);
            int second = size - LONGEST > first ? size - LONGEST : first;
            for (; second <= first + LONGEST && second <= size; second++) {
                const float *nuclei = scores_of(&c->groups[NUCLEUS], read + first, second - first, &ignored);
                const float *codas = scores_of(&c->groups[CODA], read + second, size - second, &ignored);
                for (int64_t n = 0; n < some; n++) {
                    float value = nuclei[nucleus_of[n]] + codas[coda_of[n]] + onsets[onset_of[n]];
                    out[n] = value > out[n] ? value : out[n];
                }
            }
        }
    }
}

/* Where the likeliest division of a reading over the three units of a syllable has its two cuts. */
void vnocr_divide(channel *c, const uint32_t *read, int64_t length, const int64_t units[GROUPS], int64_t cuts[2]) {
    int size = (int)length;
    float best = HOPELESS, ignored;
    begin_word(c);
    cuts[0] = cuts[1] = 0;
    for (int first = 0; first <= LONGEST && first <= size; first++) {
        float onset = scores_of(&c->groups[ONSET], read, first, &ignored)[units[ONSET]];
        int second = size - LONGEST > first ? size - LONGEST : first;
        for (; second <= first + LONGEST && second <= size; second++) {
            float total = onset + scores_of(&c->groups[NUCLEUS], read + first, second - first, &ignored)[units[NUCLEUS]];
            total += scores_of(&c->groups[CODA], read + second, size - second, &ignored)[units[CODA]];
            if (total > best) {
                best = total;
                cuts[0] = first;
                cuts[1] = second;
            }
        }
    }
}

/* ---- whole words ---- */

typedef struct {
    float left;   /* the logarithm of what is left of the chance of a form for readings that were never seen */
    float weight; /* what is added to its score where the best are chosen */
    int32_t word, with_case;
} form_facts;

typedef struct {
    int32_t *forms, *words, *cases;
    float *scores;
    int64_t own; /* a form, and then its place among those that stay, or -1 */
} weighed;

/* Mix the scores of ``count`` forms with what was seen of whole words: ``shares`` says what the sightings of this
 * reading add to the chance of the forms ``seen``. The scores stand behind the forms; where there is a channel, it
 * reckons them anew from the reading. Of more than ``most`` the best by score and weight stay, and of these only what
 * is within ``margin`` of the best of all, or the word itself. Returns how many stay, or -1 where there are more than
 * can be weighed. */
int64_t vnocr_weigh(const form_facts *facts, int64_t count, const int32_t *forms, channel *anew, const uint32_t *read,
                    int64_t length, int64_t seen_count, const int32_t *seen, const float *shares, int64_t most,
                    float margin, weighed *out) {
    enum { MANY = 1024 };
    float fresh[MANY], mixed[MANY], ranks[MANY], scratch[MANY];
    const float *scores = (const float *)(forms + count);
    int64_t kept = 0, above_least = 0, own = -1;
    float least = HOPELESS, best = HOPELESS;
    if (count > MANY)
        return -1;
    if (anew) {
        vnocr_rescore(anew, read, length, forms, count, fresh);
        scores = fresh;
    }
    for (int64_t n = 0; n < count; n++)
        mixed[n] = facts[forms[n]].left + scores[n];
    for (int64_t k = 0; k < seen_count; k++)
        for (int64_t n = 0; n < count; n++)
            if (forms[n] == seen[k])
                mixed[n] = logarithm(exponential(mixed[n]) + shares[k]);
    for (int64_t n = 0; n < count; n++)
        scratch[n] = ranks[n] = mixed[n] + facts[forms[n]].weight;
    if (count > most) {
        least = least_of_greatest(scratch, count, most);
        for (int64_t n = 0; n < count; n++)
            above_least += ranks[n] > least;
    }
    for (int64_t n = 0; n < count; n++)
        best = ranks[n] > best ? ranks[n] : best;
    for (int64_t n = 0; n < count; n++) {
        if (ranks[n] < least || (ranks[n] == least && above_least >= most))
            continue;
        if (ranks[n] < best - margin && forms[n] != out->own)
            continue;
        above_least += ranks[n] == least;
        if (forms[n] == out->own)
            own = kept;
        out->forms[kept] = forms[n];
        out->words[kept] = facts[forms[n]].word;
        out->cases[kept] = facts[forms[n]].with_case;
        out->scores[kept++] = mixed[n];
    }
    out->own = own;
    return kept;
}
