#include "input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

FILE *ist_input_open(const char *path, ist_status *s) {
  // O_NONBLOCK: opening a FIFO must not wait for its writer.
  int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  if (descriptor < 0 || fstat(descriptor, &info) != 0) {
    ist_fail_system(s, IST_BAD_INPUT, path, errno);
  } else if (!S_ISREG(info.st_mode)) {
    ist_fail(s, IST_BAD_INPUT, "%s: %s", path,
             S_ISDIR(info.st_mode) ? "is a directory, not a file" : "not a regular file");
  } else {
    FILE *file = fdopen(descriptor, "r");
    if (file != NULL)
      return file;
    ist_fail_system(s, IST_BAD_INPUT, path, errno);
  }
  if (descriptor >= 0)
    close(descriptor);
  return NULL;
}
