"""`smtpprobe mcp`: what an assistant may ask for, and nothing beyond it.

It speaks the Model Context Protocol (MCP).
"""
