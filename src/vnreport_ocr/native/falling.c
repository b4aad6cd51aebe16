/* How sharp the rows of a page are at an angle: the reckoning of sources/picture/measuring.py. */
#include <stdint.h>
#include <stdlib.h>

/* Count the points in each row, rows falling by a tangent, and tell how unevenly they are spread: 1 is evenly. Answer
 * below 0 where there is no memory. */
double vnocr_sharpness(const float *along, const float *across, int64_t points, float tangent) {
    float least = across[0] - along[0] * tangent, most = least;
    for (int64_t n = 1; n < points; n++) {
        float moved = across[n] - along[n] * tangent;
        least = moved < least ? moved : least;
        most = moved > most ? moved : most;
    }
    int64_t rows = (int64_t)(most - least) + 1;
    int32_t *counts = calloc((size_t)rows, sizeof(int32_t));
    if (!counts)
        return -1;
    for (int64_t n = 0; n < points; n++) {
        float moved = across[n] - along[n] * tangent;
        counts[(int32_t)(moved - least)]++;
    }
    double squares = 0;
    for (int64_t n = 0; n < rows; n++)
        squares += (double)counts[n] * counts[n];
    free(counts);
    double mean = (double)points / (double)rows;
    return squares / (double)rows / (mean * mean);
}
