"""`python -m fieldapp`."""

from fieldapp.cli import app

if __name__ == "__main__":
    app(prog_name="fieldapp")
