"""The tests: folders mirror the package; `tests.servers` is the lab of real mail servers."""
