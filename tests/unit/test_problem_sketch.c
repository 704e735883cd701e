/* Names and block sizes of the sketches; the status that reports refusals. */
#include "problem/sketch_kind.h"

#include <criterion/criterion.h>
#include <string.h>

#include "kernel/range.h"

/* A problem without matrices: for sketches that do not look at them. */
static ist_problem sized(size_t d, size_t n) { return (ist_problem){.d = d, .n = n}; }

static void expect_block(size_t d, size_t n, ist_sketch_kind kind, size_t block, size_t q) {
  ist_problem p = sized(d, n);
  ist_sketch sketch = {0};
  ist_status s = {0};
  cr_expect_eq(ist_sketch_size(&p, kind, block, &sketch, &s), IST_OK, "%s", s.text);
  cr_expect_eq(sketch.kind, kind);
  cr_expect_eq(sketch.q, q);
}

static void expect_refusal(size_t d, size_t n, ist_sketch_kind kind, size_t block, ist_code code,
                           const char *text) {
  ist_problem p = sized(d, n);
  ist_sketch sketch;
  ist_status s = {0};
  cr_expect_eq(ist_sketch_resolve(&p, kind, block, &sketch, &s), code);
  cr_expect_eq(s.code, code);
  cr_expect_str_eq(s.text, text);
}

Test(sketch, names_parse_to_what_they_name) {
  const ist_sketch_kind kinds[] = {IST_IDENTITY, IST_PERM, IST_SCALED_PERM, IST_RAND};
  const char *const names[] = {"identity", "perm", "scaled-perm", "rand"};
  for (size_t k = 0; k < 4; k++) {
    ist_sketch_kind kind = IST_IDENTITY;
    cr_expect_str_eq(ist_sketch_name(kinds[k]), names[k]);
    cr_expect(ist_sketch_parse(names[k], &kind));
    cr_expect_eq(kind, kinds[k]);
  }
  ist_sketch_kind kind = IST_RAND;
  cr_expect_not(ist_sketch_parse("Perm", &kind));
  cr_expect_not(ist_sketch_parse("", &kind));
  cr_expect_eq(kind, IST_RAND);
}

Test(sketch, block_sizes_follow_from_the_problem) {
  expect_block(6, 3, IST_IDENTITY, 0, 6);
  expect_block(6, 4, IST_IDENTITY, 0, 6);
  expect_block(6, 3, IST_PERM, 0, 2);
  expect_block(6, 6, IST_SCALED_PERM, 0, 1);
  expect_block(6, 1, IST_PERM, 0, 6);
  expect_block(6, 3, IST_RAND, 0, 2);
  expect_block(6, 4, IST_RAND, 0, 1);
  expect_block(3, 7, IST_RAND, 0, 1);
  expect_block(6, 3, IST_RAND, 5, 5);
  expect_block(6, 3, IST_RAND, 6, 6);
}

Test(sketch, perm_needs_a_number_of_workers_that_divides_d) {
  expect_refusal(6, 4, IST_PERM, 0, IST_BAD_INPUT,
                 "d = 6 is not a multiple of n = 4; the divisors of d are 1, 2, 3, 6");
  expect_refusal(7, 8, IST_SCALED_PERM, 0, IST_BAD_INPUT,
                 "d = 7 is not a multiple of n = 8; the divisors of d are 1, 7");
  expect_refusal(1, 2, IST_PERM, 0, IST_BAD_INPUT,
                 "d = 1 is not a multiple of n = 2; the divisors of d are 1");
}

/** Two workers, the second of whose matrices has this entry (2,2): scaled-perm's verdict. */
static void expect_scales(double entry, ist_code code, const char *text) {
  double L[] = {1, 0, 0, 1, 1, 0, 0, entry}, b[] = {0, 0};
  ist_problem p = {.d = 2, .n = 2, .L = L, .b = b, .L_stride = 4};
  ist_sketch sketch;
  ist_status s = {0};
  cr_expect_eq(ist_sketch_resolve(&p, IST_SCALED_PERM, 0, &sketch, &s), code, "%g", entry);
  cr_expect_eq(ist_sketch_exists(&p, sketch, &s), code);
  cr_expect_str_eq(s.text, text);
  const ist_sketch_kind others[] = {IST_IDENTITY, IST_PERM, IST_RAND};
  for (size_t k = 0; k < 3; k++)
    cr_expect_eq(ist_sketch_resolve(&p, others[k], 0, &sketch, &s), IST_OK, "%s", s.text);
}

