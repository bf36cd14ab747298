#ifndef CLIBPQ_H
#define CLIBPQ_H
#include <CDlopen.h>
#include <postgresql/libpq-fe.h>

#define ISEGORIA_LIBPQ(F)                                                                                                                    \
  F(PQclear) F(PQcmdStatus) F(PQcmdTuples) F(PQconnectdbParams) F(PQconninfoFree) F(PQconninfoParse) F(PQdescribePrepared)                     \
  F(PQenterPipelineMode) F(PQerrorMessage) F(PQescapeLiteral) F(PQexec) F(PQexecPrepared) F(PQexitPipelineMode) F(PQfinish) F(PQfreemem)       \
  F(PQftype) F(PQgetResult) F(PQgetisnull) F(PQgetlength) F(PQgetvalue) F(PQnfields) F(PQnparams) F(PQntuples) F(PQparamtype)                  \
  F(PQpipelineStatus) F(PQpipelineSync) F(PQprepare) F(PQresultErrorField) F(PQresultStatus) F(PQsendQueryParams) F(PQsendQueryPrepared)       \
  F(PQstatus) F(PQtransactionStatus)

struct isegoria_libpq {
  ISEGORIA_LIBPQ(ISEGORIA_POINTER)
  int is_there;
};

/* The functions of libpq.so.5; none may be called where is_there is 0. */
struct isegoria_libpq isegoria_find_libpq(void);
#endif
