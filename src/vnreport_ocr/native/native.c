/* Which sources the library was built from; library.py compares it with those beside it. */
#ifndef VNOCR_SOURCES
#define VNOCR_SOURCES ""
#endif

const char *vnocr_sources(void) { return VNOCR_SOURCES; }
