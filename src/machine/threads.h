/** The threads that gradients are computed in. */
#ifndef IST_MACHINE_THREADS_H
#define IST_MACHINE_THREADS_H

/** Starts the threads of OpenMP, as many as it would start later and the system has: where OpenMP
 *  cannot start one, it ends the program. Fewer threads give the same bytes. To be called before
 *  any of its regions. */
void ist_threads_start(void);

#endif
