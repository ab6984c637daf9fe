/* A reader's SDT library with a card on it, and some ways in which it might go wrong.
 *
 * The environment names files. VENDOR_CARD: text 256, photo 1024, address 70 and, it may be, fingerprints;
 * without it nothing lies there. VENDOR_SELECTED: empty, there once the card has been selected. VENDOR_READER:
 * its first byte is what every function returns, 255 for never. VENDOR_READS: what every reading returns.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OK 0x90
#define NO_CONTENT 0x91
#define FOUND 0x9f

static int open_port;

static int first_byte(const char *of)
{
    FILE *file = fopen(getenv(of), "rb");
    int byte = 0;
    if (file) {
        byte = fgetc(file);
        fclose(file);
    }
    return byte > 0 ? byte : 0;
}

static int trouble(void)
{
    int byte = first_byte("VENDOR_READER");
    while (byte == 255)
        pause();
    return byte;
}

static int selected(void)
{
    return access(getenv("VENDOR_SELECTED"), F_OK) == 0;
}

/* How many bytes of the card are there: 0 without a card. */
static size_t card(unsigned char *record)
{
    FILE *file = fopen(getenv("VENDOR_CARD"), "rb");
    size_t length = 0;
    if (file) {
        length = fread(record, 1, 2374, file);
        fclose(file);
    }
    return length;
}

static int refused(int port)
{
    int byte = trouble();
    if (byte)
        return byte;
    return port == open_port && port ? 0 : 0x01;
}

int SDT_OpenPort(int port)
{
    int byte = trouble();
    if (byte)
        return byte;
    if (!(port >= 1 && port <= 16) && !(port >= 1001 && port <= 1016))
        return 0x01;
    open_port = port;
    return OK;
}

int SDT_ClosePort(int port)
{
    int byte = refused(port);
    open_port = 0;
    return byte ? byte : OK;
}

int SDT_GetSAMStatus(int port, int if_open)
{
    int byte = refused(port);
    return byte ? byte : OK;
}

int SDT_GetSAMIDToStr(int port, char *id, int if_open)
{
    int byte = refused(port);
    strcpy(id, "05.03-20200101-0000000001-0123456789");
    return byte ? byte : OK;
}

int SDT_StartFindIDCard(int port, unsigned char *iin, int if_open)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
    memset(iin, 0, 4);
    return card(record) && !selected() ? FOUND : 0x80;
}

int SDT_SelectIDCard(int port, unsigned char *sn, int if_open)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
    memset(sn, 0, 8);
#ifdef CANNOT_SELECT
    return 0x81;
#endif
    if (!card(record))
        return 0x81;
    close(open(getenv("VENDOR_SELECTED"), O_CREAT | O_WRONLY, 0600));
    return OK;
}

static int read_card(int port, unsigned char *text, unsigned *text_length, unsigned char *photo,
                     unsigned *photo_length, unsigned char *fingers, unsigned *fingers_length)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
    byte = first_byte("VENDOR_READS");
    if (byte)
        return byte;
    size_t length = card(record);
    if (!length || !selected())
        return 0x41;
    memcpy(text, record, 256);
    *text_length = 256;
    memcpy(photo, record + 256, 1024);
    *photo_length = 1024;
    if (fingers) {
        memcpy(fingers, record + 1350, length - 1350);
        *fingers_length = (unsigned)(length - 1350);
    }
#ifdef LIES_ABOUT_LENGTHS
    *photo_length = 4000000000u;
#endif
#ifdef HALF_A_RECORD
    *text_length = 128;
#endif
#ifdef ODD_FINGERPRINTS
    if (fingers)
        *fingers_length = 700;
#endif
#ifdef CRASHES
    abort();
#endif
    return OK;
}

int SDT_ReadBaseMsg(int port, unsigned char *text, unsigned *text_length, unsigned char *photo,
                    unsigned *photo_length, int if_open)
{
    return read_card(port, text, text_length, photo, photo_length, NULL, NULL);
}

#ifndef OF_THE_YEAR_2005
int SDT_ReadBaseFPMsg(int port, unsigned char *text, unsigned *text_length, unsigned char *photo,
                      unsigned *photo_length, unsigned char *fingers, unsigned *fingers_length, int if_open)
{
    return read_card(port, text, text_length, photo, photo_length, fingers, fingers_length);
}
#endif

#ifndef NO_NEW_ADDRESS
int SDT_ReadNewAppMsg(int port, unsigned char *address, unsigned *length, int if_open)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
    if (!card(record) || !selected())
        return 0x41;
    if (record[1280] == ' ' && record[1281] == 0)
        return NO_CONTENT;
    memcpy(address, record + 1280, 70);
    *length = 70;
    return OK;
}
#endif
