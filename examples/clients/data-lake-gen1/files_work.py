"""What a daemon does with files, told line by line."""

import logging
import os
import sys
import tempfile

# The client logs what the service answers, and keeps it out of its exceptions.
logging.basicConfig(level=logging.ERROR)

failed = []


def tell(name, call):
    try:
        print(name, call())
    except Exception as error:  # Each call is tried, whatever became of the one before.
        failed.append(name)
        print(name, type(error).__name__)


def work_in(store, directory=os.environ["DAEMON"]):
    """Works below a directory, which is named as the daemon where nothing else is said."""
    made, file = f"{directory}/made", f"{directory}/made/forecast.txt"
    with tempfile.NamedTemporaryFile() as local:
        local.write(b"a forecast\n")
        local.flush()
        tell("mkdir", lambda: store.mkdir(made))
        tell("put", lambda: store.put(local.name, file))
    tell("ls", lambda: store.ls(made))
    tell("cat", lambda: store.cat(file))
    tell("rm", lambda: store.rm(made, recursive=True))
    tell("exists", lambda: store.exists(made))
    sys.exit(1 if failed else 0)
