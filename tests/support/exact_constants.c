#include "exact_constants.h"

#include <acb_mat.h>
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#define BITS EXACT_BITS

/* A problem as the sketch sees it: B = c sum P_i M_i P_i, v = sum P_i u_i. */
typedef struct {
  slong d, n;
  ist_sketch sk;
  arb_t c;
  arb_mat_struct *M, *u; /* n of each */
  arb_struct p[5];       /* p[k]: k given coordinates in one block */
  arb_struct r[3][3];    /* r[j][k]: j in one block, k others in another worker's */
} seen;

/* q (q-1) ... (q-k+1) / (d (d-1) ...), starting at d - skip. */
static void falling(arb_t out, slong q, slong k, slong d, slong skip) {
  arb_one(out);
  for (slong i = 0; i < k; i++) {
    if (i >= q) {
      arb_zero(out);
      return;
    }
    arb_mul_si(out, out, q - i, BITS);
    arb_div_si(out, out, d - skip - i, BITS);
  }
}

static int disjoint(ist_sketch sk) { return sk.kind == IST_PERM || sk.kind == IST_SCALED_PERM; }

static void probabilities(seen *s) {
  const slong q = (slong)s->sk.q;
  arb_t other;
  arb_init(other);
  for (slong k = 0; k <= 4; k++) {
    arb_init(&s->p[k]);
    falling(&s->p[k], q, k, s->d, 0);
  }
  for (slong j = 0; j <= 2; j++)
    for (slong k = 0; k <= 2; k++) {
      arb_init(&s->r[j][k]);
      falling(&s->r[j][k], q, j, s->d, 0);
      if (s->n > 1) {
        falling(other, q, k, s->d, disjoint(s->sk) ? j : 0);
        arb_mul(&s->r[j][k], &s->r[j][k], other, BITS);
      }
    }
  arb_clear(other);
}

static void see(const ist_problem *p, ist_sketch sk, seen *s) {
  const slong d = (slong)p->d, n = (slong)p->n;
  *s = (seen){.d = d, .n = n, .sk = sk};
  s->M = calloc((size_t)n, sizeof *s->M);
  s->u = calloc((size_t)n, sizeof *s->u);
  arb_t x;
  arb_init(x);
  arb_init(s->c);
  arb_one(s->c);
  if (sk.kind == IST_PERM)
    arb_set_si(s->c, n);
  else if (sk.kind != IST_SCALED_PERM) {
    arb_set_si(s->c, d);
    arb_div_si(s->c, s->c, (slong)sk.q, BITS);
    arb_sqr(s->c, s->c, BITS);
    arb_div_si(s->c, s->c, n, BITS);
  }
  for (slong i = 0; i < n; i++) {
    const double *L = ist_problem_L(p, (size_t)i), *b = ist_problem_b(p, (size_t)i);
    arb_mat_init(s->M + i, d, d);
    arb_mat_init(s->u + i, d, 1);
    for (slong j = 0; j < d; j++) {
      for (slong k = 0; k < d; k++) {
        arb_ptr entry = arb_mat_entry(s->M + i, j, k);
        arb_set_d(entry, L[j * d + k]);
        if (sk.kind == IST_SCALED_PERM) {
          arb_set_d(x, L[j * d + j]);
          arb_rsqrt(x, x, BITS);
          arb_mul(entry, entry, x, BITS);
          arb_set_d(x, L[k * d + k]);
          arb_rsqrt(x, x, BITS);
          arb_mul(entry, entry, x, BITS);
        }
      }
      arb_ptr u = arb_mat_entry(s->u + i, j, 0);
      arb_set_d(u, b[j]);
      if (sk.kind == IST_SCALED_PERM) {
        arb_set_d(x, L[j * d + j]);
        arb_mul_si(x, x, n, BITS);
        arb_rsqrt(x, x, BITS);
        arb_mul(u, u, x, BITS);
      } else if (sk.kind != IST_PERM) {
        arb_mul_si(u, u, d, BITS);
        arb_div_si(u, u, (slong)sk.q * n, BITS);
      }
    }
  }
  probabilities(s);
  arb_clear(x);
}

