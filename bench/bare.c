/* bare_FORMAT <LIST: parses the files named in LIST, a line each, as wirelint's --files-from has them, and prints how many events
 * there were in how many bytes.  Files are read as wirelint reads them: into one buffer that grows. */
#include "bare.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *buffer;
static size_t room;

/* The bytes of the file in `buffer`; ends the program where it cannot be read, for then nothing is measured. */
static size_t
read_file(const char *name)
{
	struct stat st;
	size_t n = 0;
	ssize_t got;
	int fd = open(name, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) != 0) {
		perror(name);
		exit(2);
	}
	if ((size_t)st.st_size + 1 > room) {
		room = (size_t)st.st_size * 2 + 1;
		buffer = realloc(buffer, room);
		if (buffer == NULL)
			abort();
	}
	while ((got = read(fd, buffer + n, room - n)) > 0)
		n += (size_t)got;
	close(fd);
	return n;
}

int
main(void)
{
	char *line = NULL;
	size_t size = 0, events = 0, bytes = 0;

	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		size_t n = read_file(line);
		bytes += n;
		events += bare_events(buffer, n);
	}
	free(line);
	free(buffer);
	printf("%zu events, %zu bytes\n", events, bytes);
	return 0;
}
