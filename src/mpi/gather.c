#include "gather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "moments/effective.h"
#include "moments/first.h"
#include "moments/majorant.h"
#include "moments/moment_errors.h"
#include "moments/second.h"
#include "problem/check.h"
#include "run/system.h"
#include "spectral/constants_bound.h"

/** A sum in the making: adds worker i, counted within the part; begin: whether it is worker 0. */
typedef struct sum {
  const ist_part *part;
  ist_sketch sketch;
  const double *A;               /**< L_bar, for the second moment; its scale, for the errors */
  ist_pairs_of_workers pairs;    /**< likewise */
  ist_second_majorant *majorant; /**< of the second moment, for its errors */
  double *M;                     /**< d*d entries, for the scaled sketch and the second moment */
  double *work;                  /**< d entries, for the second moment 2*d*d */
  void (*add)(const struct sum *m, size_t i, bool begin, double *state);
} sum;

/** All ranks: the sum over the first `distinct` workers, size numbers, into state on the server.
 *  Ranks that add to it need state, zero on the first, as work space. */
static void pass_on(ist_ranks *t, const sum *m, size_t distinct, double *state, size_t size) {
  const int first = ist_ranks_owner(t, 0), last = ist_ranks_owner(t, distinct - 1);
  const ist_part *part = m->part;
  if (t->rank > last)
    return;
  if (t->rank < first) {
    ist_receive(state, size, last);
    return;
  }
  if (t->rank > first)
    ist_receive(state, size, t->rank - 1);
  for (size_t i = 0; i < part->count && part->first + i < distinct; i++)
    m->add(m, i, part->first + i == 0, state);
  if (t->ranks > 1)
    ist_send(t, state, size, t->rank < last ? t->rank + 1 : 0);
}

static void add_L(const sum *m, size_t i, bool begin, double *state) {
  ist_effective_add_M(m->part->p.d, begin, ist_problem_L(&m->part->p, i), state);
}

static void add_M(const sum *m, size_t i, bool begin, double *state) {
  ist_effective_M(&m->part->p, m->sketch, i, m->M);
  ist_effective_add_M(m->part->p.d, begin, m->M, state);
}

static void add_b(const sum *m, size_t i, bool begin, double *state) {
  const size_t d = m->part->p.d;
  const double *b = ist_problem_b(&m->part->p, i);
  for (size_t j = 0; j < d; j++)
    state[j] = begin ? b[j] : state[j] + b[j];
}

static void add_u(const sum *m, size_t i, bool begin, double *state) {
  ist_effective_u(&m->part->p, m->sketch, i, m->work);
  ist_effective_add_u(m->part->p.d, begin, m->work, state);
}

/** state: the sum of M_i, then that of their terms. */
static void add_terms(const sum *m, size_t i, bool begin, double *state) {
  (void)begin;
  const size_t d = m->part->p.d;
  ist_effective_M(&m->part->p, m->sketch, i, m->M);
  ist_second_moment_add(&m->pairs, m->M, m->A, state, state + d * d, m->work);
}

static void add_absolute(const sum *m, size_t i, bool begin, double *state) {
  const size_t d = m->part->p.d;
  (void)begin;
  ist_absolute_add(d * d, ist_problem_L(&m->part->p, i), state);
}

static void add_majorant(const sum *m, size_t i, bool begin, double *state) {
  (void)begin;
  ist_second_majorant_add(m->majorant, ist_problem_L(&m->part->p, i), state);
}

/** state: a ist_mean_errors in one piece; A: S. */
static void add_errors(const sum *m, size_t i, bool begin, double *state) {
  const size_t d = m->part->p.d;
  ist_mean_errors errors = {state, state + d, state + 2 * d, state + 3 * d};
  (void)begin;
  ist_mean_errors_add(&errors, &m->part->p, m->sketch, i, m->part->first + i, m->A, m->work);
}

static void divide(double *v, size_t count, size_t n) {
  for (size_t j = 0; j < count && n > 1; j++)
    v[j] /= (double)n;
}

