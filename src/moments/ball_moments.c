#include "ball_moments.h"

#include <flint/fmpq.h>
#include <flint/fmpq_vec.h>

#include "../problem/memory.h"
#include "effective.h"
#include "weights.h"

/** Matrices alive at the same time: three results, four of work, and what a product needs. */
#define MATRICES_ALIVE 12

bool ist_ball_moments_fit(size_t d, slong precision) {
  const size_t words = sizeof(arb_struct) / sizeof(double) + (size_t)precision / 64 + 2;
  return ist_memory_fits(MATRICES_ALIVE * words, d, d);
}

/* x = a/b. */
static void set_ratio(fmpq_t x, size_t a, size_t b) { fmpq_set_ui(x, a, b); }

/* q^(k) / (d-j)^(k), as a rational; 0 if its numerator is. */
static void falling_ratio(fmpq_t x, size_t q, size_t k, size_t d, size_t j) {
  fmpq_t factor;
  fmpq_init(factor);
  fmpq_one(x);
  for (size_t i = 0; i < k && i < q; i++) {
    set_ratio(factor, q - i, d - j - i);
    fmpq_mul(x, x, factor);
  }
  if (k > q)
    fmpq_zero(x);
  fmpq_clear(factor);
}

/* r_jk; 0 without another worker. */
static void other_worker(fmpq_t x, size_t d, size_t n, ist_sketch sk, size_t j, size_t k) {
  fmpq_t second;
  fmpq_zero(x);
  if (n == 1)
    return;
  falling_ratio(x, sk.q, j, d, 0);
  if (fmpq_is_zero(x))
    return;
  fmpq_init(second);
  falling_ratio(second, sk.q, k, d, ist_disjoint_blocks(sk) ? j : 0);
  fmpq_mul(x, x, second);
  fmpq_clear(second);
}

/* x += coefficient * w. */
static void add_multiple(fmpq_t x, int coefficient, const fmpq_t w) {
  fmpq_t term;
  fmpq_init(term);
  fmpq_mul_si(term, w, coefficient);
  fmpq_add(x, x, term);
  fmpq_clear(term);
}

/* The weights kappa_s - kappa_d, times copies, of the terms of one M_i, and kappa_d, those of sum
 * M_i: exact, so that a weight that vanishes is zero. */
static void exact_weights(size_t d, size_t n, ist_sketch sk, size_t copies, fmpq *same,
                          fmpq *other) {
  fmpq_t w[7];
  for (size_t k = 0; k < 7; k++)
    fmpq_init(w[k]);
  for (size_t k = 1; k <= 4; k++)
    falling_ratio(w[k - 1], sk.q, k, d, 0);
  other_worker(w[4], d, n, sk, 1, 1);
  other_worker(w[5], d, n, sk, 1, 2);
  other_worker(w[6], d, n, sk, 2, 2);
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
    const ist_quadratic_coefficients row = ist_quadratic_row(sk, (ist_quadratic_term)t);
    for (size_t k = 0; k < 4; k++)
      add_multiple(same + t, row.same[k], w[k]);
    for (size_t k = 0; k < 3; k++)
      add_multiple(other + t, row.other[k], w[4 + k]);
    fmpq_sub(same + t, same + t, other + t);
    fmpq_mul_si(same + t, same + t, (slong)copies);
  }
  for (size_t k = 0; k < 7; k++)
    fmpq_clear(w[k]);
}

/* M_i of the sketch table; under the scaled sketch its diagonal is exactly 1. */
static void effective_M(const ist_problem *p, ist_sketch sk, size_t i, arb_mat_t M, slong prec) {
  const slong d = (slong)p->d;
  const double *L = ist_problem_L(p, i);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      arb_set_d(arb_mat_entry(M, j, k), L[j * d + k]);
  if (sk.kind != IST_SCALED_PERM)
    return;
  arb_ptr root = _arb_vec_init(d);
  for (slong j = 0; j < d; j++)
    arb_rsqrt(root + j, arb_mat_entry(M, j, j), prec);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++) {
      arb_ptr entry = arb_mat_entry(M, j, k);
      arb_mul(entry, entry, root + j, prec);
      arb_mul(entry, entry, root + k, prec);
      if (j == k)
        arb_one(entry);
    }
  _arb_vec_clear(root, d);
}

/* out += copies * M, exactly if no rounding is needed within prec. */
static void accumulate(arb_mat_t out, const arb_mat_t M, size_t copies, slong prec) {
  const slong d = arb_mat_nrows(M);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      arb_addmul_ui(arb_mat_entry(out, j, k), arb_mat_entry(M, j, k), copies, prec);
}

