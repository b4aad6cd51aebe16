/* The letters of a line, and what else its words may be: the reckoning of sources/engine/likely.py. */
#include <stdint.h>
#include <stdlib.h>

#include "spread.h"

enum { COLUMN, START, STOP, LETTER };
enum { LAST, BEGIN, END, WORD };

/* Find the letters that were read, each with its column, its first slice and the one behind its last, and its highest
 * log-chance there; column 0 stands for no letter. Answer how many they are. */
int64_t vnocr_letters(const float *scores, int64_t slices, int64_t columns, int64_t *letters, float *peaks) {
    int64_t count = 0, before = -1;
    for (int64_t slice = 0; slice < slices; slice++) {
        const float *row = scores + slice * columns;
        float most = row[0];
        for (int64_t n = 1; n < columns; n++)
            most = row[n] > most ? row[n] : most;
        int64_t best = 0;
        while (row[best] != most)
            best++;
        if (best && best != before) {
            int64_t *letter = letters + LETTER * count;
            letter[COLUMN] = best;
            letter[START] = slice;
            peaks[count++] = most;
        } else if (best && most > peaks[count - 1])
            peaks[count - 1] = most;
        if (best)
            letters[LETTER * (count - 1) + STOP] = slice + 1;
        before = best;
    }
    return count;
}

struct way {
    double cost;
    int64_t before, column;
};

/* What a letter might be: the columns that its slices give most, and that it is none. "peaks" has room for a line. */
static int64_t options_of(const float *scores, int64_t columns, const int64_t *letter, double floor, double least,
                          int64_t most, float *peaks, struct way *options) {
    const float *row = scores + letter[START] * columns;
    for (int64_t n = 0; n < columns; n++)
        peaks[n] = row[n];
    for (int64_t slice = letter[START] + 1; slice < letter[STOP]; slice++) {
        row += columns;
        float none = row[0] < peaks[0] ? row[0] : peaks[0];
        for (int64_t n = 0; n < columns; n++)
            peaks[n] = row[n] > peaks[n] ? row[n] : peaks[n];
        peaks[0] = none;
    }
    double peak = peaks[letter[COLUMN]], lowest = peak + least > floor ? peak + least : floor;
    int64_t count = 0;
    for (int64_t n = 0; n < columns; n++) {
        double cost = (double)peaks[n] - peak;
        if (peaks[n] < lowest || (count == most && cost <= options[count - 1].cost))
            continue;
        int64_t at = count < most ? count++ : count - 1;
        for (; at && options[at - 1].cost < cost; at--)
            options[at] = options[at - 1];
        options[at] = (struct way){cost, 0, n};
    }
    return count;
}

/* Put a way among the best ones, behind those that are as good. */
static int64_t kept(struct way *ways, int64_t count, int64_t most, struct way way) {
    if (count == most && way.cost <= ways[count - 1].cost)
        return count;
    int64_t at = count < most ? count++ : count - 1;
    for (; at && ways[at - 1].cost < way.cost; at--)
        ways[at] = ways[at - 1];
    ways[at] = way;
    return count;
}

/* Go on from the ways to spell the letters before with what one more letter may be. */
static int64_t longer(const struct way *before, int64_t count, const struct way *options, int64_t likely, int64_t read,
                      int64_t most, struct way *ways) {
    int64_t found = 0;
    for (int64_t n = 0; n < count; n++) {
        if (likely < 2)
            ways[found++] = (struct way){before[n].cost, n, read};
        else
            for (int64_t m = 0; m < likely; m++)
                found = kept(ways, found, most, (struct way){before[n].cost + options[m].cost, n, options[m].column});
    }
    return found;
}

/* Spell out a way, letter by letter from the last one back; answer how many letters it has. */
static int64_t spelled(const struct way *ways, int64_t most, int64_t letters, int64_t at, int64_t *spelling) {
    int64_t size = 0;
    for (int64_t number = letters; number > 0; number--) {
        const struct way *way = ways + number * most + at;
        if (way->column)
            spelling[size++] = way->column;
        at = way->before;
    }
    for (int64_t n = 0; n < size / 2; n++) {
        int64_t other = spelling[size - 1 - n];
        spelling[size - 1 - n] = spelling[n];
        spelling[n] = other;
    }
    return size;
}

/* Tell of each word how it may be spelled, as it was read before all others, and the log-chance of each spelling:
 * "counts" by word, "ends" by spelling from the word's first one on, then the letters. There is room for "most" others
 * of each word. Answer 0, or -1 where there is no memory. */
int64_t vnocr_likely(const float *scores, int64_t columns, double floor, double least, int64_t most_letters, int64_t most,
                     int64_t words, const int64_t *spots, const int64_t *letters, int64_t *counts, int64_t *ends,
                     int64_t *spellings, double *chances) {
    int64_t longest = 0, outcome = 0;
    for (int64_t n = 0; n < words; n++) {
        int64_t size = spots[WORD * n + LAST] - (n ? spots[WORD * (n - 1) + LAST] : 0);
        longest = size > longest ? size : longest;
    }
    float *peaks = malloc(sizeof(float) * (size_t)(columns + 1));
    struct way *options = malloc(sizeof(struct way) * (size_t)(most_letters + 1));
    struct way *ways = malloc(sizeof(struct way) * (size_t)((longest + 1) * (most + 1)));
    outcome = peaks && options && ways ? 0 : -1;
    for (int64_t n = 0; n < words && !outcome; n++) {
        const int64_t *spot = spots + WORD * n, *word = letters + LETTER * (n ? spot[LAST - WORD] : 0);
        int64_t size = spot[LAST] - (n ? spot[LAST - WORD] : 0), count = 1, told = 1;
        for (int64_t m = 0; m < size; m++)
            spellings[m] = word[LETTER * m + COLUMN];
        ends[0] = size;
        ways[0] = (struct way){0, 0, 0};
        for (int64_t m = 0; m < size && most; m++) {
            const int64_t *letter = word + LETTER * m;
            int64_t likely = options_of(scores, columns, letter, floor, least, most_letters, peaks, options);
            count = longer(ways + m * most, count, options, likely, letter[COLUMN], most, ways + (m + 1) * most);
        }
        for (int64_t way = 0; way < count && most; way++) {
            int64_t *spelling = spellings + ends[told - 1], high = spelled(ways, most, size, way, spelling), m = 0;
            while (m < size && m < high && spelling[m] == spellings[m])
                m++;
            if (high && (high != size || m < size)) {
                ends[told] = ends[told - 1] + high;
                told++;
            }
        }
        outcome = vnocr_spread(scores + spot[BEGIN] * columns, spot[END] - spot[BEGIN], columns, floor, told, ends,
                               spellings, chances);
        counts[n] = told;
        spellings += ends[told - 1];
        ends += told;
        chances += told;
    }
    free(peaks);
    free(options);
    free(ways);
    return outcome;
}
