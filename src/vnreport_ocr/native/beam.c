/* The beam search of repair/decode.py over one sentence after another. */
#include <stdlib.h>
#include <string.h>

#include "ngrams.h"

static const float NOTHING = -1e9f;

/* How many hypotheses are kept at a place and how far behind the best, and which edges are tried after them. */
typedef struct {
    int64_t most;
    float reach, hopeless;
} beam_bounds;

typedef struct {
    const int64_t *start, *end, *first, *second;
    const float *score;
} edge_table;

typedef struct {
    float score;
    uint64_t context;
    float backoff[ORDER - 1];
    int64_t edge;
    int32_t rank;
} hypothesis;

typedef struct {
    float total;
    uint64_t context;
    int64_t edge;
    int32_t rank;
} trial;

typedef struct {
    const ngrams *model;
    const edge_table *edges;
    float weight;
    beam_bounds beam;
    hypothesis *beams; /* ``beam.most`` for each place */
    int *alive;        /* how many of them, for each place */
    int64_t *here;     /* the edges that end at a place, then those that are not hopeless */
    float *value;      /* what they are worth after the best hypothesis */
    trial *crowd;      /* the best that end at a place, of which some share a context */
    int64_t most_crowded;
} search;

static hypothesis *at_place(const search *s, int64_t place) { return s->beams + s->beam.most * place; }

/* Keep the edges that are not hopeless after the best hypothesis, so that the others need not try them; those of two
 * words are all kept, since only the first is looked at. */
static int64_t promising(search *s, int64_t count) {
    const edge_table *e = s->edges;
    float best = NOTHING;
    int64_t kept = 0;
    for (int64_t n = 0; n < count; n++)
        if (s->alive[e->start[s->here[n]]])
            s->here[kept++] = s->here[n];
    count = kept;
    for (int64_t n = 0; n < count; n++) {
        int64_t edge = s->here[n];
        ngrams_prefetch(s->model, at_place(s, e->start[edge])->context, (uint64_t)e->first[edge]);
    }
    for (int64_t n = 0; n < count; n++) {
        int64_t edge = s->here[n];
        const hypothesis *top = at_place(s, e->start[edge]);
        float after = ngrams_score(s->model, top->context, (uint64_t)e->first[edge], top->backoff);
        s->value[n] = top->score + e->score[edge] + s->weight * after;
        if (s->value[n] > best && e->second[edge] < 0)
            best = s->value[n];
    }
    kept = 0;
    for (int64_t n = 0; n < count; n++)
        if (s->value[n] > best - s->beam.hopeless || e->second[s->here[n]] >= 0)
            s->here[kept++] = s->here[n];
    return kept;
}

/* Put a trial among the best so far, best first; equals stay in the order in which they came. */
static void admit(search *s, int64_t *size, trial one) {
    trial *crowd = s->crowd;
    int64_t place = *size;
    if (place == s->most_crowded) {
        if (one.total <= crowd[place - 1].total)
            return;
        place--;
    } else {
        ++*size;
    }
    while (place > 0 && crowd[place - 1].total < one.total) {
        crowd[place] = crowd[place - 1];
        place--;
    }
    crowd[place] = one;
}

static trial tried(const search *s, const hypothesis *from, int64_t edge, int32_t rank) {
    const edge_table *e = s->edges;
    uint64_t word = (uint64_t)e->first[edge];
    trial one = {0, extended(from->context, word), edge, rank};
    one.total = from->score + e->score[edge] + s->weight * ngrams_score(s->model, from->context, word, from->backoff);
    if (e->second[edge] >= 0) {
        float backoff[ORDER - 1];
        word = (uint64_t)e->second[edge];
        ngrams_backoffs(s->model, one.context, backoff);
        one.total += s->weight * ngrams_score(s->model, one.context, word, backoff);
        one.context = extended(one.context, word);
    }
    return one;
}