/* What the 15-term sum is taken with: A, weights, and d x d work space. */
typedef struct {
  slong d, prec;
  const arb_mat_struct *A;
  arb_struct kappa[IST_QUADRATIC_TERMS];
  arb_mat_t MA, left;
  arb_ptr row, column; /* d */
} terms;

static void terms_init(terms *t, const arb_mat_t A, slong prec) {
  t->d = arb_mat_nrows(A);
  t->prec = prec;
  t->A = A;
  for (size_t k = 0; k < IST_QUADRATIC_TERMS; k++)
    arb_init(&t->kappa[k]);
  arb_mat_init(t->MA, t->d, t->d);
  arb_mat_init(t->left, t->d, t->d);
  t->row = _arb_vec_init(t->d);
  t->column = _arb_vec_init(t->d);
}

static void terms_clear(terms *t) {
  for (size_t k = 0; k < IST_QUADRATIC_TERMS; k++)
    arb_clear(&t->kappa[k]);
  arb_mat_clear(t->MA);
  arb_mat_clear(t->left);
  _arb_vec_clear(t->row, t->d);
  _arb_vec_clear(t->column, t->d);
}

static bool any_weight(const terms *t, const ist_quadratic_term *list, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (!arb_is_zero(&t->kappa[list[k]]))
      return true;
  return false;
}

/* out += kappa_none M A M + kappa_ce M D_A M, as one product. */
static void full_products(terms *t, const arb_mat_t M, arb_mat_t out) {
  const slong d = t->d, prec = t->prec;
  arb_t x;
  arb_init(x);
  for (slong c = 0; c < d; c++) {
    arb_mul(x, &t->kappa[IST_CE], arb_mat_entry(t->A, c, c), prec);
    for (slong a = 0; a < d; a++) {
      arb_mul(arb_mat_entry(t->left, a, c), x, arb_mat_entry(M, a, c), prec);
      arb_addmul(arb_mat_entry(t->left, a, c), &t->kappa[IST_NONE], arb_mat_entry(t->MA, a, c),
                 prec);
    }
  }
  arb_clear(x);
  arb_mat_mul(t->left, t->left, M, prec);
  arb_mat_add(out, out, t->left, prec);
}

/* row_a = kappa_ae MA_aa + kappa_ace m_a A_aa and column_b = kappa_cb MA_bb + kappa_ceb m_b A_bb,
 * the factors of M_ab. */
static void factors(terms *t, const arb_mat_t M) {
  arb_t mA;
  arb_init(mA);
  for (slong a = 0; a < t->d; a++) {
    arb_mul(mA, arb_mat_entry(M, a, a), arb_mat_entry(t->A, a, a), t->prec);
    arb_mul(t->row + a, &t->kappa[IST_AE], arb_mat_entry(t->MA, a, a), t->prec);
    arb_addmul(t->row + a, &t->kappa[IST_ACE], mA, t->prec);
    arb_mul(t->column + a, &t->kappa[IST_CB], arb_mat_entry(t->MA, a, a), t->prec);
    arb_addmul(t->column + a, &t->kappa[IST_CEB], mA, t->prec);
  }
  arb_clear(mA);
}

/* out += the terms that fill the matrix, but for the full products; upper triangle only. */
static void full_terms(terms *t, const arb_mat_t M, arb_mat_t out) {
  const slong d = t->d, prec = t->prec;
  arb_t x, y;
  arb_init(x);
  arb_init(y);
  factors(t, M);
  for (slong a = 0; a < d; a++)
    for (slong b = a; b < d; b++) {
      arb_srcptr m = arb_mat_entry(M, a, b), A_ab = arb_mat_entry(t->A, a, b);
      arb_srcptr m_a = arb_mat_entry(M, a, a), m_b = arb_mat_entry(M, b, b);
      arb_ptr entry = arb_mat_entry(out, a, b);
      arb_mul(x, &t->kappa[IST_AE_CB], m, prec);
      arb_mul(x, x, A_ab, prec);
      arb_add(x, x, t->row + a, prec);
      arb_add(x, x, t->column + b, prec);
      arb_addmul(entry, x, m, prec);
      arb_mul(x, &t->kappa[IST_AC], arb_mat_entry(t->MA, b, a), prec);
      arb_mul(y, &t->kappa[IST_AC_EB], A_ab, prec);
      arb_addmul(x, y, m_b, prec);
      arb_addmul(entry, x, m_a, prec);
      arb_mul(x, &t->kappa[IST_EB], arb_mat_entry(t->MA, a, b), prec);
      arb_addmul(entry, x, m_b, prec);
    }
  arb_clear(x);
  arb_clear(y);
}

