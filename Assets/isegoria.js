// Courtesies only: every page works without this file.
