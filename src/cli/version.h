/** What `ist --version` says. */
#ifndef IST_CLI_VERSION_H
#define IST_CLI_VERSION_H

#include "machine/status.h"

/** Prints the version, the commit, the compiler, and the libraries as found at run time. */
ist_code ist_print_version(void);

#endif