/* out += the diagonal terms. */
static void diagonal_terms(terms *t, const arb_mat_t M, arb_mat_t out) {
  const slong prec = t->prec;
  arb_t mam, mdm, x;
  arb_init(mam);
  arb_init(mdm);
  arb_init(x);
  for (slong a = 0; a < t->d; a++) {
    arb_ptr entry = arb_mat_entry(out, a, a);
    arb_srcptr m_a = arb_mat_entry(M, a, a);
    arb_zero(mam); /* [M A M]_aa */
    arb_zero(mdm); /* [M D_A M]_aa */
    for (slong c = 0; c < t->d; c++) {
      arb_addmul(mam, arb_mat_entry(t->MA, a, c), arb_mat_entry(M, a, c), prec);
      arb_mul(x, arb_mat_entry(M, a, c), arb_mat_entry(t->A, c, c), prec);
      arb_addmul(mdm, x, arb_mat_entry(M, a, c), prec);
    }
    arb_addmul(entry, &t->kappa[IST_AB], mam, prec);
    arb_addmul(entry, &t->kappa[IST_AB_CE], mdm, prec);
    arb_add(x, &t->kappa[IST_ACB], &t->kappa[IST_AEB], prec);
    arb_mul(x, x, arb_mat_entry(t->MA, a, a), prec);
    arb_mul(mam, &t->kappa[IST_ALL], arb_mat_entry(t->A, a, a), prec);
    arb_addmul(x, mam, m_a, prec);
    arb_addmul(entry, x, m_a, prec);
  }
  arb_clear(mam);
  arb_clear(mdm);
  arb_clear(x);
}

/* out += T^kappa(M), the 15-term sum of N4; its upper triangle is complete. */
static void add_terms(terms *t, const fmpq *kappa, const arb_mat_t M, arb_mat_t out) {
  static const ist_quadratic_term with_MA[] = {IST_NONE, IST_AC, IST_EB,  IST_AE,
                                               IST_CB,   IST_AB, IST_ACB, IST_AEB};
  static const ist_quadratic_term products[] = {IST_NONE, IST_CE};
  static const ist_quadratic_term full[] = {IST_AC,    IST_EB,    IST_AE,  IST_CB,
                                            IST_AC_EB, IST_AE_CB, IST_ACE, IST_CEB};
  static const ist_quadratic_term diagonal[] = {IST_AB, IST_AB_CE, IST_ACB, IST_AEB, IST_ALL};
  for (size_t k = 0; k < IST_QUADRATIC_TERMS; k++)
    arb_set_fmpq(&t->kappa[k], kappa + k, t->prec);
  if (any_weight(t, with_MA, sizeof with_MA / sizeof *with_MA))
    arb_mat_mul(t->MA, M, t->A, t->prec);
  if (any_weight(t, products, sizeof products / sizeof *products))
    full_products(t, M, out);
  if (any_weight(t, full, sizeof full / sizeof *full))
    full_terms(t, M, out);
  if (any_weight(t, diagonal, sizeof diagonal / sizeof *diagonal))
    diagonal_terms(t, M, out);
}

/* c. */
static void effective_c(const ist_problem *p, ist_sketch sk, fmpq_t c) {
  switch (sk.kind) {
  case IST_PERM:
    set_ratio(c, p->n, 1);
    break;
  case IST_SCALED_PERM:
    fmpq_one(c);
    break;
  default: /* (d/q)^2/n; the identity is Rand-q with q = d */
    set_ratio(c, p->d, sk.q);
    fmpq_mul(c, c, c);
    fmpq_div_fmpz(c, c, (fmpz[]){(fmpz)p->n});
  }
}

static void multiply_ratio(arb_mat_t A, const fmpq_t factor, slong prec) {
  arb_t x;
  arb_init(x);
  arb_set_fmpq(x, factor, prec);
  arb_mat_scalar_mul_arb(A, A, x, prec);
  arb_clear(x);
}

/* (A + A')/2. */
static void symmetrise(arb_mat_t A, slong prec) {
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < j; k++) {
      arb_ptr lower = arb_mat_entry(A, j, k);
      arb_add(lower, lower, arb_mat_entry(A, k, j), prec);
      arb_mul_2exp_si(lower, lower, -1);
      arb_set(arb_mat_entry(A, k, j), lower);
    }
}

