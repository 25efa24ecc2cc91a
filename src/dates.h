/* Dates. */
#ifndef WL_DATES_H
#define WL_DATES_H

#endif
