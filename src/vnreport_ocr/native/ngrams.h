/* The n-gram table as the C parts see it. The same reckoning as language/ngrams.py, in the same order. */
#ifndef VNOCR_NGRAMS_H
#define VNOCR_NGRAMS_H

#include <stdint.h>

enum { ORDER = 4, WORD_BITS = 14, SLOTS = 8 };

/* An entry: its fingerprint, its probability and its backoff, from the highest bit down. */
enum { PROBABILITY_BITS = 7, BACKOFF_BITS = 6, FINGERPRINT_BITS = 32 - PROBABILITY_BITS - BACKOFF_BITS };

#define PROBABILITY_MASK ((UINT32_C(1) << PROBABILITY_BITS) - 1)
#define BACKOFF_MASK ((UINT32_C(1) << BACKOFF_BITS) - 1)

#define WORD_MASK ((UINT64_C(1) << WORD_BITS) - 1)
#define CONTEXT_MASK ((UINT64_C(1) << (WORD_BITS * (ORDER - 1))) - 1)

typedef struct {
    const float *probability; /* by word */
    const float *backoff;     /* by word */
    const uint32_t *buckets;  /* SLOTS entries each */
    uint64_t bucket_count;
} ngrams;

static inline uint64_t keep_words(uint64_t key, int words) {
    return key & ((UINT64_C(1) << (WORD_BITS * words)) - 1);
}

static inline uint64_t extended(uint64_t context, uint64_t word) {
    return ((context << WORD_BITS) | word) & CONTEXT_MASK;
}

void ngrams_prefetch(const ngrams *model, uint64_t context, uint64_t word);
void ngrams_backoffs(const ngrams *model, uint64_t context, float out[ORDER - 1]);
float ngrams_score(const ngrams *model, uint64_t context, uint64_t word, const float backoffs[ORDER - 1]);

/* The same where two words that never follow one another are taken to do so in no longer sequence either. */
float ngrams_rough(const ngrams *model, uint64_t context, uint64_t word, const float backoffs[ORDER - 1]);
void ngrams_prefetch_pair(const ngrams *model, uint64_t first, uint64_t second);

#endif
