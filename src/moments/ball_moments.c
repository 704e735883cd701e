#include "ball_moments.h"

#include <flint/fmpq.h>
#include <flint/fmpq_vec.h>

#include "effective.h"
#include "machine/memory.h"
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

/* p_1..p_4, r_11, r_12, r_22. */
#define PROBABILITIES 7

static fmpq *probabilities(size_t d, size_t n, ist_sketch sk) {
  fmpq *w = _fmpq_vec_init(PROBABILITIES);
  for (size_t k = 1; k <= 4; k++)
    falling_ratio(w + k - 1, sk.q, k, d, 0);
  other_worker(w + 4, d, n, sk, 1, 1);
  other_worker(w + 5, d, n, sk, 1, 2);
  other_worker(w + 6, d, n, sk, 2, 2);
  return w;
}

/* The weights kappa_s - kappa_d, times copies, of the terms of one M_i, and kappa_d, those of sum
 * M_i: exact, so that a weight that vanishes is zero. */
static void exact_weights(size_t d, size_t n, ist_sketch sk, size_t copies, fmpq *same,
                          fmpq *other) {
  fmpq *w = probabilities(d, n, sk);
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
    const ist_quadratic_coefficients row = ist_quadratic_row(sk, (ist_quadratic_term)t);
    for (size_t k = 0; k < 4; k++)
      add_multiple(same + t, row.same[k], w + k);
    for (size_t k = 0; k < 3; k++)
      add_multiple(other + t, row.other[k], w + 4 + k);
    fmpq_sub(same + t, same + t, other + t);
    fmpq_mul_si(same + t, same + t, (slong)copies);
  }
  _fmpq_vec_clear(w, PROBABILITIES);
}

/* The weights tau_s - tau_d of the terms of one (M_i, u_i), and tau_d, those of their sums. */
static void exact_linear_weights(size_t d, size_t n, ist_sketch sk, fmpq *same, fmpq *other) {
  fmpq *w = probabilities(d, n, sk);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    const ist_linear_coefficients row = ist_linear_row(sk, (ist_linear_term)t);
    for (size_t k = 0; k < 3; k++)
      add_multiple(same + t, row.same[k], w + k);
    for (size_t k = 0; k < 2; k++)
      add_multiple(other + t, row.other[k], w + 4 + k);
    fmpq_sub(same + t, same + t, other + t);
  }
  _fmpq_vec_clear(w, PROBABILITIES);
}

/* Diag(L_i)^{-1/2} into root (d). */
static void inverse_roots(const ist_ball_method *m, size_t i, arb_ptr root) {
  const size_t d = m->p->d;
  const double *L = ist_problem_L(m->p, i);
  for (size_t j = 0; j < d; j++) {
    arb_set_d(root + j, L[j * d + j]);
    arb_rsqrt(root + j, root + j, m->precision);
  }
}

/* L_i, or D_i^{-1/2} L_i D_i^{-1/2} with a diagonal of 1 exactly. */
static void worker_matrix(const ist_ball_method *m, size_t i, bool unit, arb_mat_t M) {
  const slong d = (slong)m->p->d;
  const double *L = ist_problem_L(m->p, i);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      arb_set_d(arb_mat_entry(M, j, k), L[j * d + k]);
  if (!unit)
    return;
  arb_ptr root = _arb_vec_init(d);
  inverse_roots(m, i, root);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++) {
      arb_ptr entry = arb_mat_entry(M, j, k);
      arb_mul(entry, entry, root + j, m->precision);
      arb_mul(entry, entry, root + k, m->precision);
      if (j == k)
        arb_one(entry);
    }
  _arb_vec_clear(root, d);
}

void ist_ball_worker_L(const ist_ball_method *m, size_t i, arb_mat_t L) {
  worker_matrix(m, i, m->preconditioned, L);
}

/* M_i of the sketch table. Of the preconditioned problem the scaled sketch has the same. */
static void effective_M(const ist_ball_method *m, size_t i, arb_mat_t M) {
  worker_matrix(m, i, m->preconditioned || m->sk.kind == IST_SCALED_PERM, M);
}

