/** What a command writes must not be what it reads, nor be written twice. */
#ifndef IST_CLI_PATHS_H
#define IST_CLI_PATHS_H

#include "options.h"

/** IST_USAGE, naming both, if two of the files that the options name for output, and standard
 *  output, are the same one, or if one of them is also read: by device and inode, whatever the
 *  names and links; where a file does not exist yet, by its directory and name. A checkpoint may
 *  take the place of the one that --resume reads, and the trace goes on in the file that is there.
 *  Devices and pipes are not files in this sense. To be called before anything is read. */
ist_code ist_paths_check(const ist_options *o, ist_status *s);

#endif
