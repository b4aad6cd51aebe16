/* The forms that differ from a reading in one letter: the reckoning of repair/slips.py. */
#include <stdint.h>

#include "keys.h"

enum { MOST_NEAR = 512, DRESSED = 0x2000 };

typedef struct {
    int64_t keys_count;
    const uint64_t *keys;   /* sorted: hashes of words without one of their letters */
    const int64_t *begins;  /* keys_count + 1 */
    const int32_t *words;   /* the words that the key stands for */
    const uint32_t *letters; /* the letter that is left out of each, and the same without its marks */
    const uint32_t *bare;
    int64_t pairs;
    const uint64_t *pair_keys; /* sorted: a letter and what it was read as */
    const float *pair_chances;
    const uint8_t *dress; /* by code point below DRESSED: a number for the marks that it has */
    /* The log-chances of pairs that were never seen: with other marks, as another letter, both at once. */
    float other_marks, other_letter, other_both;
    int64_t word_count;
    const int32_t *forms; /* by case and word; -1 where there is none */
    const int32_t *form_word;
    const int8_t *form_case;
    const float *weights; /* by form */
} slip_table;

typedef struct {
    int32_t form;
    float chance, rank;
} near_form;

static uint64_t key_without(const uint32_t *small, int64_t size, int64_t place) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (int64_t n = 0; n < size; n++)
        hash = (hash ^ (n == place ? 0 : small[n])) * UINT64_C(0x100000001B3);
    return hash;
}

/* Keep the best ``most`` of the near forms in order: by rank, then by number. */
static int admitted(near_form *best, int count, int most, near_form one) {
    int place = count;
    if (count == most) {
        const near_form *last = best + most - 1;
        if (one.rank < last->rank || (one.rank == last->rank && one.form > last->form))
            return count;
        place--;
    } else {
        count++;
    }
    while (place > 0 && (best[place - 1].rank < one.rank ||
                         (best[place - 1].rank == one.rank && best[place - 1].form > one.form))) {
        best[place] = best[place - 1];
        place--;
    }
    best[place] = one;
    return count;
}

typedef struct {
    const slip_table *table;
    int64_t count, own; /* forms that were weighed, and the place of the word itself among them, or -1 */
    int32_t own_form;
    const int32_t *forms;
    float *scores;
    near_form *best;
    int kept, most;
} merger;

static void meet(merger *m, int32_t form, float chance) {
    if (form < 0 || form == m->own_form)
        return;
    for (int64_t n = 0; n < m->count; n++)
        if (m->forms[n] == form) {
            if (n != m->own && m->scores[n] < chance)
                m->scores[n] = chance;
            return;
        }
    near_form one = {form, chance, chance + m->table->weights[form]};
    m->kept = admitted(m->best, m->kept, m->most, one);
}

/* The log-chance that the letter of an entry was read as another one, which was never seen. */
static float unseen(const slip_table *t, int64_t entry, uint32_t small, uint32_t bare) {
    if (t->bare[entry] == bare)
        return t->other_marks;
    uint32_t letter = t->letters[entry];
    int as_dressed = letter < DRESSED && small < DRESSED && t->dress[letter] == t->dress[small];
    return as_dressed ? t->other_letter : t->other_both;
}

/* Meet every form that one slip makes of a reading. */
static void meet_near(merger *m, const uint32_t *read, const uint32_t *small, const uint32_t *bare, int64_t size,
                      int64_t word_case) {
    const slip_table *t = m->table;
    const int32_t *in_case = t->forms + word_case * t->word_count;
    for (int64_t place = 0; place < size; place++) {
        int64_t key = place_of(t->keys, t->keys_count, key_without(small, size, place));
        if (key < 0)
            continue;
        for (int64_t n = t->begins[key]; n < t->begins[key + 1]; n++) {
            if (t->letters[n] == small[place])
                continue;
            int64_t pair = place_of(t->pair_keys, t->pairs, (uint64_t)t->letters[n] << 32 | read[place]);
            float chance = pair >= 0 ? t->pair_chances[pair] : unseen(t, n, small[place], bare[place]);
            meet(m, in_case[t->words[n]], chance);
            if (place == 0 && word_case != 0)
                meet(m, t->forms[t->words[n]], chance);
        }
    }
}

/* Raise the scores of the ``count`` forms to what one slip would give them, and put the best of those that only a slip
 * makes of the reading behind them; returns how many there are then. ``bare`` is the reading small and without marks. */
int64_t vnocr_slips(const slip_table *t, const uint32_t *read, const uint32_t *small, const uint32_t *bare, int64_t size,
                    int64_t word_case, int64_t count, int64_t own, int32_t own_form, int64_t most, int32_t *forms,
                    int32_t *words, int32_t *cases, float *scores) {
    near_form best[MOST_NEAR];
    merger m = {t, count, own, own_form, forms, scores, best, 0, most < MOST_NEAR ? (int)most : MOST_NEAR};
    meet_near(&m, read, small, bare, size, word_case);
    for (int n = 0; n < m.kept; n++, count++) {
        forms[count] = best[n].form;
        words[count] = t->form_word[best[n].form];
        cases[count] = t->form_case[best[n].form];
        scores[count] = best[n].chance;
    }
    return count;
}

/* For each of ``count`` words in small letters, whose texts stand one behind the other, the ``most`` words that one slip
 * would have read for it, in the rows of those words, ended by -1; none of those that are too rare beside it. */
void vnocr_rivals(const slip_table *t, int64_t count, const int64_t *numbers, const int64_t *begins,
                  const uint32_t *small, const uint32_t *bare, int64_t most, const float *frequency, float too_rare,
                  int32_t *rivals, float *chances) {
    near_form best[MOST_NEAR];
    for (int64_t n = 0; n < count; n++) {
        int64_t own = numbers[n], at = own * most, end = at + most;
        merger m = {t, 0, -1, t->forms[own], 0, 0, best, 0, most < MOST_NEAR ? (int)most : MOST_NEAR};
        meet_near(&m, small + begins[n], small + begins[n], bare + begins[n], begins[n + 1] - begins[n], 0);
        for (int k = 0; k < m.kept; k++) {
            int32_t word = t->form_word[best[k].form];
            if (best[k].chance + frequency[word] - frequency[own] > too_rare) {
                rivals[at] = word;
                chances[at++] = best[k].chance;
            }
        }
        if (at < end)
            rivals[at] = -1;
    }
}
