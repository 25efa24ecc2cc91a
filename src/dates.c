/* Dates. */
typedef int wl_nothing_here_yet;
