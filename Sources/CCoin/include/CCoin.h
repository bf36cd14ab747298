#ifndef CCOIN_H
#define CCOIN_H
#include <CDlopen.h>
#include <stddef.h>
#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>

#define ISEGORIA_CLP(F)                                                                                                                      \
  F(Clp_addColumns) F(Clp_columnLower) F(Clp_columnUpper) F(Clp_crash) F(Clp_deleteModel) F(Clp_getColSolution) F(Clp_getNumCols)              \
  F(Clp_getNumRows) F(Clp_getObjValue) F(Clp_getRowPrice) F(Clp_initialDualSolve) F(Clp_initialPrimalSolve) F(Clp_initialSolve)                \
  F(Clp_isProvenOptimal) F(Clp_isProvenPrimalInfeasible) F(Clp_loadProblem) F(Clp_modifyCoefficient) F(Clp_newModel) F(Clp_objective)          \
  F(Clp_primal) F(Clp_rowLower) F(Clp_rowUpper) F(Clp_setDualTolerance) F(Clp_setLogLevel) F(Clp_setPrimalTolerance)
#define ISEGORIA_CBC(F)                                                                                                                      \
  F(Cbc_bestSolution) F(Cbc_deleteModel) F(Cbc_getBestPossibleObjValue) F(Cbc_isProvenInfeasible) F(Cbc_isProvenOptimal) F(Cbc_loadProblem)    \
  F(Cbc_newModel) F(Cbc_setInteger) F(Cbc_setLogLevel) F(Cbc_setObjSense) F(Cbc_setParameter) F(Cbc_solve)

struct isegoria_clp {
  ISEGORIA_CLP(ISEGORIA_POINTER)
  int is_there;
};
struct isegoria_cbc {
  ISEGORIA_CBC(ISEGORIA_POINTER)
  int is_there;
};

/* The functions of libClp.so.1 and of libCbcSolver.so.3; none may be called where is_there is 0. */
struct isegoria_clp isegoria_find_clp(void);
struct isegoria_cbc isegoria_find_cbc(void);
#endif