void ist_ball_worker_b(const ist_ball_method *m, size_t i, arb_mat_t b) {
  const slong d = (slong)m->p->d;
  const double *entries = ist_problem_b(m->p, i);
  for (slong j = 0; j < d; j++)
    arb_set_d(arb_mat_entry(b, j, 0), entries[j]);
  if (!m->preconditioned)
    return;
  arb_ptr root = _arb_vec_init(d);
  inverse_roots(m, i, root);
  for (slong j = 0; j < d; j++)
    arb_mul(arb_mat_entry(b, j, 0), arb_mat_entry(b, j, 0), root + j, m->precision);
  _arb_vec_clear(root, d);
}

void ist_ball_worker_scale(const ist_ball_method *m, size_t i, arb_mat_t s) {
  const size_t d = m->p->d, n = m->p->n;
  arb_ptr root = _arb_vec_init((slong)d);
  arb_t factor;
  arb_init(factor);
  arb_set_ui(factor, m->sk.kind == IST_PERM ? n : 1);
  if (m->sk.kind == IST_RAND) {
    arb_set_ui(factor, d);
    arb_div_ui(factor, factor, m->sk.q, m->precision);
  } else if (m->sk.kind == IST_SCALED_PERM)
    arb_sqrt_ui(factor, n, m->precision);
  if (m->sk.kind == IST_SCALED_PERM && !m->preconditioned)
    inverse_roots(m, i, root);
  else
    for (size_t j = 0; j < d; j++)
      arb_one(root + j);
  for (size_t j = 0; j < d; j++)
    arb_mul(arb_mat_entry(s, j, 0), root + j, factor, m->precision);
  arb_clear(factor);
  _arb_vec_clear(root, (slong)d);
}