/* The upper triangle into the lower one, for a matrix whose exact value is symmetric. */
static void mirror(arb_mat_t A) {
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < j; k++)
      arb_set(arb_mat_entry(A, j, k), arb_mat_entry(A, k, j));
}

/* E[B] from sum M_i, in place: c p_1 sum M_i on the diagonal, c p_2 sum M_i off it. */
static void expected_B(const ist_problem *p, ist_sketch sk, arb_mat_t EB, slong prec) {
  fmpq_t c, w;
  arb_t on, off;
  fmpq_init(c);
  fmpq_init(w);
  arb_init(on);
  arb_init(off);
  effective_c(p, sk, c);
  falling_ratio(w, sk.q, 1, p->d, 0);
  fmpq_mul(w, w, c);
  arb_set_fmpq(on, w, prec);
  if (sk.q > 1) {
    falling_ratio(w, sk.q, 2, p->d, 0);
    fmpq_mul(w, w, c);
    arb_set_fmpq(off, w, prec);
  }
  for (slong j = 0; j < arb_mat_nrows(EB); j++)
    for (slong k = 0; k < arb_mat_ncols(EB); k++)
      arb_mul(arb_mat_entry(EB, j, k), arb_mat_entry(EB, j, k), j == k ? on : off, prec);
  fmpq_clear(c);
  fmpq_clear(w);
  arb_clear(on);
  arb_clear(off);
}

/* c^2/n { sum_i T^{kappa_s - kappa_d}(M_i) + T^{kappa_d}(sum M_i) } with A = sum L_i = n L_bar; sum
 * M_i into sum. */
static void second_moment(const ist_problem *p, ist_sketch sk, const arb_mat_t A, arb_mat_t sum,
                          arb_mat_t out, slong prec) {
  const size_t count = ist_problem_L_count(p), copies = p->n / count;
  fmpq *same = _fmpq_vec_init(IST_QUADRATIC_TERMS), *other = _fmpq_vec_init(IST_QUADRATIC_TERMS);
  terms t;
  arb_mat_t M;
  fmpq_t factor;
  arb_mat_init(M, (slong)p->d, (slong)p->d);
  terms_init(&t, A, prec);
  exact_weights(p->d, p->n, sk, copies, same, other);
  for (size_t i = 0; i < count; i++) {
    effective_M(p, sk, i, M, prec);
    accumulate(sum, M, copies, prec);
    add_terms(&t, same, M, out);
  }
  add_terms(&t, other, sum, out);
  fmpq_init(factor);
  effective_c(p, sk, factor);
  fmpq_mul(factor, factor, factor);
  fmpq_div_fmpz(factor, factor, (fmpz[]){(fmpz)p->n});
  multiply_ratio(out, factor, prec);
  mirror(out);
  fmpq_clear(factor);
  terms_clear(&t);
  arb_mat_clear(M);
  _fmpq_vec_clear(same, IST_QUADRATIC_TERMS);
  _fmpq_vec_clear(other, IST_QUADRATIC_TERMS);
}

/* sum L_i. */
static void sum_L(const ist_problem *p, arb_mat_t sum, slong prec) {
  const size_t count = ist_problem_L_count(p);
  arb_mat_t L;
  arb_mat_init(L, (slong)p->d, (slong)p->d);
  for (size_t i = 0; i < count; i++) {
    effective_M(p, (ist_sketch){IST_IDENTITY, p->d}, i, L, prec);
    accumulate(sum, L, p->n / count, prec);
  }
  arb_mat_clear(L);
}

void ist_ball_moments_init(const ist_problem *p, ist_sketch sk, slong precision,
                           ist_ball_moments *m) {
  const slong d = (slong)p->d;
  arb_mat_init(m->L_bar, d, d);
  arb_mat_init(m->W, d, d);
  arb_mat_init(m->EBLB, d, d);
  sum_L(p, m->L_bar, precision);
  second_moment(p, sk, m->L_bar, m->W, m->EBLB, precision);
  arb_mat_scalar_div_si(m->L_bar, m->L_bar, (slong)p->n, precision);
  expected_B(p, sk, m->W, precision);
  arb_mat_mul(m->W, m->L_bar, m->W, precision);
  symmetrise(m->W, precision);
}

void ist_ball_moments_clear(ist_ball_moments *m) {
  arb_mat_clear(m->L_bar);
  arb_mat_clear(m->W);
  arb_mat_clear(m->EBLB);
}
