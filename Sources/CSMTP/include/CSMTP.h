#ifndef CSMTP_H
#define CSMTP_H
#include <stddef.h>

/* What Swift cannot call because curl_easy_setopt takes variable arguments. */
struct smtp_result {
  int curl_code;      /* 0: accepted */
  long response;      /* last SMTP response code, 0 if none came */
  char message[256];  /* curl's own words */
};

/* Sends one message. security: 0 none, 1 STARTTLS required, 2 TLS from the first byte. user, password and ca_file may be NULL. */
struct smtp_result isegoria_smtp_send(const char *url, int security, const char *user, const char *password, const char *ca_file,
                                      long timeout_seconds, const char *sender, const char *recipient, const char *bytes, size_t size);
#endif
