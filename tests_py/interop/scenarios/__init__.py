"""The script: each module has run(recorder, installation)."""
