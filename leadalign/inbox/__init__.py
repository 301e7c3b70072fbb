"""A folder that the running app watches: exports dropped there come in by themselves, each with a report beside it."""

from leadalign.inbox.folder import refused_lately
from leadalign.inbox.watch import Inbox, Watch

__all__ = ["Inbox", "Watch", "refused_lately"]