/** All ranks: L_bar, unless it is known already, b_bar, E[B], E[v] of c, which only the server has;
 *  state: d*d entries and no fewer than 2*d, on the server 2*d. */
static void gather_first(ist_ranks *t, sum *m, double *state, ist_constants *c) {
  const ist_problem *p = &m->part->p;
  const size_t d = p->d, matrices = p->L_stride != 0 ? p->n : 1, vectors = p->b_stride ? p->n : 1;
  const bool server = ist_is_server(t), same = m->sketch.kind != IST_SCALED_PERM;
  if (matrices == 1) {
    m->add = add_L;
    pass_on(t, m, matrices, server ? c->L_bar : state, d * d);
  }
  if (!same) {
    m->add = add_M;
    pass_on(t, m, matrices, server ? c->expected_B : state, d * d);
  }
  m->add = add_b;
  pass_on(t, m, vectors, server ? c->b_bar : state, d);
  m->add = add_u;
  pass_on(t, m, p->n, state, 2 * d);
  if (!server)
    return;
  divide(c->b_bar, d, vectors);
  if (same)
    memcpy(c->expected_B, c->L_bar, d * d * sizeof *c->L_bar);
  else
    divide(c->expected_B, d * d, matrices);
  ist_expected_B_from_mean(d, p->n, m->sketch, c->expected_B);
  ist_effective_conclude_u(d, p->n, state, c->expected_v);
  ist_expected_v_from_mean(d, p->n, m->sketch, c->expected_v);
}

/** All ranks: L_bar from the server to those that add to a sum over `distinct` workers. */
static void spread(ist_ranks *t, double *A, size_t size, size_t distinct) {
  const int last = ist_ranks_owner(t, distinct - 1);
  if (ist_is_server(t))
    for (int rank = 1; rank <= last; rank++)
      ist_send(t, A, size, rank);
  else if (t->rank <= last)
    ist_receive(A, size, 0);
}

/** All ranks: E[B L_bar B] where it is not E[B] L_bar E[B]; state: 2*d*d entries, A: d*d. */
static void gather_second(ist_ranks *t, sum *m, double *state, double *A, ist_constants *c) {
  const ist_problem *p = &m->part->p;
  const size_t d = p->d, distinct = p->L_stride != 0 ? p->n : 1;
  const bool server = ist_is_server(t);
  ist_second_moment_begin(d, p->n, distinct, m->sketch, &m->pairs);
  m->A = server ? c->L_bar : A;
  spread(t, server ? c->L_bar : A, d * d, distinct);
  memset(state, 0, 2 * d * d * sizeof *state);
  m->add = add_terms;
  pass_on(t, m, distinct, state, 2 * d * d);
  if (!server)
    return;
  memcpy(c->second_moment, state + d * d, d * d * sizeof *state);
  ist_second_moment_conclude(&m->pairs, c->L_bar, state, c->second_moment, m->work);
}

static ist_code no_memory(size_t d, ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory for the moments of dimension %zu", d);
}

/** All ranks, with memory for it: the moments, and on the server what follows from them. */
static ist_code gather(ist_ranks *t, sum *m, bool step, double *state, double *A, ist_constants *c,
                       ist_status *s) {
  const size_t d = m->part->p.d;
  const bool fixed = ist_fixed_B(d, m->sketch);
  gather_first(t, m, state, c);
  if (step && !fixed)
    gather_second(t, m, state, A, c);
  ist_code code = IST_OK;
  if (ist_is_server(t)) {
    if (step && fixed && !ist_second_moment_fixed(d, c->expected_B, c->L_bar, c->second_moment))
      code = no_memory(d, s);
    if (code == IST_OK)
      code = ist_constants_derive(c, s);
  }
  return ist_agree(t, code, s);
}