static void unsee(seen *s) {
  for (slong i = 0; i < s->n; i++) {
    arb_mat_clear(s->M + i);
    arb_mat_clear(s->u + i);
  }
  for (slong k = 0; k <= 4; k++)
    arb_clear(&s->p[k]);
  for (slong j = 0; j <= 2; j++)
    for (slong k = 0; k <= 2; k++)
      arb_clear(&s->r[j][k]);
  arb_clear(s->c);
  free(s->M);
  free(s->u);
}

static slong distinct(const slong *index, slong count) {
  slong found = 0;
  for (slong j = 0; j < count; j++) {
    int before = 0;
    for (slong k = 0; k < j; k++)
      before |= index[k] == index[j];
    found += !before;
  }
  return found;
}

/* The probability that first (count j) lie in one worker's block and second (count k) in another's.
 */
static arb_srcptr apart(const seen *s, const slong *first, slong j, const slong *second, slong k,
                        arb_srcptr zero) {
  if (disjoint(s->sk))
    for (slong a = 0; a < j; a++)
      for (slong b = 0; b < k; b++)
        if (first[a] == second[b])
          return zero;
  return &s->r[distinct(first, j)][distinct(second, k)];
}

/* out += sum over workers of P(...) x_i y_k for two columns of numbers: same = sum_i x_i y_i, all =
 * (sum x_i)(sum y_k). */
static void add_weighted(arb_t out, arb_srcptr one_block, arb_srcptr two_blocks, const arb_t same,
                         const arb_t all) {
  arb_t cross;
  arb_init(cross);
  arb_sub(cross, all, same, BITS);
  arb_addmul(out, one_block, same, BITS);
  arb_addmul(out, two_blocks, cross, BITS);
  arb_clear(cross);
}

static void sums(const seen *s, arb_mat_t M, arb_mat_t u) {
  for (slong i = 0; i < s->n; i++) {
    arb_mat_add(M, M, s->M + i, BITS);
    arb_mat_add(u, u, s->u + i, BITS);
  }
}

