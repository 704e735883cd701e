#include "ball_terms.h"

void ist_ball_terms_init(ist_ball_terms *t, const arb_mat_t A, slong prec) {
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

void ist_ball_terms_clear(ist_ball_terms *t) {
  for (size_t k = 0; k < IST_QUADRATIC_TERMS; k++)
    arb_clear(&t->kappa[k]);
  arb_mat_clear(t->MA);
  arb_mat_clear(t->left);
  _arb_vec_clear(t->row, t->d);
  _arb_vec_clear(t->column, t->d);
}

static bool any_weight(const ist_ball_terms *t, const ist_quadratic_term *list, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (!arb_is_zero(&t->kappa[list[k]]))
      return true;
  return false;
}

/* out += kappa_none M A M + kappa_ce M D_A M, as one product. */
static void full_products(ist_ball_terms *t, const arb_mat_t M, arb_mat_t out) {
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
static void factors(ist_ball_terms *t, const arb_mat_t M) {
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
static void full_terms(ist_ball_terms *t, const arb_mat_t M, arb_mat_t out) {
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
static void diagonal_terms(ist_ball_terms *t, const arb_mat_t M, arb_mat_t out) {
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

void ist_ball_terms_add(ist_ball_terms *t, const fmpq *kappa, const arb_mat_t M, arb_mat_t out) {
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
