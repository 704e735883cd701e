#include "multiprecision.h"

#include <flint/flint.h>
#include <gmp.h>
#include <stdlib.h>

#include "output.h"
#include "status.h"

static void *checked(void *block) {
  if (block == NULL) {
    ist_print_error("not enough memory for multiple precision");
    _Exit(IST_MACHINE);
  }
  return block;
}

static void *allocate(size_t size) { return checked(malloc(size > 0 ? size : 1)); }

static void *allocate_zeros(size_t count, size_t size) {
  return checked(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

static void *reallocate(void *block, size_t size) {
  return checked(realloc(block, size > 0 ? size : 1));
}

static void *reallocate_sized(void *block, size_t old_size, size_t size) {
  (void)old_size;
  return reallocate(block, size);
}

static void free_sized(void *block, size_t size) {
  (void)size;
  free(block);
}

void ist_multiprecision_guard(void) {
  __flint_set_memory_functions(allocate, allocate_zeros, reallocate, free);
  mp_set_memory_functions(allocate, reallocate_sized, free_sized);
}
