struct asset { const char *name; const unsigned char *bytes; unsigned long size; };
