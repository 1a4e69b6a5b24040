"""`python -m ryoshiki` is the command `ryoshiki`."""

from ryoshiki.cli import main

if __name__ == "__main__":
    main()
