/** Included before every source of an instrumented build: what a process that ends by _exit has
 *  reached counts, too. */
#ifndef IST_COVERAGE_EXIT_H
#define IST_COVERAGE_EXIT_H

void __gcov_dump(void);
void _exit(int status) __attribute__((noreturn));

__attribute__((noreturn)) static inline void ist_coverage_exit(int status) {
  __gcov_dump();
  (_exit)(status);
}

#define _exit(status) ist_coverage_exit(status)

#endif