/* u_i of the sketch table. */
static void effective_u(const ist_ball_method *m, size_t i, arb_mat_t u) {
  const size_t d = m->p->d, n = m->p->n;
  ist_ball_worker_b(m, i, u);
  if (m->sk.kind == IST_PERM)
    return;
  if (m->sk.kind == IST_SCALED_PERM) { /* s_i o b_i / n */
    arb_mat_t s;
    arb_mat_init(s, (slong)d, 1);
    ist_ball_worker_scale(m, i, s);
    arb_mat_mul_entrywise(u, u, s, m->precision);
    arb_mat_scalar_div_si(u, u, (slong)n, m->precision);
    arb_mat_clear(s);
    return;
  }
  arb_mat_scalar_mul_si(u, u, (slong)d, m->precision);
  arb_mat_scalar_div_si(u, u, (slong)(m->sk.q * n), m->precision);
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

/* out += the terms that fill the matrix, except the full products; upper triangle only. */
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

/* sum M_i over all workers; the matrices are those of worker, M is work space. */
static void sum_matrices(const ist_ball_method *m,
                         void worker(const ist_ball_method *, size_t, arb_mat_t), arb_mat_t sum) {
  const size_t count = ist_problem_L_count(m->p);
  arb_mat_t M;
  arb_mat_init(M, (slong)m->p->d, (slong)m->p->d);
  arb_mat_zero(sum);
  for (size_t i = 0; i < count; i++) {
    worker(m, i, M);
    accumulate(sum, M, m->p->n / count, m->precision);
  }
  arb_mat_clear(M);
}

/* sum v_i over all workers. */
static void sum_vectors(const ist_ball_method *m,
                        void worker(const ist_ball_method *, size_t, arb_mat_t), arb_mat_t sum) {
  arb_mat_t v;
  arb_mat_init(v, (slong)m->p->d, 1);
  arb_mat_zero(sum);
  for (size_t i = 0; i < m->p->n; i++) {
    worker(m, i, v);
    arb_mat_add(sum, sum, v, m->precision);
  }
  arb_mat_clear(v);
}

void ist_ball_mean_L(const ist_ball_method *m, arb_mat_t out) {
  sum_matrices(m, ist_ball_worker_L, out);
  arb_mat_scalar_div_si(out, out, (slong)m->p->n, m->precision);
}

void ist_ball_mean_b(const ist_ball_method *m, arb_mat_t out) {
  sum_vectors(m, ist_ball_worker_b, out);
  arb_mat_scalar_div_si(out, out, (slong)m->p->n, m->precision);
}

/* c p_1 sum M_i on the diagonal, c p_2 sum M_i off it. */
void ist_ball_expected_B(const ist_ball_method *m, arb_mat_t out) {
  const size_t d = m->p->d;
  fmpq *w = probabilities(d, m->p->n, m->sk);
  fmpq_t c;
  arb_t on, off;
  fmpq_init(c);
  arb_init(on);
  arb_init(off);
  effective_c(m->p, m->sk, c);
  fmpq_mul(w, w, c);
  fmpq_mul(w + 1, w + 1, c);
  arb_set_fmpq(on, w, m->precision);
  arb_set_fmpq(off, w + 1, m->precision);
  sum_matrices(m, effective_M, out);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      arb_mul(arb_mat_entry(out, j, k), arb_mat_entry(out, j, k), j == k ? on : off, m->precision);
  _fmpq_vec_clear(w, PROBABILITIES);
  fmpq_clear(c);
  arb_clear(on);
  arb_clear(off);
}

/* p_1 sum u_i. */
void ist_ball_expected_v(const ist_ball_method *m, arb_mat_t out) {
  sum_vectors(m, effective_u, out);
  arb_mat_scalar_mul_si(out, out, (slong)m->sk.q, m->precision);
  arb_mat_scalar_div_si(out, out, (slong)m->p->d, m->precision);
}

/* c^2 { sum_i T^{kappa_s - kappa_d}(M_i) + T^{kappa_d}(sum M_i) }. */
void ist_ball_second_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out) {
  const size_t d = m->p->d, count = ist_problem_L_count(m->p), copies = m->p->n / count;
  fmpq *same = _fmpq_vec_init(IST_QUADRATIC_TERMS), *other = _fmpq_vec_init(IST_QUADRATIC_TERMS);
  terms t;
  arb_mat_t M, sum;
  fmpq_t factor;
  arb_mat_init(M, (slong)d, (slong)d);
  arb_mat_init(sum, (slong)d, (slong)d);
  terms_init(&t, A, m->precision);
  exact_weights(d, m->p->n, m->sk, copies, same, other);
  arb_mat_zero(out);
  for (size_t i = 0; i < count; i++) {
    effective_M(m, i, M);
    accumulate(sum, M, copies, m->precision);
    add_terms(&t, same, M, out);
  }
  add_terms(&t, other, sum, out);
  fmpq_init(factor);
  effective_c(m->p, m->sk, factor);
  fmpq_mul(factor, factor, factor);
  multiply_ratio(out, factor, m->precision);
  mirror(out);
  fmpq_clear(factor);
  terms_clear(&t);
  arb_mat_clear(M);
  arb_mat_clear(sum);
  _fmpq_vec_clear(same, IST_QUADRATIC_TERMS);
  _fmpq_vec_clear(other, IST_QUADRATIC_TERMS);
}

/* out += the five terms of E[BAv] of (M, u), A symmetric. */
static void add_cross_terms(const fmpq *tau, const arb_mat_t M, const arb_mat_t A,
                            const arb_mat_t u, arb_mat_t out, slong prec) {
  const slong d = arb_mat_nrows(M);
  arb_mat_t Au, inner;
  arb_t x, w[IST_LINEAR_TERMS];
  arb_mat_init(Au, d, 1);
  arb_mat_init(inner, d, 1);
  arb_init(x);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    arb_init(w[t]);
    arb_set_fmpq(w[t], tau + t, prec);
  }
  arb_mat_mul(Au, A, u, prec);
  for (slong j = 0; j < d; j++) { /* w_none A u + w_inner D_A u, which M multiplies */
    arb_mul(x, arb_mat_entry(A, j, j), arb_mat_entry(u, j, 0), prec);
    arb_mul(x, x, w[IST_LINEAR_INNER], prec);
    arb_addmul(x, w[IST_LINEAR_NONE], arb_mat_entry(Au, j, 0), prec);
    arb_set(arb_mat_entry(inner, j, 0), x);
  }
  arb_mat_mul(inner, M, inner, prec);
  arb_mat_add(out, out, inner, prec);
  for (slong j = 0; j < d; j++) {
    arb_ptr entry = arb_mat_entry(out, j, 0);
    arb_mul(x, arb_mat_entry(M, j, j), arb_mat_entry(Au, j, 0), prec);
    arb_addmul(entry, x, w[IST_LINEAR_FIRST], prec);
    arb_dot(x, NULL, 0, M->rows[j], 1, A->rows[j], 1, d, prec); /* [MA]_jj */
    arb_mul(x, x, w[IST_LINEAR_OUTER], prec);
    arb_mul(inner->rows[0], arb_mat_entry(M, j, j), arb_mat_entry(A, j, j), prec);
    arb_addmul(x, inner->rows[0], w[IST_LINEAR_ALL], prec);
    arb_addmul(entry, x, arb_mat_entry(u, j, 0), prec);
  }
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++)
    arb_clear(w[t]);
  arb_clear(x);
  arb_mat_clear(Au);
  arb_mat_clear(inner);
}

