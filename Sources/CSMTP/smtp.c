#include "CSMTP.h"
#include <CDlopen.h>
/* Its checks of types are macros, which would not name a pointer's member. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

#define ISEGORIA_CURL(F)                                                                                                                     \
  F(curl_easy_cleanup) F(curl_easy_getinfo) F(curl_easy_init) F(curl_easy_perform) F(curl_easy_setopt) F(curl_easy_strerror)                   \
  F(curl_global_init) F(curl_slist_append) F(curl_slist_free_all)

static struct { ISEGORIA_CURL(ISEGORIA_POINTER) } lib;
static int is_ready = 0;

struct upload {
  const char *bytes;
  size_t size;
  size_t sent;
};

/* libcurl is loaded with the first letter: commands that send none start sooner without it. */
static void start_curl(void) {
  static const char *const names[] = {ISEGORIA_CURL(ISEGORIA_NAME) NULL};
  is_ready = isegoria_dlopen("libcurl.so.4", names, &lib) && !lib.curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t read_upload(char *buffer, size_t size, size_t count, void *context) {
  struct upload *upload = context;
  size_t room = size * count, rest = upload->size - upload->sent;
  size_t part = rest < room ? rest : room;
  memcpy(buffer, upload->bytes + upload->sent, part);
  upload->sent += part;
  return part;
}

/* Copies visible ASCII only, since it ends in logs. */
static void copy_line(char *target, size_t room, const char *source, size_t size) {
  size_t length = 0;
  while (length < size && length + 1 < room && source[length] >= 0x20 && source[length] < 0x7F) {
    target[length] = source[length];
    length++;
  }
  target[length] = 0;
}

/* Keeps which command was sent last and what the server answered: curl's code alone does not tell a refused
   recipient from a refused connection. What follows AUTH is never a known command, so no secret is kept. */
static int follow(CURL *curl, curl_infotype type, char *data, size_t size, void *context) {
  (void)curl;
  static const char *commands[] = {"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"};
  struct isegoria_smtp_result *result = context;
  if (type == CURLINFO_HEADER_OUT) {
    for (size_t index = 0; index < sizeof commands / sizeof *commands; index++)
      if (size >= strlen(commands[index]) && strncmp(data, commands[index], strlen(commands[index])) == 0 && strcmp(commands[index], "QUIT") != 0)
        copy_line(result->command, 5, commands[index], 4);
  } else if (type == CURLINFO_HEADER_IN) {
    copy_line(result->reply, sizeof result->reply, data, size);
  }
  return 0;
}

struct isegoria_smtp_result isegoria_smtp_send(const struct isegoria_smtp_request *request) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  struct isegoria_smtp_result result = {.curl_code = CURLE_FAILED_INIT};
  pthread_once(&once, start_curl);
  if (!is_ready) {
    static const char words[] = "libcurl.so.4 cannot be loaded; install Debian's package libcurl4";
    memcpy(result.message, words, sizeof words);
    return result;
  }
  CURL *curl = lib.curl_easy_init();
  struct curl_slist *recipients = lib.curl_slist_append(NULL, request->recipient);
  if (!curl || !recipients) {
    lib.curl_easy_cleanup(curl);
    lib.curl_slist_free_all(recipients);
    return result;
  }
  char error[CURL_ERROR_SIZE] = "";
  struct upload upload = {request->bytes, request->size, 0};
  lib.curl_easy_setopt(curl, CURLOPT_URL, request->url);
  lib.curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  lib.curl_easy_setopt(curl, CURLOPT_PROXY, "");
  lib.curl_easy_setopt(curl, CURLOPT_USE_SSL, request->security == 0 ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
  lib.curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  lib.curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  lib.curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (request->ca_file) lib.curl_easy_setopt(curl, CURLOPT_CAINFO, request->ca_file);
  if (request->user) lib.curl_easy_setopt(curl, CURLOPT_USERNAME, request->user);
  if (request->password) lib.curl_easy_setopt(curl, CURLOPT_PASSWORD, request->password);
  lib.curl_easy_setopt(curl, CURLOPT_MAIL_FROM, request->sender);
  lib.curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  lib.curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  lib.curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->size);
  lib.curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
  lib.curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  lib.curl_easy_setopt(curl, CURLOPT_TIMEOUT, request->timeout_seconds);
  lib.curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, request->timeout_seconds < 10 ? request->timeout_seconds : 10L);
  lib.curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  lib.curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  lib.curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  lib.curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, follow);
  lib.curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &result);
  CURLcode code = lib.curl_easy_perform(curl);
  result.curl_code = (int)code;
  lib.curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result.response);
  const char *words = error[0] ? error : lib.curl_easy_strerror(code);
  copy_line(result.message, sizeof result.message, words, strlen(words));
  /* The follower writes into result, which must not outlive this call: cleaning up says QUIT. */
  lib.curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L);
  lib.curl_easy_cleanup(curl);
  lib.curl_slist_free_all(recipients);
  return result;
}