/* E[B], E[v], E[B A B], E[B A v] and Cov v. */
static void moments(const seen *s, const arb_mat_t A, exact_constants *x, arb_mat_t EBAv) {
  const slong d = s->d;
  arb_mat_t sum_M, sum_u;
  arb_t zero, same, all, term, c_sq;
  arb_mat_init(sum_M, d, d);
  arb_mat_init(sum_u, d, 1);
  arb_init(zero);
  arb_init(same);
  arb_init(all);
  arb_init(term);
  arb_init(c_sq);
  arb_sqr(c_sq, s->c, BITS);
  sums(s, sum_M, sum_u);
  for (slong a = 0; a < d; a++) {
    arb_mul(arb_mat_entry(x->Ev, a, 0), &s->p[1], arb_mat_entry(sum_u, a, 0), BITS);
    for (slong b = 0; b < d; b++) {
      const slong ab[] = {a, b};
      arb_mul(arb_mat_entry(x->EB, a, b), &s->p[distinct(ab, 2)], arb_mat_entry(sum_M, a, b), BITS);
      arb_mul(arb_mat_entry(x->EB, a, b), arb_mat_entry(x->EB, a, b), s->c, BITS);
      arb_zero(same);
      for (slong i = 0; i < s->n; i++)
        arb_addmul(same, arb_mat_entry(s->u + i, a, 0), arb_mat_entry(s->u + i, b, 0), BITS);
      arb_mul(all, arb_mat_entry(sum_u, a, 0), arb_mat_entry(sum_u, b, 0), BITS);
      arb_zero(term);
      add_weighted(term, &s->p[distinct(ab, 2)], apart(s, &a, 1, &b, 1, zero), same, all);
      arb_set(arb_mat_entry(x->cov_v, a, b), term);
      for (slong c = 0; c < d; c++)
        for (slong e = 0; e < d; e++) {
          const slong ac[] = {a, c}, eb[] = {e, b}, every[] = {a, c, e, b};
          arb_zero(same);
          for (slong i = 0; i < s->n; i++)
            arb_addmul(same, arb_mat_entry(s->M + i, a, c), arb_mat_entry(s->M + i, e, b), BITS);
          arb_mul(all, arb_mat_entry(sum_M, a, c), arb_mat_entry(sum_M, e, b), BITS);
          arb_zero(term);
          add_weighted(term, &s->p[distinct(every, 4)], apart(s, ac, 2, eb, 2, zero), same, all);
          arb_mul(term, term, c_sq, BITS);
          arb_addmul(arb_mat_entry(x->second, a, b), term, arb_mat_entry(A, c, e), BITS);
        }
    }
    for (slong c = 0; c < d; c++)
      for (slong e = 0; e < d; e++) {
        const slong ac[] = {a, c}, every[] = {a, c, e};
        arb_zero(same);
        for (slong i = 0; i < s->n; i++)
          arb_addmul(same, arb_mat_entry(s->M + i, a, c), arb_mat_entry(s->u + i, e, 0), BITS);
        arb_mul(all, arb_mat_entry(sum_M, a, c), arb_mat_entry(sum_u, e, 0), BITS);
        arb_zero(term);
        add_weighted(term, &s->p[distinct(every, 3)], apart(s, ac, 2, &e, 1, zero), same, all);
        arb_mul(term, term, s->c, BITS);
        arb_addmul(arb_mat_entry(EBAv, a, 0), term, arb_mat_entry(A, c, e), BITS);
      }
  }
  for (slong a = 0; a < d; a++)
    for (slong b = 0; b < d; b++)
      arb_submul(arb_mat_entry(x->cov_v, a, b), arb_mat_entry(x->Ev, a, 0),
                 arb_mat_entry(x->Ev, b, 0), BITS);
  arb_clear(zero);
  arb_clear(same);
  arb_clear(all);
  arb_clear(term);
  arb_clear(c_sq);
  arb_mat_clear(sum_M);
  arb_mat_clear(sum_u);
}

/* Smallest and largest eigenvalue of B^{-1} A, or of A if B is NULL, real ones; max may be NULL. */
static void eigenvalues(const arb_mat_t A, const arb_mat_struct *B, arb_ptr min, arb_ptr max) {
  const slong d = arb_mat_nrows(A);
  arb_mat_t C;
  acb_mat_t Z;
  acb_ptr lambda = _acb_vec_init(d);
  arb_mat_init(C, d, d);
  acb_mat_init(Z, d, d);
  arb_mat_set(C, A);
  if (B != NULL)
    arb_mat_solve(C, B, A, BITS);
  acb_mat_set_arb_mat(Z, C);
  acb_mat_get_mid(Z, Z);
  acb_mat_approx_eig_qr(lambda, NULL, NULL, Z, NULL, 0, BITS);
  arb_set(min, acb_realref(lambda));
  if (max != NULL)
    arb_set(max, acb_realref(lambda));
  for (slong k = 1; k < d; k++) {
    if (arf_cmp(arb_midref(acb_realref(lambda + k)), arb_midref(min)) < 0)
      arb_set(min, acb_realref(lambda + k));
    if (max != NULL && arf_cmp(arb_midref(acb_realref(lambda + k)), arb_midref(max)) > 0)
      arb_set(max, acb_realref(lambda + k));
  }
  /* The iteration is not enclosed: allow it 60 digits. */
  mag_t allowance;
  mag_init(allowance);
  arb_mat_bound_inf_norm(allowance, C);
  mag_mul_2exp_si(allowance, allowance, -210);
  arb_add_error_mag(min, allowance);
  if (max != NULL)
    arb_add_error_mag(max, allowance);
  mag_clear(allowance);
  _acb_vec_clear(lambda, d);
  arb_mat_clear(C);
  acb_mat_clear(Z);
}

