"""The grammars of formats that several reports write: plugins, JUnit, metrics, pages. Pure."""
