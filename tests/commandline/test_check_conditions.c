/** ist check on ill-conditioned problems: theorems are not called violated, and few rows stay
 *  undecided. Prints the counts. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"
#include "problem/save.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(check_conditions, .init = open_scratch, .fini = scratch_close);

/** Verdicts on one problem, or on several. */
typedef struct {
  size_t holds, violated, refuted, undecided;
} counts;

static void count_verdict(counts *c, const char *verdict) {
  c->holds += strcmp(verdict, "holds") == 0;
  c->violated += strcmp(verdict, "violated") == 0;
  c->refuted += strcmp(verdict, "refuted") == 0;
  c->undecided += strcmp(verdict, "undecided") == 0;
}

static void add(counts *to, counts c) {
  to->holds += c.holds;
  to->violated += c.violated;
  to->refuted += c.refuted;
  to->undecided += c.undecided;
}

/** Checks p; every claim that applies must be decided, except a tenth of them. */
static counts check(const ist_problem *p, const char *name) {
  ist_status s;
  counts c = {0};
  size_t index;
  json_t *row;
  cr_assert_eq(ist_problem_save(p, scratch_path("p"), &s), IST_OK, "%s: %s", name, s.text);
  json_t *answer = command_json("check %s --workers %zu --json", scratch_path("p"), p->n);
  json_array_foreach(json_object_get(answer, "claims"), index, row)
      count_verdict(&c, json_string_value(json_object_get(row, "verdict")));
  json_decref(answer);
  size_t applicable = c.holds + c.violated + c.refuted + c.undecided;
  cr_expect_eq(c.violated, 0, "%s", name);
  cr_expect_leq(10 * c.undecided, applicable, "%s: %zu of %zu undecided", name, c.undecided,
                applicable);
  cr_expect_geq(c.holds, 15, "%s: %zu", name, c.holds);
  return c;
}

static void print(const char *name, counts c) {
  printf("%s: %zu hold, %zu printed formulas fail, %zu violated, %zu undecided\n", name, c.holds,
         c.refuted, c.violated, c.undecided);
  fflush(stdout);
}

/** The Hilbert matrix, condition numbers 1.6e4 (d = 4) to 1.7e16 (d = 12). */
Test(check_conditions, hilbert) {
  for (size_t d = 4; d <= 12; d++) {
    char name[40];
    ist_problem p;
    cr_assert(ist_problem_alloc(&p, d, d, 1, 1));
    for (size_t j = 0; j < d; j++) {
      p.b[j] = 1 + 0.25 * (double)(j % 3);
      for (size_t k = 0; k < d; k++)
        p.L[j * d + k] = 1 / (double)(j + k + 1);
    }
    ist_problem_note_interpolation(&p);
    snprintf(name, sizeof name, "Hilbert %zu", d);
    print(name, check(&p, name));
    ist_problem_free(&p);
  }
}

/** A generator of its own, so that the problems stay what they are. */
static unsigned long draw(unsigned long *state) {
  *state = *state * 6364136223846793005ul + 1442695040888963407ul;
  return *state >> 33;
}

/** L += sum of (e_j - e_k)(e_j - e_k)' over drawn pairs, which has the null vector 1, in integers.
 */
static void add_pairs(double *L, size_t d, size_t pairs, unsigned long *state) {
  for (size_t i = 0; i < pairs; i++) {
    size_t j = draw(state) % d, k = (j + 1 + draw(state) % (d - 1)) % d;
    L[j * d + j] += 1;
    L[k * d + k] += 1;
    L[j * d + k] -= 1;
    L[k * d + j] -= 1;
  }
}

/** L_i: a path through all coordinates, so that 1 is the only null vector that workers share, drawn
 *  pairs, and epsilon I. Every entry is exact for epsilon >= 2^-48. */
static void fill(ist_problem *p, double epsilon, bool interpolation, unsigned long *state) {
  size_t d = p->d;
  for (size_t i = 0; i < ist_problem_L_count(p); i++) {
    double *L = p->L + i * d * d;
    for (size_t j = 0; j + 1 < d; j++) {
      L[j * d + j] += 1;
      L[(j + 1) * d + j + 1] += 1;
      L[j * d + j + 1] = L[(j + 1) * d + j] = -1;
    }
    add_pairs(L, d, 2, state);
    for (size_t j = 0; j < d; j++)
      L[j * d + j] += epsilon;
  }
  for (size_t j = 0; j < ist_problem_b_count(p) * d && !interpolation; j++)
    p->b[j] = (double)draw(state) / 0x1p30 - 1;
  ist_problem_note_interpolation(p);
}

/** Problem number i of 50: kappa from 1e2 to 1e15; homogeneous, heterogeneous, q = 2, and with
 *  b = 0. */
static void make(size_t i, ist_problem *p, char *name, size_t size) {
  unsigned long state = 1000 + i;
  size_t d = i % 8 < 4 ? 4 : 6, kind = i % 4;
  size_t n = kind == 2 ? d / 2 : d, count = kind == 0 ? 1 : n;
  double exponent = -4 - (double)i * 44 / 49;
  bool interpolation = i % 16 >= 11;
  cr_assert(ist_problem_alloc(p, d, n, count, count));
  fill(p, exp2(floor(exponent)), interpolation, &state);
  snprintf(name, size, "problem %zu: epsilon 2^%g, d = %zu, n = %zu, %s%s", i, floor(exponent), d,
           n, count == 1 ? "homogeneous" : "heterogeneous", interpolation ? ", b = 0" : "");
}

Test(check_conditions, random_problems_up_to_1e15) {
  counts all = {0};
  for (size_t i = 0; i < 50; i++) {
    char name[120];
    ist_problem p;
    make(i, &p, name, sizeof name);
    add(&all, check(&p, name));
    ist_problem_free(&p);
  }
  print("50 random problems", all);
}

/** Theorems that comparisons of doubles called violated: on [[1, 1 - 1e-9], [1 - 1e-9, 1]] and on
 *  the Hilbert matrix of dimension 8, as decimals. */
Test(check_conditions, theorems_on_files) {
  static const char *const problems[] = {"tests/data/ill/kappa-2e9",
                                         "tests/data/ill/hilbert-8 --workers 8"};
  static const char *const theorems[] = {"P07", "P16", "N1", "N2", "N3", "N5", "P19-ist", "N8"};
  for (size_t k = 0; k < 2; k++) {
    json_t *answer = command_json("check %s --json", problems[k]), *row;
    size_t index, found = 0;
    json_array_foreach(json_object_get(answer, "claims"), index, row) {
      const char *verdict = json_string_value(json_object_get(row, "verdict"));
      const char *id = json_string_value(json_object_get(row, "id"));
      cr_expect(strcmp(verdict, "violated") != 0 && strcmp(verdict, "undecided") != 0, "%s: %s",
                problems[k], id);
      for (size_t t = 0; t < sizeof theorems / sizeof *theorems; t++)
        found += strcmp(id, theorems[t]) == 0 && strcmp(verdict, "holds") == 0;
    }
    cr_expect_geq(found, 5, "%s: %zu", problems[k], found);
    json_decref(answer);
  }
}
