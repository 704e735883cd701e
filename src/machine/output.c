#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>

#include "arithmetic.h"

void ist_reserve_standard_streams(void) {
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
      (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY); /* takes fd, the lowest free one */
}

ist_code ist_print_text(const char *text) {
  fputs(text, stdout);
  return IST_OK;
}

ist_code ist_finish_output(ist_status *s) {
  if (ist_check_arithmetic(s) != IST_OK) {
    __fpurge(stdout);
    return s->code;
  }
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout))
    return IST_OK;
  if (errno != 0)
    return ist_fail_system(s, IST_OUTPUT_FAILED, "standard output", errno);
  return ist_fail(s, IST_OUTPUT_FAILED, "standard output: write failed");
}

void ist_print_error(const char *text) { fprintf(stderr, "ist: %s\n", text); }
