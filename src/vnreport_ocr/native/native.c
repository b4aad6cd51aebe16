/* Of the calls and structures that Python and C share; library.py says the same. */
int vnocr_version(void) { return 2; }
