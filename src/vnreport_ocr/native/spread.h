#ifndef VNOCR_SPREAD_H
#define VNOCR_SPREAD_H
#include <stdint.h>

int64_t vnocr_spread(const float *scores, int64_t slices, int64_t columns, double floor, int64_t count,
                     const int64_t *ends, const int64_t *letters, double *found);

#endif