/* out += the five terms of E[Bzv'] of (M, u). */
static void add_mixed_terms(const fmpq *tau, const arb_mat_t M, const arb_mat_t z,
                            const arb_mat_t u, arb_mat_t out, slong prec) {
  const slong d = arb_mat_nrows(M);
  arb_mat_t Mz;
  arb_t x, y, w[IST_LINEAR_TERMS];
  arb_mat_init(Mz, d, 1);
  arb_init(x);
  arb_init(y);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    arb_init(w[t]);
    arb_set_fmpq(w[t], tau + t, prec);
  }
  arb_mat_mul(Mz, M, z, prec);
  for (slong j = 0; j < d; j++) {
    arb_mul(x, arb_mat_entry(M, j, j), arb_mat_entry(z, j, 0), prec); /* [D_M z]_j */
    arb_mul(y, w[IST_LINEAR_NONE], arb_mat_entry(Mz, j, 0), prec);
    arb_addmul(y, w[IST_LINEAR_FIRST], x, prec);
    for (slong k = 0; k < d; k++) {
      arb_ptr entry = arb_mat_entry(out, j, k);
      arb_addmul(entry, y, arb_mat_entry(u, k, 0), prec);
      if (!arb_is_zero(w[IST_LINEAR_INNER])) {
        arb_t v;
        arb_init(v);
        arb_mul(v, arb_mat_entry(z, k, 0), arb_mat_entry(u, k, 0), prec);
        arb_mul(v, v, w[IST_LINEAR_INNER], prec);
        arb_addmul(entry, v, arb_mat_entry(M, j, k), prec);
        arb_clear(v);
      }
    }
    arb_mul(y, w[IST_LINEAR_OUTER], arb_mat_entry(Mz, j, 0), prec);
    arb_addmul(y, w[IST_LINEAR_ALL], x, prec);
    arb_addmul(arb_mat_entry(out, j, j), y, arb_mat_entry(u, j, 0), prec);
  }
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++)
    arb_clear(w[t]);
  arb_clear(x);
  arb_clear(y);
  arb_mat_clear(Mz);
}

/* The terms of one kind over all workers; z: the matrix A of E[BAv], or the vector of E[Bzv']. */
static void linear_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out,
                          void add(const fmpq *, const arb_mat_t, const arb_mat_t, const arb_mat_t,
                                   arb_mat_t, slong)) {
  const size_t d = m->p->d;
  fmpq *same = _fmpq_vec_init(IST_LINEAR_TERMS), *other = _fmpq_vec_init(IST_LINEAR_TERMS);
  arb_mat_t M, sum_M, u, sum_u;
  fmpq_t c;
  arb_mat_init(M, (slong)d, (slong)d);
  arb_mat_init(sum_M, (slong)d, (slong)d);
  arb_mat_init(u, (slong)d, 1);
  arb_mat_init(sum_u, (slong)d, 1);
  exact_linear_weights(d, m->p->n, m->sk, same, other);
  arb_mat_zero(out);
  for (size_t i = 0; i < m->p->n; i++) {
    if (i < ist_problem_L_count(m->p))
      effective_M(m, i, M);
    effective_u(m, i, u);
    arb_mat_add(sum_M, sum_M, M, m->precision);
    arb_mat_add(sum_u, sum_u, u, m->precision);
    add(same, M, z, u, out, m->precision);
  }
  add(other, sum_M, z, sum_u, out, m->precision);
  fmpq_init(c);
  effective_c(m->p, m->sk, c);
  multiply_ratio(out, c, m->precision);
  fmpq_clear(c);
  arb_mat_clear(M);
  arb_mat_clear(sum_M);
  arb_mat_clear(u);
  arb_mat_clear(sum_u);
  _fmpq_vec_clear(same, IST_LINEAR_TERMS);
  _fmpq_vec_clear(other, IST_LINEAR_TERMS);
}

