/* Words whose place another word, for which it may be a slip, fills better: the reckoning of repair/rivals.py. */
#include "ngrams.h"

enum { PAD = ORDER - 1 };

/* Whether a word that scores ``total`` in its place, with the PAD words behind it, scores more than ``limit``; no more
 * words are looked up than it takes to tell. */
static int exceeds(const ngrams *model, uint64_t context, const int64_t *words, float total, float limit) {
    for (int ahead = 0; ahead < PAD && total > limit; ahead++) {
        float backoffs[ORDER - 1];
        ngrams_backoffs(model, context, backoffs);
        total += ngrams_rough(model, context, (uint64_t)words[ahead], backoffs);
        context = extended(context, (uint64_t)words[ahead]);
    }
    return total > limit;
}

/* For each word after the first PAD of ``words`` (which are followed by PAD more) whether one of its ``most`` rivals,
 * ended by -1, outdoes it: its chance to be read so and the weighted gain of the words there are more than ``least``.
 * ``scores`` are those of the words as they stand. */
void vnocr_rivalled(const ngrams *model, int64_t count, const int64_t *words, const float *scores, int64_t most,
                    const int32_t *rivals, const float *chances, float weight, float least, uint8_t *out) {
    uint64_t context = 0;
    for (int n = 0; n < PAD; n++)
        context = extended(context, (uint64_t)words[n]);
    for (int64_t n = 0; n < count; n++) {
        const int64_t *at = words + PAD + n;
        const int32_t *rival = rivals + at[0] * most;
        const float *chance = chances + at[0] * most;
        if (n + 1 < count)
            for (int64_t r = 0; r < most && rivals[at[1] * most + r] >= 0; r++)
                ngrams_prefetch_pair(model, (uint64_t)at[0], (uint64_t)rivals[at[1] * most + r]);
        float backoffs[ORDER - 1], own = scores[n];
        for (int ahead = 1; ahead <= PAD; ahead++)
            own += n + ahead < count ? scores[n + ahead] : 0.0f;
        ngrams_backoffs(model, context, backoffs);
        out[n] = 0;
        for (int64_t r = 0; r < most && rival[r] >= 0 && !out[n]; r++) {
            float limit = own + (least - chance[r]) / weight;
            if (limit >= 0)
                continue;
            float here = ngrams_rough(model, context, (uint64_t)rival[r], backoffs);
            out[n] = exceeds(model, extended(context, (uint64_t)rival[r]), at + 1, here, limit);
        }
        context = extended(context, (uint64_t)at[0]);
    }
}
