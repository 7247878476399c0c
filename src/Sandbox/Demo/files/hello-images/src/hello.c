#include <stdio.h>
#include <string.h>

/* Says hello, or with --version what /etc/hello-release says. */
int main(int count, char **words)
{
    char line[128];
    FILE *release;

    if (count < 2 || strcmp(words[1], "--version") != 0)
        return puts("Hello!") < 0;
    release = fopen("/etc/hello-release", "r");
    while (release && fgets(line, sizeof line, release))
        if (strncmp(line, "VERSION=", 8) == 0)
            return fputs(line + 8, stdout) < 0;
    return 1;
}
