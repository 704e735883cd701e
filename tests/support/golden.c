#include "golden.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#define TOLERANCE 1e-12
#define MOST_NUMBERS 1024

json_t *golden_load(void) {
  json_error_t error;
  json_t *root = json_load_file("tests/data/golden.json", 0, &error);
  cr_assert_not_null(root, "golden.json: %s", error.text);
  return root;
}

const json_t *golden_member(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  cr_assert_not_null(value, "golden.json has no %s here", key);
  return value;
}

double golden_number(const json_t *value) {
  if (json_is_integer(value))
    return (double)json_integer_value(value);
  cr_assert(json_is_string(value), "a number of golden.json is neither integer nor string");
  const char *text = json_string_value(value);
  double numerator = 0, denominator = 1;
  int end = 0;
  const int fields = sscanf(text, "%lf%n/%lf%n", &numerator, &end, &denominator, &end);
  cr_assert(fields >= 1 && text[end] == '\0', "not a rational: %s", text);
  return numerator / denominator;
}

size_t golden_numbers(const json_t *value, double *out) {
  if (!json_is_array(value)) {
    *out = golden_number(value);
    return 1;
  }
  size_t count = 0, i;
  json_t *item;
  json_array_foreach(value, i, item) count += golden_numbers(item, out + count);
  return count;
}

void golden_problem(const json_t *object, ist_problem *p) {
  const size_t d = (size_t)golden_number(golden_member(object, "d"));
  const size_t n = (size_t)golden_number(golden_member(object, "n"));
  const json_t *L = golden_member(object, "L"), *b = json_object_get(object, "b");
  const size_t L_count = n > 1 && json_is_array(json_array_get(json_array_get(L, 0), 0)) ? n : 1;
  const size_t b_count = b != NULL && json_is_array(json_array_get(b, 0)) ? n : 1;
  cr_assert(ist_problem_alloc(p, d, n, L_count, b_count));
  cr_assert_eq(golden_numbers(L, p->L), L_count * d * d);
  if (b != NULL)
    cr_assert_eq(golden_numbers(b, p->b), b_count * d);
  ist_problem_note_interpolation(p);
}

void golden_assert(const json_t *object, const char *key, const double *values, double scale) {
  double expected[MOST_NUMBERS];
  const size_t count = golden_numbers(golden_member(object, key), expected);
  cr_assert(0 < count && count <= MOST_NUMBERS);
  for (size_t j = 0; j < count; j++)
    scale = fmax(scale, fabs(expected[j]));
  for (size_t j = 0; j < count; j++) {
    const double size = expected[j] != 0 ? fabs(expected[j]) : scale;
    cr_assert(fabs(values[j] - expected[j]) <= TOLERANCE * size, "%s[%zu] is %.17g, not %.17g", key,
              j, values[j], expected[j]);
  }
}
