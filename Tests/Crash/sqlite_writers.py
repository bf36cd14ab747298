"""Writes rows into a SQLite file from many threads, and says each one's number once its commit has returned:   sqlite_writers.py FILE THREADS"""
import os, sqlite3, sys, threading


def write(path, thread):
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    # The words stand here as the program writes them.
    connection.execute("PRAGMA synchronous = FULL;")
    for count in range(1_000_000):
        number = count * 1000 + thread
        connection.execute("INSERT INTO acknowledged (number, words) VALUES (?, ?)", (number, "x" * 200))
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    connection = sqlite3.connect(sys.argv[1])
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS acknowledged (number INTEGER PRIMARY KEY, words TEXT)")
    connection.commit()
    for thread in range(int(sys.argv[2])):
        threading.Thread(target=write, args=(sys.argv[1], thread), daemon=True).start()
    threading.Event().wait()
