"""One engine at work on one target; see `engine`."""

from hostile.fuzz.engine import main

if __name__ == "__main__":
    main(prog_name="hostile.fuzz")
