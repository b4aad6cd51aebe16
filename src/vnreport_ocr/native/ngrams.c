/* Log-probabilities of word sequences; see language/ngrams.py for the layout of the table. */
#include "ngrams.h"

static const float PROBABILITY_STEP = 1.0f / 8;
static const float BACKOFF_STEP = 1.0f / 7;
static const float BACKOFF_TOP = 2.0f;

static inline uint64_t mixed(uint64_t key, int order) {
    uint64_t h = key + (uint64_t)order * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
    return h ^ (h >> 31);
}

static inline const uint32_t *bucket_of(const ngrams *model, uint64_t hash) {
    return model->buckets + SLOTS * (((hash & UINT64_C(0xFFFFFFFF)) * model->bucket_count) >> 32);
}

/* The entry of a sequence; 0 where there is none. */
static inline uint32_t find(const ngrams *model, uint64_t key, int order) {
    uint64_t hash = mixed(key, order);
    const uint32_t *slots = bucket_of(model, hash);
    uint32_t fingerprint = (uint32_t)(hash >> (64 - FINGERPRINT_BITS));
    uint32_t found = 0;
    if (fingerprint == 0)
        fingerprint = 1;
    for (int n = 0; n < SLOTS; n++)
        found += (slots[n] >> (32 - FINGERPRINT_BITS)) == fingerprint ? slots[n] : 0;
    return found;
}

/* The table is far larger than the caches: many look-ups are announced before the first is made. */
void ngrams_prefetch(const ngrams *model, uint64_t context, uint64_t word) {
#if defined(__GNUC__) || defined(__clang__)
    uint64_t key = (context << WORD_BITS) | word;
    for (int order = ORDER; order > 1; order--)
        __builtin_prefetch(bucket_of(model, mixed(keep_words(key, order), order)));
#endif
}

void ngrams_prefetch_pair(const ngrams *model, uint64_t first, uint64_t second) {
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch(bucket_of(model, mixed(first << WORD_BITS | second, 2)));
#endif
}

float ngrams_rough(const ngrams *model, uint64_t context, uint64_t word, const float backoffs[ORDER - 1]) {
    if (!find(model, keep_words((context << WORD_BITS) | word, 2), 2))
        return model->probability[word] + backoffs[ORDER - 2];
    return ngrams_score(model, context, word, backoffs);
}

void ngrams_backoffs(const ngrams *model, uint64_t context, float out[ORDER - 1]) {
    float sum = 0;
    for (int order = ORDER - 1; order > 1; order--) {
        uint32_t entry = find(model, keep_words(context, order), order);
        sum += entry ? (float)(entry & BACKOFF_MASK) * -BACKOFF_STEP + BACKOFF_TOP : 0.0f;
        out[ORDER - 1 - order] = sum;
    }
    out[ORDER - 2] = sum + model->backoff[context & WORD_MASK];
}

float ngrams_score(const ngrams *model, uint64_t context, uint64_t word, const float backoffs[ORDER - 1]) {
    uint64_t key = (context << WORD_BITS) | word;
    for (int order = ORDER; order > 1; order--) {
        uint32_t entry = find(model, keep_words(key, order), order);
        if (entry) {
            float value = (float)((entry >> BACKOFF_BITS) & PROBABILITY_MASK) * -PROBABILITY_STEP;
            return order == ORDER ? value : value + backoffs[ORDER - 1 - order];
        }
    }
    return model->probability[word] + backoffs[ORDER - 2];
}

enum { AHEAD = 8 };

/* For many contexts at once. */
void vnocr_backoffs(const ngrams *model, int64_t count, const uint64_t *contexts, float *out) {
    for (int64_t n = 0; n < count; n++) {
        if (n + AHEAD < count)
            ngrams_prefetch(model, contexts[n + AHEAD] >> WORD_BITS, contexts[n + AHEAD] & WORD_MASK);
        ngrams_backoffs(model, contexts[n], out + n * (ORDER - 1));
    }
}

void vnocr_scores(const ngrams *model, int64_t count, const uint64_t *contexts, const int64_t *words,
                  const float *backoffs, float *out) {
    for (int64_t n = 0; n < count; n++) {
        if (n + AHEAD < count)
            ngrams_prefetch(model, contexts[n + AHEAD], (uint64_t)words[n + AHEAD]);
        out[n] = ngrams_score(model, contexts[n], (uint64_t)words[n], backoffs + n * (ORDER - 1));
    }
}
