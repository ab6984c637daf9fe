/* A decoder of chip photos as a vendor might ship it, and every way in which it might go wrong.
 *
 * Without a macro it is good: byte i of the picture is byte i mod 1024 of what it was given. The moods HANGS
 * and CRASHES come only for a photo that begins with H or C.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WIDTH = 102, HEIGHT = 126, ROW = 308, HEAD = 54 };

__attribute__((unused)) static void say(const char *words)
{
    int fd = open(getenv("VENDOR_SAYS"), O_WRONLY);
    if (write(fd, words, strlen(words)) < 0)
        abort();
    close(fd);
}

__attribute__((unused)) static void forever(void)
{
    for (;;)
        pause();
}

__attribute__((constructor)) static void loaded(void)
{
#ifdef HANGS_WHEN_LOADED
    say("loading");
    forever();
#endif
#ifdef CRASHES_WHEN_LOADED
    raise(SIGSEGV);
#endif
#ifdef CHATTERS
    puts("loaded, and proud of it");
    fflush(stdout);
#endif
}

#ifndef NO_UNPACK
int unpack(char *coded, char *bmp, int flag)
{
#ifdef HANGS
    if (coded[0] == 'H') {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_BLOCK, &all, NULL);
        forever();
    }
#endif
#ifdef SAYS_AND_HANGS
    say("unpacking");
    forever();
#endif
#ifdef CRASHES
    if (coded[0] == 'C')
        *(volatile int *)(uintptr_t)flag = 1;
#endif
#ifdef EXITS
    exit(0);
#endif
#ifdef FORKS
    /* The child holds every descriptor and goes on living; the parent dies. */
    char words[16];
    pid_t child = fork();
    if (child == 0)
        forever();
    snprintf(words, sizeof words, "%d", child);
    say(words);
    raise(SIGKILL);
#endif
#ifdef LEAKS
    for (int i = 0; i < 100; i++)
        if (open("/dev/null", O_RDONLY) < 0)
            abort();
#endif
#ifdef TALKS_ON_OUR_PIPE
    for (int fd = 3; fd < 64; fd++)
        send(fd, "here I am, a debug line", 23, MSG_NOSIGNAL);
#endif
#ifdef LEAVES_A_FILE
    FILE *file = fopen(getenv("VENDOR_FILE"), "wb");
    if (file) {
        fwrite(coded, 1, 1024, file);
        fclose(file);
    }
#endif
#ifdef CHATTERS
    printf("unpacking %.1000s\n", coded);
    fprintf(stderr, "unpacking %.1000s\n", coded);
    fflush(stdout);
#endif
#ifdef REFUSES
    return -1;
#endif
    uint32_t head[] = {HEAD + ROW * HEIGHT, 0, HEAD, 40, WIDTH, HEIGHT};
#ifdef WRONG_SIZE
    head[4] = 40000;
#endif
    memcpy(bmp, "BM", 2);
    memcpy(bmp + 2, head, sizeof head);
    bmp[26] = 1;
    bmp[28] = 24;
#ifdef NOISE
    memset(bmp, 0x5a, HEAD);
#endif
    for (int y = 0; y < HEIGHT; y++)
        for (int i = 0; i < WIDTH * 3; i++)
            bmp[HEAD + (HEIGHT - 1 - y) * ROW + i] = coded[(y * WIDTH * 3 + i + flag) % 1024];
    /* It also scribbles over what it was given to read, as some do. */
    memset(coded, 0, 1024);
    return 1;
}
#endif
