/* The chance of a spelling over the slices of a word: the reckoning of log_chances in sources/engine/likely.py. */
#include "spread.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const double SMALL = 1e-120;

/* One spelling: column 0 stands for no letter, which may lie before, between and behind its letters. "held" has room
 * for twice its letters and one. A way may leave out the blank between two letters that differ. */
static double chance_of(const double *chances, int64_t slices, int64_t columns, const int64_t *letters, int64_t count,
                        double *held) {
    int64_t states = 2 * count + 1;
    double told = 0;
    for (int64_t n = 0; n < states; n++)
        held[n] = 0;
    held[0] = chances[0];
    if (count)
        held[1] = chances[letters[0]];
    for (int64_t slice = 1; slice < slices; slice++) {
        const double *here = chances + slice * columns;
        double most = 0;
        /* From the last state on, so that what was held before this slice is still there. */
        for (int64_t n = states - 1; n >= 0; n--) {
            double reached = held[n] + (n ? held[n - 1] : 0);
            if (n & 1) {
                int64_t letter = letters[n / 2];
                if (n > 1 && letter != letters[n / 2 - 1])
                    reached += held[n - 2];
                reached *= here[letter];
            } else
                reached *= here[0];
            held[n] = reached;
            most = reached > most ? reached : most;
        }
        if (most < SMALL && most > 0) {
            for (int64_t n = 0; n < states; n++)
                held[n] /= most;
            told += log(most);
        }
    }
    double whole = held[states - 1] + (states > 1 ? held[states - 2] : 0);
    return whole > 0 ? log(whole) + told : -1e300;
}

/* Tell the log-chance of every spelling; "scores" are log-chances by slice and column, none below "floor" counted;
 * "ends" are where each of so many spellings ends among the letters. Answer 0, or -1 where there is no memory. */
int64_t vnocr_spread(const float *scores, int64_t slices, int64_t columns, double floor, int64_t count,
                     const int64_t *ends, const int64_t *letters, double *found) {
    int64_t longest = 0, known = 1;
    for (int64_t n = 0; n < count; n++) {
        int64_t size = ends[n] - (n ? ends[n - 1] : 0);
        longest = size > longest ? size : longest;
    }
    int64_t total = count ? ends[count - 1] : 0;
    int64_t *place = calloc((size_t)columns, sizeof(int64_t));
    int64_t *used = malloc(sizeof(int64_t) * (size_t)(columns + 1));
    int64_t *spelled = malloc(sizeof(int64_t) * (size_t)(total + 1));
    double *held = malloc(sizeof(double) * (size_t)(2 * longest + 1));
    double *chances = 0;
    if (place && used && spelled && held) {
        /* Only the columns that a spelling names are reckoned with, each of them once. */
        used[0] = 0;
        for (int64_t n = 0; n < total; n++) {
            int64_t column = letters[n];
            if (column && !place[column]) {
                place[column] = known;
                used[known++] = column;
            }
            spelled[n] = place[column];
        }
        chances = malloc(sizeof(double) * (size_t)(slices * known + 1));
    }
    if (chances) {
        for (int64_t slice = 0; slice < slices; slice++)
            for (int64_t n = 0; n < known; n++) {
                double score = scores[slice * columns + used[n]];
                chances[slice * known + n] = exp(score > floor ? score : floor);
            }
        for (int64_t n = 0; n < count; n++) {
            int64_t begin = n ? ends[n - 1] : 0;
            found[n] = chance_of(chances, slices, known, spelled + begin, ends[n] - begin, held);
        }
    }
    int64_t outcome = chances ? 0 : -1;
    free(place);
    free(used);
    free(spelled);
    free(held);
    free(chances);
    return outcome;
}
