#ifndef WL_COMMANDS_H
#define WL_COMMANDS_H
#endif
