"""What Dask is told: each setting is one that it has."""

from __future__ import annotations

import dask
import pytest

from smtpprobe.survey.engine import CONFIG


@pytest.mark.parametrize("name", CONFIG)
def test_dask_has_each_setting_that_it_is_given(name: str) -> None:
    assert dask.config.get(name, None) is not None
