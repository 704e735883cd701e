#include "ball_workers.h"

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
void ist_ball_effective_M(const ist_ball_method *m, size_t i, arb_mat_t M) {
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

void ist_ball_effective_u(const ist_ball_method *m, size_t i, arb_mat_t u) {
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

void ist_ball_accumulate(arb_mat_t out, const arb_mat_t M, size_t copies, slong prec) {
  const slong d = arb_mat_nrows(M);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      arb_addmul_ui(arb_mat_entry(out, j, k), arb_mat_entry(M, j, k), copies, prec);
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
    ist_ball_accumulate(sum, M, m->p->n / count, m->precision);
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

void ist_ball_sum_L(const ist_ball_method *m, arb_mat_t out) {
  sum_matrices(m, ist_ball_worker_L, out);
}

void ist_ball_sum_M(const ist_ball_method *m, arb_mat_t out) {
  sum_matrices(m, ist_ball_effective_M, out);
}

void ist_ball_sum_u(const ist_ball_method *m, arb_mat_t out) {
  sum_vectors(m, ist_ball_effective_u, out);
}

void ist_ball_mean_L(const ist_ball_method *m, arb_mat_t out) {
  ist_ball_sum_L(m, out);
  arb_mat_scalar_div_si(out, out, (slong)m->p->n, m->precision);
}

void ist_ball_mean_b(const ist_ball_method *m, arb_mat_t out) {
  sum_vectors(m, ist_ball_worker_b, out);
  arb_mat_scalar_div_si(out, out, (slong)m->p->n, m->precision);
}
