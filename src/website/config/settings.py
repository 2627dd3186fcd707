"""Django settings. Everything that differs between installations is read from the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
INSTALLED_APPS: list[str] = []
