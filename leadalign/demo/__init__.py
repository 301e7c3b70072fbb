"""An invented company: a seeded generator writes its CRM exports, and they are read like anybody's files."""

from leadalign.demo.company import write_demo

__all__ = ["write_demo"]