/* out = x'A y. */
static void bilinear(arb_t out, const arb_mat_t A, const arb_mat_t x, const arb_mat_t y) {
  arb_mat_t Ay;
  arb_mat_init(Ay, arb_mat_nrows(A), 1);
  arb_mat_mul(Ay, A, y, BITS);
  arb_zero(out);
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    arb_addmul(out, arb_mat_entry(x, j, 0), arb_mat_entry(Ay, j, 0), BITS);
  arb_mat_clear(Ay);
}

/* x'(E[BLB] - E[B]LE[B])x - 2x'(E[BLv] - E[B]LE[v]) + <L, Cov v>. */
static void noise(exact_constants *x, const arb_mat_t EBLv) {
  arb_mat_t Bx, y;
  arb_t t;
  arb_mat_init(Bx, x->d, 1);
  arb_mat_init(y, x->d, 1);
  arb_init(t);
  bilinear(x->sigma_sq_star, x->second, x->x_star, x->x_star);
  arb_mat_mul(Bx, x->EB, x->x_star, BITS);
  bilinear(t, x->L_bar, Bx, Bx);
  arb_sub(x->sigma_sq_star, x->sigma_sq_star, t, BITS);
  bilinear(t, x->L_bar, Bx, x->Ev);
  arb_addmul_si(x->sigma_sq_star, t, 2, BITS);
  for (slong j = 0; j < x->d; j++) {
    arb_mul(t, arb_mat_entry(x->x_star, j, 0), arb_mat_entry(EBLv, j, 0), BITS);
    arb_submul_si(x->sigma_sq_star, t, 2, BITS);
    for (slong k = 0; k < x->d; k++)
      arb_addmul(x->sigma_sq_star, arb_mat_entry(x->L_bar, j, k), arb_mat_entry(x->cov_v, j, k),
                 BITS);
  }
  arb_mat_clear(Bx);
  arb_mat_clear(y);
  arb_clear(t);
}

static void means(const ist_problem *p, exact_constants *x) {
  const slong d = x->d, n = (slong)p->n;
  arb_t t;
  arb_init(t);
  for (slong i = 0; i < n; i++)
    for (slong j = 0; j < d; j++) {
      arb_set_d(t, ist_problem_b(p, (size_t)i)[j]);
      arb_add(arb_mat_entry(x->b_bar, j, 0), arb_mat_entry(x->b_bar, j, 0), t, BITS);
      for (slong k = 0; k < d; k++) {
        arb_set_d(t, ist_problem_L(p, (size_t)i)[j * d + k]);
        arb_add(arb_mat_entry(x->L_bar, j, k), arb_mat_entry(x->L_bar, j, k), t, BITS);
      }
    }
  arb_mat_scalar_div_si(x->L_bar, x->L_bar, n, BITS);
  arb_mat_scalar_div_si(x->b_bar, x->b_bar, n, BITS);
  arb_clear(t);
}

/* W = (L E[B] + E[B] L)/2. */
static void fill_W(exact_constants *x) {
  arb_mat_t T;
  arb_mat_init(T, x->d, x->d);
  arb_mat_mul(x->W, x->L_bar, x->EB, BITS);
  arb_mat_transpose(T, x->W);
  arb_mat_add(x->W, x->W, T, BITS);
  arb_mat_scalar_mul_2exp_si(x->W, x->W, -1);
  arb_mat_clear(T);
}

