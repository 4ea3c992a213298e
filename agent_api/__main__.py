"""`python -m agent_api`: the process, on uvicorn with uvloop."""

from agent_api.cli import app

if __name__ == "__main__":
    app(["run"])