/* Extend the hypotheses by the edges that end at one place; keep the best with different contexts. */
static void advance(search *s, int64_t place, int64_t count) {
    const edge_table *e = s->edges;
    const trial *crowd = s->crowd;
    int64_t size = 0;
    count = promising(s, count);
    for (int64_t n = 0; n < count; n++) {
        int64_t edge = s->here[n];
        for (int rank = 0; rank < s->alive[e->start[edge]]; rank++)
            ngrams_prefetch(s->model, at_place(s, e->start[edge])[rank].context, (uint64_t)e->first[edge]);
    }
    for (int64_t n = 0; n < count; n++) {
        int64_t edge = s->here[n];
        for (int rank = 0; rank < s->alive[e->start[edge]]; rank++)
            admit(s, &size, tried(s, at_place(s, e->start[edge]) + rank, edge, rank));
    }
    hypothesis *kept = at_place(s, place);
    int alive = 0;
    for (int64_t n = 0; n < size && alive < s->beam.most && crowd[n].total > crowd[0].total - s->beam.reach; n++) {
        int known = 0;
        while (known < alive && kept[known].context != crowd[n].context)
            known++;
        if (known < alive)
            continue;
        kept[alive].score = crowd[n].total;
        kept[alive].context = crowd[n].context;
        kept[alive].edge = crowd[n].edge;
        kept[alive].rank = crowd[n].rank;
        alive++;
    }
    for (int n = 0; n < alive; n++)
        ngrams_backoffs(s->model, kept[n].context, kept[n].backoff);
    s->alive[place] = alive;
}

/* The edges of the best path, in order; their number. */
static int64_t traced(const search *s, int64_t length, int64_t *path) {
    int64_t size = 0, place = length;
    int32_t rank = 0;
    while (place > 0) {
        const hypothesis *at = at_place(s, place) + rank;
        path[size++] = at->edge;
        rank = at->rank;
        place = s->edges->start[at->edge];
    }
    for (int64_t low = 0, high = size - 1; low < high; low++, high--) {
        int64_t swapped = path[low];
        path[low] = path[high];
        path[high] = swapped;
    }
    return size;
}

/* ``by_end`` holds the edges of all sentences, each sentence's from bounds[n] on, in the order of where they end.
 * Writes the paths one behind the other and their sizes; returns 0, or -1 where memory is short, or -2 - n where
 * no path reaches the end of sentence n. */
int64_t vnocr_decode(const ngrams *model, const edge_table *edges, int64_t sentences, const int64_t *lengths,
                     const int64_t *bounds, const int64_t *by_end, float weight, const beam_bounds *beam,
                     uint64_t opening, int64_t *path, int64_t *sizes) {
    int64_t longest = 0, most = 1, outcome = 0;
    for (int64_t n = 0; n < sentences; n++) {
        longest = lengths[n] > longest ? lengths[n] : longest;
        most = bounds[n + 1] - bounds[n] > most ? bounds[n + 1] - bounds[n] : most;
    }
    search s = {model, edges, weight, *beam, NULL, NULL, NULL, NULL, NULL, 3 * beam->most};
    s.beams = malloc(sizeof(hypothesis) * (size_t)beam->most * (size_t)(longest + 1));
    s.alive = malloc(sizeof(int) * (size_t)(longest + 1));
    s.here = malloc(sizeof(int64_t) * (size_t)most);
    s.value = malloc(sizeof(float) * (size_t)most);
    s.crowd = malloc(sizeof(trial) * (size_t)s.most_crowded);
    if (!s.beams || !s.alive || !s.here || !s.value || !s.crowd)
        outcome = -1;
    for (int64_t n = 0; n < sentences && outcome == 0; n++) {
        memset(s.alive, 0, sizeof(int) * (size_t)(longest + 1));
        s.alive[0] = 1;
        s.beams[0].score = 0;
        s.beams[0].context = opening;
        ngrams_backoffs(model, opening, s.beams[0].backoff);
        for (int64_t at = bounds[n]; at < bounds[n + 1];) {
            int64_t place = edges->end[by_end[at]], count = 0;
            while (at < bounds[n + 1] && edges->end[by_end[at]] == place)
                s.here[count++] = by_end[at++];
            advance(&s, place, count);
        }
        if (!s.alive[lengths[n]]) {
            outcome = -2 - n;
            break;
        }
        sizes[n] = traced(&s, lengths[n], path);
        path += sizes[n];
    }
    free(s.beams);
    free(s.alive);
    free(s.here);
    free(s.value);
    free(s.crowd);
    return outcome;
}
