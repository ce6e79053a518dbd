"""Gathers facts from DNS, policy hosts and mail servers; no judgement."""