ist_code ist_gather_mean(ist_ranks *t, ist_part *part, const char *path, ist_status *s) {
  const size_t d = part->p.d, n = part->p.n;
  if (part->p.L_stride == 0)
    return IST_OK;
  ist_code code = IST_OK;
  double *state = ist_memory_doubles(1, d, d);
  if (state == NULL)
    code = ist_fail(s, IST_MACHINE, "%s: d = %zu, n = %zu does not fit in memory", path, d, n);
  code = ist_agree(t, code, s);
  if (code == IST_OK) {
    const sum m = {.part = part, .add = add_L};
    pass_on(t, &m, n, state, d * d);
    if (ist_is_server(t)) {
      divide(state, d * d, n);
      code = ist_check_mean(state, d, n, path, s);
    }
    code = ist_agree(t, code, s);
  }
  if (code == IST_OK && ist_is_server(t))
    part->mean = state;
  else
    free(state);
  return code;
}

/** Work space of one rank. */
typedef struct {
  double *M, *work, *state, *A;
} space;

static void close_space(space *w) {
  free(w->M);
  free(w->work);
  free(w->state);
  free(w->A);
}

static ist_code open_space(const ist_ranks *t, size_t d, ist_sketch sketch, bool step, space *w,
                           ist_status *s) {
  const bool server = ist_is_server(t), alone = t->ranks == 1;
  const size_t copies = step || sketch.kind == IST_SCALED_PERM ? 1 : 0;
  const size_t rows = (step ? 2 * d : server && !alone ? 0 : d) + 2;
  w->M = ist_memory_doubles(copies, d, d);
  w->work = ist_memory_doubles(1, step ? 2 * d : 1, d);
  w->state = ist_memory_doubles(1, rows, d);
  w->A = ist_memory_doubles(step && !server ? 1 : 0, d, d);
  if (w->M != NULL && w->work != NULL && w->state != NULL && w->A != NULL)
    return IST_OK;
  return no_memory(d, s);
}

/** The server: c with the mean that it has of several L_i. */
static ist_code reserve(ist_part *part, ist_sketch sketch, bool step, ist_constants *c,
                        ist_status *s) {
  if (ist_constants_reserve(c, part->p.d, part->p.n, sketch, step, s) != IST_OK)
    return s->code;
  c->homogeneous = part->p.homogeneous;
  if (part->mean != NULL) {
    free(c->L_bar);
    c->L_bar = part->mean;
    part->mean = NULL;
  }
  return IST_OK;
}

ist_code ist_gather_constants(ist_ranks *t, ist_part *part, ist_sketch sketch, bool step,
                              ist_constants *c, ist_status *s) {
  const size_t d = part->p.d;
  space w;
  *c = (ist_constants){0};
  ist_code code = open_space(t, d, sketch, step, &w, s);
  if (code == IST_OK && ist_is_server(t))
    code = reserve(part, sketch, step, c, s);
  code = ist_agree(t, code, s);
  if (code == IST_OK) {
    sum m = {.part = part, .sketch = sketch, .M = w.M, .work = w.work};
    code = gather(t, &m, step, w.state, w.A, c, s);
  }
  close_space(&w);
  if (code != IST_OK)
    ist_constants_free(c);
  return code;
}

/** All ranks: a majorant of E[B L_bar B] into state (d*d, zero at first) on the server, where sum
 *  is the sum of |L_i|; A: the mean of them, spread from the server. */
static ist_code gather_majorant(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                size_t distinct, double *A, double *sum_L, double *state,
                                ist_status *s) {
  const size_t d = part->p.d;
  ist_second_majorant w;
  const sum m = {.part = part, .majorant = &w, .add = add_majorant};
  spread(t, A, d * d, distinct);
  ist_code code = IST_OK;
  if (!ist_second_majorant_open(d, part->p.n, distinct, sketch, A, &w))
    code = no_memory(d, s);
  code = ist_agree(t, code, s);
  if (code == IST_OK) {
    pass_on(t, &m, distinct, state, d * d);
    if (ist_is_server(t))
      ist_second_majorant_conclude(&w, sum_L, state);
  }
  ist_second_majorant_close(&w);
  return code;
}

/** All ranks, with memory for it: e->L_abs and, unless B is the same in every round, e->second;
 *  sum_L: d*d entries. */
