"""How Sphinx builds these pages: `make docs`."""

from smtpprobe import __version__

project = "smtpprobe"
release = version = __version__
copyright = "the authors of smtpprobe"  # noqa: A001 - Sphinx's name

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
exclude_patterns = ["schemas"]
highlight_language = "text"

html_theme = "furo"
html_title = f"smtpprobe {release}"
html_show_sourcelink = False

man_pages = [
    ("options", "smtpprobe", "talk SMTP, and see what every reply means", "", 1),
    ("script-language", "smtpprobe-script", "the language of smtpprobe's scripts", "", 5),
]
man_show_urls = True
today = " "  # a page of a release, not of the day it was built