void ist_ball_cross_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out) {
  linear_moment(m, A, out, add_cross_terms);
}

void ist_ball_mixed_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out) {
  linear_moment(m, z, out, add_mixed_terms);
}

/* The vectors e_i of all workers as columns of e: u_i - (1/n) sum u for disjoint blocks, whose
 * projectors add up to I, and u_i for independent ones. */
static void noise_columns(const ist_ball_method *m, arb_mat_t e) {
  const size_t d = m->p->d, n = m->p->n;
  arb_mat_t u, mean;
  arb_mat_init(u, (slong)d, 1);
  arb_mat_init(mean, (slong)d, 1);
  if (ist_disjoint_blocks(m->sk)) {
    sum_vectors(m, effective_u, mean);
    arb_mat_scalar_div_si(mean, mean, (slong)n, m->precision);
  }
  for (size_t i = 0; i < n; i++) {
    effective_u(m, i, u);
    for (size_t j = 0; j < d; j++)
      arb_sub(arb_mat_entry(e, j, i), arb_mat_entry(u, j, 0), arb_mat_entry(mean, j, 0),
              m->precision);
  }
  arb_mat_clear(u);
  arb_mat_clear(mean);
}

/* The e_i of disjoint blocks add up to zero, which turns the sum over two workers into minus the
 * sum over one: p_1 on the diagonal and p_2 - r_11 off it, times sum e_i e_i'. The covariances of
 * independent blocks add up: p_1 - p_1^2 and p_2 - p_1^2. */
void ist_ball_covariance_v(const ist_ball_method *m, arb_mat_t out) {
  const size_t d = m->p->d;
  fmpq *w = probabilities(d, m->p->n, m->sk);
  arb_mat_t e, transposed;
  arb_t on, off;
  arb_mat_init(e, (slong)d, (slong)m->p->n);
  arb_mat_init(transposed, (slong)m->p->n, (slong)d);
  arb_init(on);
  arb_init(off);
  noise_columns(m, e);
  arb_mat_transpose(transposed, e);
  arb_mat_mul(out, e, transposed, m->precision);
  if (ist_disjoint_blocks(m->sk)) {
    fmpq_sub(w + 1, w + 1, w + 4);
  } else {
    fmpq_mul(w + 4, w, w);
    fmpq_sub(w, w, w + 4);
    fmpq_sub(w + 1, w + 1, w + 4);
  }
  arb_set_fmpq(on, w, m->precision);
  arb_set_fmpq(off, w + 1, m->precision);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      arb_mul(arb_mat_entry(out, j, k), arb_mat_entry(out, j, k), j == k ? on : off, m->precision);
  arb_mat_clear(e);
  arb_mat_clear(transposed);
  arb_clear(on);
  arb_clear(off);
  _fmpq_vec_clear(w, PROBABILITIES);
}

void ist_ball_moments_init(const ist_problem *p, ist_sketch sk, slong precision,
                           ist_ball_moments *m) {
  const slong d = (slong)p->d;
  const ist_ball_method method = {.p = p, .sk = sk, .precision = precision};
  arb_mat_init(m->L_bar, d, d);
  arb_mat_init(m->W, d, d);
  arb_mat_init(m->EBLB, d, d);
  sum_matrices(&method, ist_ball_worker_L, m->L_bar); /* exact where n L_bar fits */
  ist_ball_second_moment(&method, m->L_bar, m->EBLB);
  arb_mat_scalar_div_si(m->EBLB, m->EBLB, (slong)p->n, precision);
  arb_mat_scalar_div_si(m->L_bar, m->L_bar, (slong)p->n, precision);
  ist_ball_expected_B(&method, m->W);
  arb_mat_mul(m->W, m->L_bar, m->W, precision);
  symmetrise(m->W, precision);
}

void ist_ball_moments_clear(ist_ball_moments *m) {
  arb_mat_clear(m->L_bar);
  arb_mat_clear(m->W);
  arb_mat_clear(m->EBLB);
}