static ist_code gather_matrix_errors(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                     double *sum_L, ist_moment_errors *e, ist_status *s) {
  const size_t d = part->p.d, n = part->p.n, distinct = part->p.L_stride != 0 ? n : 1;
  const sum m = {.part = part, .add = add_absolute};
  pass_on(t, &m, distinct, e->L_abs, d * d);
  if (ist_is_server(t)) {
    memcpy(sum_L, e->L_abs, d * d * sizeof *sum_L);
    ist_matrix_errors_begin(n, distinct, sketch, e);
  }
  if (ist_fixed_B(d, sketch))
    return IST_OK;
  const ist_code code = gather_majorant(t, part, sketch, distinct, e->L_abs, sum_L, e->second, s);
  if (code == IST_OK && ist_is_server(t))
    ist_matrix_errors_conclude(distinct, e);
  return code;
}

ist_code ist_gather_theta_upper(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                const ist_constants *c, double *upper, ist_status *s) {
  const size_t d = part->p.d;
  ist_moment_errors e = {0};
  double *sum_L = ist_memory_doubles(ist_is_server(t) ? 1 : 0, d, d);
  ist_code code = IST_OK;
  if (sum_L == NULL || !ist_matrix_errors_reserve(d, &e))
    code = no_memory(d, s);
  code = ist_agree(t, code, s);
  if (code == IST_OK)
    code = gather_matrix_errors(t, part, sketch, sum_L, &e, s);
  *upper = code == IST_OK && ist_is_server(t) ? ist_theta_upper_from(&e, c) : INFINITY;
  ist_moment_errors_free(&e);
  free(sum_L);
  return code;
}

/** All ranks, with memory for it: m on the server, from part to part. S: d entries, S of L_bar on
 *  the server; work: likewise. */
static void pass_errors(ist_ranks *t, const ist_part *part, ist_sketch sketch, double *S,
                        double *work, ist_mean_errors *m) {
  const size_t d = part->p.d;
  const sum x = {.part = part, .sketch = sketch, .A = S, .work = work, .add = add_errors};
  spread(t, S, d, part->p.n);
  pass_on(t, &x, part->p.n, m->L, 4 * d);
  if (ist_is_server(t))
    ist_mean_errors_conclude(m, &part->p, sketch);
}

ist_code ist_gather_mean_errors(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                const ist_constants *c, ist_mean_errors *m, ist_status *s) {
  const size_t d = part->p.d;
  double *S = ist_memory_doubles(2, d, 1);
  *m = (ist_mean_errors){0};
  ist_code code = S != NULL ? ist_mean_errors_open(m, d, s) : no_memory(d, s);
  code = ist_agree(t, code, s);
  if (code == IST_OK) {
    if (ist_is_server(t))
      ist_system_scale(c->L_bar, d, S);
    pass_errors(t, part, sketch, S, S + d, m);
  }
  free(S);
  if (code != IST_OK || !ist_is_server(t)) {
    free(m->L);
    *m = (ist_mean_errors){0};
  }
  return code;
}

/** The checksums of one rank's matrices and vectors. */
typedef struct {
  ist_fingerprint L, b;
} checksums;

static checksums check_part(const ist_part *part) {
  const ist_problem *p = &part->p;
  checksums sums = {0};
  if (p->L_stride != 0 || part->first == 0)
    sums.L = ist_fingerprint_of(p->L, ist_part_L_count(part) * p->d * p->d);
  if (p->b_stride != 0 || part->first == 0)
    sums.b = ist_fingerprint_of(p->b, ist_part_b_count(part) * p->d);
  return sums;
}

ist_fingerprint ist_gather_fingerprint(ist_ranks *t, const ist_part *part) {
  checksums own = part->count > 0 ? check_part(part) : (checksums){0}, all = {0};
  for (int rank = 0; rank < t->ranks; rank++) {
    checksums next = own;
    ist_share(t, &next, sizeof next, rank);
    all.L = ist_fingerprint_join(all.L, next.L);
    all.b = ist_fingerprint_join(all.b, next.b);
  }
  return ist_fingerprint_join(all.L, all.b);
}
