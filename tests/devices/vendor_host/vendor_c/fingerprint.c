/* A fingerprint sensor and matcher (GA/T 1011, GA/T 1012) without a sensor: the environment's VENDOR_FINGER
 * names a file whose first byte is the finger that lies there and whose second is how good its picture is.
 * Two templates are alike when their bytes 6 are.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURE = 256 * 360, TEMPLATE = 512 };

static int on;

int LIVESCAN_Init(void)
{
#ifdef NO_SENSOR
    return -103;
#endif
    return 1;
}

int LIVESCAN_GetChannelCount(void)
{
    return 1;
}

int LIVESCAN_BeginCapture(int channel)
{
    on = 1;
    return 1;
}

int LIVESCAN_EndCapture(int channel)
{
    on = 0;
    return 1;
}

int LIVESCAN_GetFPRawData(int channel, unsigned char *picture)
{
    FILE *file = fopen(getenv("VENDOR_FINGER"), "rb");
    if (!on)
        return -1;
    memset(picture, 0, PICTURE);
    if (file) {
        if (fread(picture, 1, 2, file) != 2)
            picture[1] = 0;
        fclose(file);
    }
    return 1;
}

int FP_Begin(void)
{
#ifdef NO_LICENCE
    return 0;
#endif
    return 1;
}

int FP_GetQualityScore(unsigned char *picture, unsigned char *score)
{
    *score = picture[1];
    return 1;
}

int FP_FeatureExtract(unsigned char scanner, unsigned char finger, unsigned char *picture, unsigned char *template)
{
    memset(template, 0, TEMPLATE);
    template[5] = finger;
    template[6] = picture[0];
    template[7] = scanner;
    return 1;
}

#ifndef CANNOT_MATCH
int FP_FeatureMatch(unsigned char *one, unsigned char *other, float *similarity)
{
#ifdef NOT_A_NUMBER
    *similarity = NAN;
#else
    *similarity = one[6] == other[6] ? 0.8f : 0.1f;
#endif
#ifdef HANGS
    for (;;)
        pause();
#endif
    return 1;
}
#endif
