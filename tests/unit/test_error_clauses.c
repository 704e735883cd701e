/* tests/support/exact_logic.c evaluates the bounds that the contracts state. What these are made of is
   evaluated from the text of spec/ (acsl.h); how they are put together was written from these texts,
   and where one changes, so must the other. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const char *file, *text;
} clause;

static const clause CLAUSES[] = {
    {"spec/exact.h", "scaled_error((real)q, abs_block_dot(A + entry(S[a], 0, d), S, w, q), "
                     "(real)b[S[a]], (real)s[S[a]]);"},
    {"spec/exact.h", "rounded(\\at(w[a], B), \\at(s[S[a]] * x[S[a]], A));"},
    {"spec/exact.h", "\\abs(\\at(g[a], B) - block_gradient{A}(L, b, s, S, w, q, d, a)) <= "
                     "gradient_error{A}(L, b, s, S, w, q, d, a);"},
    {"spec/exact.h", "\\abs(\\at(y[a], B) - block_dot{A}(L + entry(\\at(S[a], A), 0, d), S, w, q)) "
                     "<= sum_error((real)q, abs_block_dot{A}(L + entry(\\at(S[a], A), 0, d), S, w, "
                     "q));"},
    {"spec/exact.h", "\\abs(r - (x - gamma * (S / n))) <= step_error(x, gamma, S / n);"},
    {"spec/exact.h", "averaged(real r, real S, real n) = rounded(r, S / n);"},
    {"src/kernel/block_product.h", "ensures error: block_product_near{Old, Post}(L, S, w, y, q, "
                                   "d);"},
    {"src/kernel/submodel.h", "submodel_near{A, B}(x, v.s, v.S, w, v.q);"},
    {"src/kernel/submodel.h", "ensures error: submodel_near{Old, Post}(v, x, w);"},
    {"src/kernel/submodel.h", "gradient_near{A, B}(v.L, v.b, v.s, v.S, w, g, v.q, v.d);"},
    {"src/kernel/submodel.h", "ensures error: gradient_near{Old, Post}(v, w, g);"},
    {"src/kernel/local.h", "\\abs(z[a] - (\\old(z[a]) - gamma * g[a])) <= "
                           "step_error(\\old(z[a]), gamma, (real)g[a]);"},
    {"src/kernel/round.h", "stepped((real)x[j], (real)\\old(x[j]), gamma, "
                           "(real)work.sum[j], (real)team.n);"},
    {"spec/exact.h", "sum_error((real)members{A}(block, m, j), abs_merged{A}(g, block, m, j));"},
    {"src/kernel/linear.h",
     "ensures error: \\abs(\\result - dot(a, x, d)) <= sum_error(d, abs_dot(a, "
     "x, d));"},
    {"src/kernel/linear.h", "sum_error(d, abs_dot{Old}(A + entry(j, 0, d), x, d));"},
    {"src/kernel/quadratic.h", "sum_error(d + 1, abs_dot{Old}(L + entry(j, 0, d), x, d) + "
                               "\\abs(\\old(b[j])));"},
    {"src/kernel/quadratic.h", "\\abs(\\result - (form(L, x, d, d) / 2.0 - dot(b, x, d))) <= "
                               "value_error(d, abs_form(L, x, d, d), abs_sum(x, d), "
                               "abs_dot(b, x, d));"},
    {"src/kernel/sketch.h", "ensures error: \\forall integer j; 0 <= j < d ==> "
                            "rounded(s[j], (real)d / (real)q);"},
    {"src/kernel/sketch.h", "0x1.001p-52 * \\sqrt((real)n / \\old(L[entry(j, j, d)])) + "
                            "0x1p-980;"},
    {"src/kernel/merge.h", "step_error(\\old(x[j]), gamma, \\old(sum[j]) / (real)n);"},
    {"src/kernel/merge.h", "rounded(x[j], \\old(sum[j]) / (real)n);"},
    {"src/kernel/homogeneous.h", "0x1.01p-52 * \\abs(\\old(b[j]) / \\sqrt((real)n)) + 0x1p-1074;"},
    {"src/kernel/homogeneous.h",
     "ensures error: \\forall integer j; 0 <= j < d ==> \\abs(x[j] - homogeneous(gamma, "
     "\\old(x[j]), \\old(c[j]), K)) <= drift(memory(gamma, K), magnitude(\\old(x[j]), "
     "\\old(c[j])));"},
    {"src/kernel/homogeneous.h",
     "\\abs(x[j] - \\old(c[j])) <= power(1.0 - gamma, K) * \\abs(\\old(x[j]) - \\old(c[j])) + "
     "drift(memory(gamma, K), magnitude(\\old(x[j]), \\old(c[j])));"},
    {"src/kernel/homogeneous.h",
     "\\abs(out[j] - homogeneous(gamma, \\old(x0[j]), \\old(c[j]), K)) <= "
     "blend_drift(memory(gamma, K), magnitude(\\old(x0[j]), \\old(c[j])));"},
};

/* The text of a file with every run of white space a single blank. */
static void read_words(const char *path, char *text, size_t size) {
  FILE *file = fopen(path, "r");
  size_t length = 0;
  cr_assert_not_null(file, "%s", path);
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
    cr_assert_lt(length + 1, size, "%s is too long", path);
    if (!isspace(c))
      text[length++] = (char)c;
    else if (length > 0 && text[length - 1] != ' ')
      text[length++] = ' ';
  }
  text[length] = '\0';
  fclose(file);
}

Test(error_clauses, are_those_evaluated) {
  static char text[1 << 18];
  for (size_t k = 0; k < sizeof CLAUSES / sizeof *CLAUSES; k++) {
    read_words(CLAUSES[k].file, text, sizeof text);
    cr_expect_not_null(strstr(text, CLAUSES[k].text), "%s no longer has: %s", CLAUSES[k].file,
                       CLAUSES[k].text);
  }
}
