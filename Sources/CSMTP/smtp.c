#include "CSMTP.h"
#include <curl/curl.h>
#include <string.h>

struct upload {
  const char *bytes;
  size_t size;
  size_t sent;
};

static size_t read_upload(char *buffer, size_t size, size_t count, void *context) {
  struct upload *upload = context;
  size_t room = size * count, rest = upload->size - upload->sent;
  size_t part = rest < room ? rest : room;
  memcpy(buffer, upload->bytes + upload->sent, part);
  upload->sent += part;
  return part;
}

struct smtp_result isegoria_smtp_send(const char *url, int security, const char *user, const char *password, const char *ca_file,
                                      long timeout_seconds, const char *sender, const char *recipient, const char *bytes, size_t size) {
  struct smtp_result result = {.curl_code = CURLE_FAILED_INIT};
  CURL *curl = curl_easy_init();
  if (!curl) return result;
  char error[CURL_ERROR_SIZE] = "";
  struct upload upload = {bytes, size, 0};
  struct curl_slist *recipients = curl_slist_append(NULL, recipient);
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, security == 0 ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
  if (user) curl_easy_setopt(curl, CURLOPT_USERNAME, user);
  if (password) curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_seconds);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  result.curl_code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result.response);
  strncpy(result.message, error[0] ? error : curl_easy_strerror(result.curl_code), sizeof result.message - 1);
  curl_slist_free_all(recipients);
  curl_easy_cleanup(curl);
  return result;
}
