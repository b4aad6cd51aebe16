/* Look-ups among sorted keys, for the C parts that have tables of them. */
#ifndef VNOCR_KEYS_H
#define VNOCR_KEYS_H

#include <stdint.h>

/* The place of a key among sorted keys, or -1. */
static inline int64_t place_of(const uint64_t *keys, int64_t count, uint64_t key) {
    int64_t low = 0, high = count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && keys[low] == key ? low : -1;
}

#endif
