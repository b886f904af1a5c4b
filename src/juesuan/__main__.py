"""`python -m juesuan`: the command line where no entry point is on the path. Does nothing else."""

import sys

from juesuan.cli import main

if __name__ == "__main__":
    sys.exit(main())
