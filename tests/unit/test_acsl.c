/* The evaluator of the specification's text, on values worked out by hand. */
#include <criterion/criterion.h>

#include "../support/acsl.h"

/* name(a, b, c), the first count of them, is value exactly. */
static void expect_value(const char *name, size_t count, double a, double b, double c,
                         double value) {
  const acsl_argument arguments[] = {{NULL, a}, {NULL, b}, {NULL, c}};
  arb_t out;
  arb_init(out);
  acsl_evaluate(out, name, arguments, count, 4096);
  cr_expect(arb_is_exact(out) && arf_equal_d(arb_midref(out), value), "%s: %g, not %g", name,
            arf_get_d(arb_midref(out), ARF_RND_NEAR), value);
  arb_clear(out);
}

Test(acsl, values_worked_out_by_hand) {
  expect_value("blend", 3, 0.25, 8, 4, 5);                 /* p x0 + (1 - p) c */
  expect_value("memory", 2, 0.5, 10, 0, 2);                /* min(k, 1 / gamma) */
  expect_value("memory", 2, 0.5, 1, 0, 1);                 /* its other argument */
  expect_value("drift", 2, 3, 5, 0, 15 * 0x1p-51);         /* 2^-51 m M */
  expect_value("rounded", 2, 7, 0, 0, 0x1p-1074);          /* its right side: an ulp at 0 */
  expect_value("rounded", 2, 7, -0x1p-1021, 0, 0x1p-1073); /* and that of |v| */
}
