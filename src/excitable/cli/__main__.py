"""``python -m excitable.cli``: the same as the command ``excitable``."""

from excitable.cli import main

if __name__ == "__main__":
    main()
