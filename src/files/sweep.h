/* Temporary files and folders that an interrupted run must not leave: removed on SIGINT, SIGTERM and SIGHUP, before the signal
 * does what it does.  For one thread, before and after others run. */
#ifndef WL_SWEEP_H
#define WL_SWEEP_H

/* `path` stays the caller's, and must live until it is taken off.  A folder is added after what is in it. */
void sweep_add(const char *path);
void sweep_remove(const char *path);

#endif