void exact_constants_init(const ist_problem *p, ist_sketch sk, exact_constants *x) {
  const slong d = (slong)p->d;
  arb_mat_t EBLv;
  seen s;
  x->d = d;
  arb_mat_struct *square[] = {x->L_bar, x->EB, x->W, x->second, x->cov_v};
  arb_mat_struct *column[] = {x->b_bar, x->Ev, x->x_star, x->x_fixed, x->h, EBLv};
  arb_struct *number[] = {x->lambda_min,  x->lambda_max, x->w_lambda_min,  x->theta,
                          x->contraction, x->h_norm_sq,  x->sigma_sq_star, x->f_star};
  for (size_t k = 0; k < 5; k++)
    arb_mat_init(square[k], d, d);
  for (size_t k = 0; k < 6; k++)
    arb_mat_init(column[k], d, 1);
  for (size_t k = 0; k < 8; k++)
    arb_init(number[k]);
  means(p, x);
  see(p, sk, &s);
  moments(&s, x->L_bar, x, EBLv);
  unsee(&s);
  fill_W(x);
  cr_assert(arb_mat_solve(x->x_star, x->L_bar, x->b_bar, BITS));
  cr_assert(arb_mat_solve(x->x_fixed, x->EB, x->Ev, BITS));
  arb_mat_sub(x->h, x->x_star, x->x_fixed, BITS);
  bilinear(x->h_norm_sq, x->L_bar, x->h, x->h);
  noise(x, EBLv);
  for (slong j = 0; j < d; j++)
    arb_addmul(x->f_star, arb_mat_entry(x->b_bar, j, 0), arb_mat_entry(x->x_star, j, 0), BITS);
  arb_mul_2exp_si(x->f_star, x->f_star, -1);
  arb_neg(x->f_star, x->f_star);
  eigenvalues(x->L_bar, NULL, x->lambda_min, x->lambda_max);
  eigenvalues(x->W, NULL, x->w_lambda_min, NULL);
  eigenvalues(x->W, x->L_bar, x->contraction, NULL);
  arb_t least;
  arb_init(least);
  if (arf_sgn(arb_midref(x->w_lambda_min)) > 0)
    eigenvalues(x->second, x->W, least, x->theta);
  arb_clear(least);
  arb_mat_clear(EBLv);
}

void exact_constants_clear(exact_constants *x) {
  arb_mat_struct *matrix[] = {x->L_bar, x->EB, x->W,      x->second,  x->cov_v,
                              x->b_bar, x->Ev, x->x_star, x->x_fixed, x->h};
  arb_struct *number[] = {x->lambda_min,  x->lambda_max, x->w_lambda_min,  x->theta,
                          x->contraction, x->h_norm_sq,  x->sigma_sq_star, x->f_star};
  for (size_t k = 0; k < 10; k++)
    arb_mat_clear(matrix[k]);
  for (size_t k = 0; k < 8; k++)
    arb_clear(number[k]);
  flint_cleanup();
}

double exact_distance(double value, const arb_t exact) {
  arb_t t;
  arf_t bound;
  arb_init(t);
  arf_init(bound);
  arb_set_d(t, value);
  arb_sub(t, t, exact, BITS);
  arb_get_abs_lbound_arf(bound, t, BITS);
  const double distance = arf_get_d(bound, ARF_RND_FLOOR);
  arb_clear(t);
  arf_clear(bound);
  return distance;
}

int exact_last_place(const char *text, const arb_t exact, int *digits) {
  char unit[64] = "";
  size_t used = 0;
  int seen_digit = 0;
  *digits = 0;
  const char *t = text;
  for (; *t != '\0' && *t != 'e'; t++) { /* the text with 0 for each digit, the last one 1 */
    unit[used++] = isdigit((unsigned char)*t) ? '0' : *t;
    seen_digit |= isdigit((unsigned char)*t) && *t != '0';
    *digits += seen_digit && isdigit((unsigned char)*t);
  }
  unit[used - 1] = '1';
  snprintf(unit + used, sizeof unit - used, "%s", t);
  arb_t shown, place;
  arb_init(shown);
  arb_init(place);
  cr_assert_eq(arb_set_str(shown, text, BITS), 0, "%s", text);
  cr_assert_eq(arb_set_str(place, unit, BITS), 0, "%s", unit);
  arb_abs(place, place);
  arb_sub(shown, shown, exact, BITS);
  arb_abs(shown, shown);
  const int right = !arb_gt(shown, place);
  arb_clear(shown);
  arb_clear(place);
  return right;
}
