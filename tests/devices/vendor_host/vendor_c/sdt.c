/* A reader's SDT library with a card on it, and some ways in which it might go wrong.
 *
 * The environment says what lies there: VENDOR_CARD names a file of text 256, photo 1024 and, it may be,
 * fingerprints; without such a file nothing lies there. VENDOR_READER names a file whose first byte is what
 * every function returns: a reader in trouble.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OK 0x90
#define NO_CONTENT 0x91
#define FOUND 0x9f

static int open_port;
static int selected;

static int trouble(void)
{
    FILE *file = fopen(getenv("VENDOR_READER"), "rb");
    int byte = 0;
    if (file) {
        byte = fgetc(file);
        fclose(file);
    }
    return byte > 0 ? byte : 0;
}

/* How many bytes of the card are there: 0 without a card. */
static size_t card(unsigned char *record)
{
    FILE *file = fopen(getenv("VENDOR_CARD"), "rb");
    size_t length = 0;
    if (file) {
        length = fread(record, 1, 2304, file);
        fclose(file);
    }
    if (!length)
        selected = 0;
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
    return card(record) && !selected ? FOUND : 0x80;
}

int SDT_SelectIDCard(int port, unsigned char *sn, int if_open)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
    memset(sn, 0, 8);
    selected = card(record) != 0;
#ifdef CANNOT_SELECT
    return 0x81;
#endif
    return selected ? OK : 0x81;
}

static int read_card(int port, unsigned char *text, unsigned *text_length, unsigned char *photo,
                     unsigned *photo_length, unsigned char *fingers, unsigned *fingers_length)
{
    unsigned char record[4096];
    int byte = refused(port);
    if (byte)
        return byte;
#ifdef REJECTS
    return 0x31;
#endif
    size_t length = card(record);
    if (!selected)
        return 0x41;
    memcpy(text, record, 256);
    *text_length = 256;
    memcpy(photo, record + 256, 1024);
    *photo_length = 1024;
    if (fingers) {
        memcpy(fingers, record + 1280, length - 1280);
        *fingers_length = (unsigned)(length - 1280);
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
    if (!card(record) || !selected)
        return 0x41;
#ifdef HAS_MOVED
    for (int i = 0; i < 35; i++)
        memcpy(address + 2 * i, i < 3 ? "\x57\x53" : " ", 2); /* 北北北 */
    *length = 70;
    return OK;
#endif
    return NO_CONTENT;
}
#endif
