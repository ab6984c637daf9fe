/* A liveness module whose verdict was decided when it was compiled. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef VERDICT
#define VERDICT 1
#endif

static int on;

int hall_liveness_version(void)
{
#ifdef OF_TOMORROW
    return 2;
#endif
    return 1;
}

int hall_liveness_open(char *name, int size)
{
    on = 1;
    strncpy(name, "Irides/3.1", size);
#ifdef NO_CAMERA
    return 4;
#endif
    return 0;
}

int hall_liveness_look(int within_ms, int *verdict, char *reason, int reason_size, unsigned char *jpeg, int *jpeg_size)
{
    if (!on)
        return 5;
#ifdef HANGS
    for (;;)
        pause();
#endif
    usleep(within_ms * 200);
    *verdict = VERDICT;
    strncpy(reason, VERDICT == 2 ? "flat" : "looking", reason_size);
#ifdef PICTURE
    FILE *file = fopen(PICTURE, "rb");
    if (!file)
        return 6;
    *jpeg_size = fread(jpeg, 1, *jpeg_size, file);
    fclose(file);
#else
    memcpy(jpeg, "\xff\xd8 a face", 9);
    *jpeg_size = 9;
#endif
#ifdef NO_PICTURE
    *jpeg_size = 0;
#endif
#ifdef LIES_ABOUT_LENGTHS
    *jpeg_size = -7;
#endif
    return 0;
}

void hall_liveness_close(void)
{
    on = 0;
}
