print("isegoria")
