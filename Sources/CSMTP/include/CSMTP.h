#ifndef CSMTP_H
#define CSMTP_H
#include <stddef.h>

/* What Swift cannot call, because curl_easy_setopt takes variable arguments. */

struct isegoria_smtp_request {
  const char *url;       /* smtp://host:port/name or smtps://…; name is how we greet the server */
  int security;          /* 0 none, 1 STARTTLS or nothing, 2 TLS from the first byte */
  const char *user;      /* or NULL */
  const char *password;  /* or NULL */
  const char *ca_file;   /* certificates to trust instead of the system's, or NULL */
  long timeout_seconds;  /* for the whole letter */
  const char *sender;    /* <address> */
  const char *recipient; /* <address> */
  const char *bytes;
  size_t size;
};

struct isegoria_smtp_result {
  int curl_code;    /* 0: the server took the letter */
  long response;    /* the server's last answer code, 0 if none came */
  char command[8];  /* the last command sent, e.g. "RCPT"; "DATA" also after the text */
  char reply[256];  /* the server's last line */
  char message[256]; /* curl's own words */
};

/* Sends one letter over one connection. Blocks. Safe on any thread. */
struct isegoria_smtp_result isegoria_smtp_send(const struct isegoria_smtp_request *request);
#endif
