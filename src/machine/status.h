/** Outcome of an operation: an exit code and, on failure, one line that says why. */
#ifndef IST_MACHINE_STATUS_H
#define IST_MACHINE_STATUS_H

/** Exit codes of the program; also the return values of every function that can fail. */
typedef enum {
  IST_OK = 0,
  IST_VIOLATED = 1,      /**< a claim is violated */
  IST_USAGE = 2,         /**< wrong command line */
  IST_BAD_INPUT = 3,     /**< bad, missing or unreadable input */
  IST_NOT_EXIST = 4,     /**< the requested quantity does not exist */
  IST_OUTPUT_FAILED = 5, /**< output could not be written */
  IST_MACHINE =
      6, /**< this machine cannot: no memory, or arithmetic that the proofs do not cover */
  IST_INTERRUPTED = 130, /**< stopped by SIGINT, as shells number it */
} ist_code;

typedef struct {
  ist_code code;
  char text[1024]; /**< "FILE:LINE: reason" or "reason", without newline */
} ist_status;

/** Records code and the formatted text in *s and returns code. */
__attribute__((format(printf, 3, 4))) ist_code ist_fail(ist_status *s, ist_code code,
                                                        const char *format, ...);

/** Records "PATH: reason" for an error number of the system, and returns the code recorded:
 *  IST_MACHINE if memory ran out, otherwise code. */
ist_code ist_fail_system(ist_status *s, ist_code code, const char *path, int error);

#endif