Test(sketch, scales_need_a_positive_diagonal_and_nothing_else_does) {
  expect_scales(1, IST_OK, "");
  expect_scales(IST_DIAGONAL_MIN, IST_OK, "");
  expect_scales(IST_ENTRY_MAX, IST_OK, "");
  expect_scales(0, IST_NOT_EXIST, "D_i^{-1/2} does not exist: diagonal entry (2,2) of L_2 is 0");
  expect_scales(-0.5, IST_NOT_EXIST,
                "D_i^{-1/2} does not exist: diagonal entry (2,2) of L_2 is -0.5");
  expect_scales(1e-60, IST_NOT_EXIST,
                "D_i^{-1/2} does not exist: diagonal entry (2,2) of L_2 is 1e-60, below "
                "6.84228e-49");
}

Test(sketch, the_shared_matrix_is_named) {
  double L[] = {1e-50, 0, 0, 1}, b[] = {0, 0};
  ist_problem p = {.d = 2, .n = 2, .L = L, .b = b, .homogeneous = true};
  ist_status s = {0};
  cr_expect_eq(ist_scales_exist(&p, &s), IST_NOT_EXIST);
  cr_expect_str_eq(s.text, "D^{-1/2} does not exist: diagonal entry (1,1) of L is 1e-50, below "
                           "6.84228e-49");
}

/** A part of a problem: workers are counted in the whole. */
Test(sketch, the_worker_of_a_part_is_named) {
  const double L[] = {1, 2, -3};
  ist_status s = {0};
  cr_expect_eq(ist_scales_exist_for(L, 1, 2, 4, false, &s), IST_OK);
  cr_expect_eq(ist_scales_exist_for(L, 1, 3, 4, false, &s), IST_NOT_EXIST);
  cr_expect_str_eq(s.text, "D_i^{-1/2} does not exist: diagonal entry (1,1) of L_7 is -3");
}

Test(sketch, a_long_list_of_divisors_is_cut) {
  // 720720 = 2^4 3^2 5 7 11 13 has 240 divisors.
  ist_problem p = sized(720720, 17);
  ist_sketch sketch;
  ist_status s = {0};
  cr_expect_eq(ist_sketch_resolve(&p, IST_PERM, 0, &sketch, &s), IST_BAD_INPUT);
  size_t length = strlen(s.text);
  cr_expect_lt(length, sizeof s.text - 1);
  cr_expect_str_eq(s.text + length - 5, ", ...");
  cr_expect_not_null(strstr(s.text, "divisors of d are 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13"));
}

Test(sketch, a_block_must_fit_and_belong_to_rand) {
  expect_refusal(6, 3, IST_RAND, 7, IST_USAGE, "block q = 7 exceeds the dimension d = 6");
  expect_refusal(6, 3, IST_PERM, 2, IST_USAGE,
                 "a block size applies to the rand sketch, not to perm");
  expect_refusal(6, 3, IST_SCALED_PERM, 2, IST_USAGE,
                 "a block size applies to the rand sketch, not to scaled-perm");
  expect_refusal(6, 3, IST_IDENTITY, 6, IST_USAGE,
                 "a block size applies to the rand sketch, not to identity");
}

Test(status, records_code_and_text_on_one_line) {
  ist_status s = {0};
  cr_expect_eq(ist_fail(&s, IST_NOT_EXIST, "no %s\nof %d\t\x7f", "theta", 3), IST_NOT_EXIST);
  cr_expect_eq(s.code, IST_NOT_EXIST);
  cr_expect_str_eq(s.text, "no theta?of 3??");
}
